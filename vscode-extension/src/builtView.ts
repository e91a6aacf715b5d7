import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { Node } from "./planView";
import type { BuiltDocument, Origin } from "./protocol";

const scheme = "repave-built";

/** What a chart or an overlay builds, as a document beside its source: read-only, kept up to date, with where the line under the cursor comes from. */
export class BuiltView implements vscode.TextDocumentContentProvider, vscode.DefinitionProvider {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly origin = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor("editor.hoverHighlightBackground"),
    after: { margin: "0 0 0 2em", color: new vscode.ThemeColor("editorCodeLens.foreground") },
  });
  private asked = 0;

  readonly onDidChange = this.changed.event;

  constructor(private readonly client: () => LanguageClient | undefined) {}

  register(context: vscode.ExtensionContext): void {
    context.subscriptions.push(
      this.changed,
      this.origin,
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.languages.registerDefinitionProvider({ scheme }, this),
      vscode.commands.registerCommand("repave.showBuilt", (uri?: string) => this.show(uri)),
      vscode.commands.registerCommand("repave.compareEnvironments", (node?: Node) => this.compare(node)),
      vscode.window.onDidChangeTextEditorSelection((change) => void this.showOrigin(change.textEditor)),
    );
  }

  /** Something else is built now. */
  refresh(): void {
    for (const document of vscode.workspace.textDocuments) {
      if (document.uri.scheme === scheme) this.changed.fire(document.uri);
    }
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const query = new URLSearchParams(uri.query);
    if (query.get("with")) {
      return (await this.client()?.sendRequest<string | null>("repave/compare", { first: environmentOf(uri), second: query.get("with") })) ?? "";
    }
    const built = await this.client()?.sendRequest<BuiltDocument>("repave/built", { environment: environmentOf(uri) });
    return built?.problem ? `# ${built.problem.split("\n").join("\n# ")}\n${built.text}` : (built?.text ?? "");
  }

  async provideDefinition(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Location[]> {
    return (await this.origins(document, position)).map((found) => new vscode.Location(vscode.Uri.parse(found.location.uri), rangeOf(found)));
  }

  private async show(uri = vscode.window.activeTextEditor?.document.uri.toString()): Promise<void> {
    const built = await this.client()?.sendRequest<BuiltDocument>("repave/built", { uri });
    if (!built || built.environments.length === 0) {
      void vscode.window.showInformationMessage("No environment is built from this file.");
      return;
    }
    const environment = built.environments.length === 1 ? built.environments[0] : await vscode.window.showQuickPick([...built.environments], { placeHolder: "Which environment?" });
    if (environment === undefined) return;
    await open(vscode.Uri.from({ scheme, path: `/${environment} (built).yaml`, query: new URLSearchParams({ environment }).toString() }), "yaml");
  }

  private async compare(node?: Node): Promise<void> {
    const all = (await this.client()?.sendRequest<BuiltDocument>("repave/built", {}))?.environments ?? [];
    const second = node?.kind === "environment" ? node.environment.name : await vscode.window.showQuickPick([...all], { placeHolder: "Which environment?" });
    if (second === undefined) return;
    const first = await vscode.window.showQuickPick(all.filter((name) => name !== second), { placeHolder: `Which earlier environment is ${second} compared with?` });
    if (first === undefined) return;
    await open(vscode.Uri.from({ scheme, path: `/${first} beside ${second}.md`, query: new URLSearchParams({ environment: first, with: second }).toString() }), "markdown");
  }

  private async showOrigin(editor: vscode.TextEditor): Promise<void> {
    if (editor.document.uri.scheme !== scheme) return;
    const mine = ++this.asked;
    const line = editor.selection.active.line;
    const [found] = await this.origins(editor.document, editor.selection.active);
    if (mine !== this.asked) return;
    const text = found && `← ${found.file}:${found.location.range.start.line + 1}  ${found.line}`;
    editor.setDecorations(this.origin, text ? [{ range: editor.document.lineAt(line).range, renderOptions: { after: { contentText: text } } }] : []);
  }

  private async origins(document: vscode.TextDocument, position: vscode.Position): Promise<Origin[]> {
    if (new URLSearchParams(document.uri.query).get("with")) return [];
    return (await this.client()?.sendRequest<Origin[] | null>("repave/origin", { environment: environmentOf(document.uri), position: { line: position.line, character: position.character } })) ?? [];
  }
}

function environmentOf(uri: vscode.Uri): string {
  return new URLSearchParams(uri.query).get("environment") ?? "";
}

function rangeOf(found: Origin): vscode.Range {
  const { start, end } = found.location.range;
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

async function open(uri: vscode.Uri, language: string): Promise<void> {
  const document = await vscode.languages.setTextDocumentLanguage(await vscode.workspace.openTextDocument(uri), language);
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: false, preview: true });
}
