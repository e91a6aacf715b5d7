import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import type { Location } from "vscode-languageclient/node";
import { changesOf, pageOf } from "./planPageHtml";
import { groupsOf, markdownOf } from "./planWords";
import type { PlanAction, PlanResult } from "./protocol";

/** The change whose texts are compared. */
interface Texts {
  readonly key: string;
  readonly name: string;
  readonly baseline: string;
}

interface Message {
  readonly open?: Location;
  readonly copy?: readonly PlanAction[];
  readonly texts?: Texts;
  readonly leave?: boolean;
}

/** The plan as a page beside the editor: it wraps, filters and copies, follows edits, and can be used by keyboard and screen reader alone. */
export class PlanPage implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private before: vscode.TextEditor | undefined;
  private last = "";

  constructor(private readonly plans: () => readonly PlanResult[], private readonly compare: (change: Texts) => Promise<void>) {}

  show(): void {
    this.before = vscode.window.activeTextEditor ?? this.before;
    if (this.panel) {
      this.panel.reveal();
      return;
    }
    const panel = vscode.window.createWebviewPanel("repave.planPage", "Replacement plan", vscode.ViewColumn.Beside, { enableScripts: true, enableFindWidget: true, localResourceRoots: [] });
    this.panel = panel;
    panel.onDidDispose(() => (this.panel = undefined));
    panel.webview.onDidReceiveMessage((message: Message) => this.receive(message));
    this.last = changesOf(groupsOf(this.plans()));
    panel.webview.html = pageOf(groupsOf(this.plans()), randomBytes(16).toString("hex"));
  }

  /** Another plan is there. */
  refresh(): void {
    if (!this.panel) return;
    const changes = changesOf(groupsOf(this.plans()));
    if (changes === this.last) return;
    this.last = changes;
    void this.panel.webview.postMessage({ changes });
  }

  dispose(): void {
    this.panel?.dispose();
  }

  private async receive(message: Message): Promise<void> {
    if (message.open) {
      const { start, end } = message.open.range;
      const selection = new vscode.Range(start.line, start.character, end.line, end.character);
      await vscode.window.showTextDocument(vscode.Uri.parse(message.open.uri), { selection, viewColumn: this.before?.viewColumn ?? vscode.ViewColumn.One });
    } else if (message.texts) {
      await this.compare(message.texts);
    } else if (message.copy) {
      const hidden = new Set(message.copy);
      await copyPlan(this.plans(), (action) => !hidden.has(action));
    } else if (message.leave) {
      const editor = vscode.window.visibleTextEditors.find((one) => one.document === this.before?.document) ?? vscode.window.visibleTextEditors[0];
      if (editor) await vscode.window.showTextDocument(editor.document, editor.viewColumn);
      else await vscode.commands.executeCommand("workbench.action.focusFirstEditorGroup");
    }
  }
}

/** Puts the shown changes on the clipboard, and says so where screen readers hear it. */
export async function copyPlan(plans: readonly PlanResult[], shows: (action: PlanAction) => boolean): Promise<void> {
  await vscode.env.clipboard.writeText(markdownOf(groupsOf(plans), shows));
  void vscode.window.showInformationMessage("The plan is on the clipboard, as Markdown.");
}
