import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { PlanItem, SidesResult } from "./protocol";

const scheme = "repave-side";

/** A planned resource as it was and as it will be, side by side. Where its whole file is compared, the right side is that file and can be edited. */
export class SidesView implements vscode.TextDocumentContentProvider {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();

  readonly onDidChange = this.changed.event;

  constructor(private readonly client: () => LanguageClient | undefined) {}

  register(context: vscode.ExtensionContext): void {
    context.subscriptions.push(this.changed, vscode.workspace.registerTextDocumentContentProvider(scheme, this));
  }

  /** Another plan is there. */
  refresh(): void {
    for (const document of vscode.workspace.textDocuments) if (document.uri.scheme === scheme) this.changed.fire(document.uri);
  }

  async show(item: Pick<PlanItem, "key" | "name">, baseline: string): Promise<void> {
    if (!item.key) return;
    const sides = await this.ask(item.key);
    if (!sides || sides.problem) {
      void vscode.window.showInformationMessage(sides?.problem ?? "The plan has changed. Choose the change again.");
      return;
    }
    const before = sideOf(sides.path, item.key, "before");
    const after = sides.location ? vscode.Uri.parse(sides.location.uri) : sideOf(sides.path, item.key, "after");
    const line = sides.location?.range.start.line ?? 0;
    await vscode.commands.executeCommand("vscode.diff", before, after, `${item.name} (${baseline} ↔ ${sides.location ? "now" : "will be"})`, { selection: new vscode.Range(line, 0, line, 0) } satisfies vscode.TextDocumentShowOptions);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const query = new URLSearchParams(uri.query);
    const sides = await this.ask(query.get("key") ?? "");
    return (query.get("side") === "before" ? sides?.before : sides?.after) ?? "";
  }

  private async ask(key: string): Promise<SidesResult | null | undefined> {
    return this.client()?.sendRequest<SidesResult | null>("repave/sides", { key });
  }
}

// The file's own name says in which language it is.
function sideOf(path: string, key: string, side: "before" | "after"): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${path.replace(/^\/+/, "")}`, query: new URLSearchParams({ key, side }).toString() });
}
