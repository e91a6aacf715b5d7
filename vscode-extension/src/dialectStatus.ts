import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { DialectState } from "./protocol";
import { selector } from "./server";

/** What is done with the file in front: whose it is, against which release it is checked, and what it is compared with. */
export class DialectStatus implements vscode.Disposable {
  private readonly item = vscode.languages.createLanguageStatusItem("repave.dialect", selector);
  private readonly subscriptions: vscode.Disposable[] = [this.item];

  constructor(private readonly client: () => LanguageClient | undefined) {
    this.item.name = "Repave";
    this.item.text = "Repave";
    this.item.command = { title: "Show the log", command: "repave.showLog" };
    this.subscriptions.push(vscode.window.onDidChangeActiveTextEditor(() => this.refresh()));
  }

  async refresh(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    const client = this.client();
    if (!document || !client?.isRunning() || vscode.languages.match(selector, document) === 0) return;
    this.item.busy = true;
    try {
      const states = await client.sendRequest<DialectState[] | null>("repave/state", { textDocument: { uri: document.uri.toString() } });
      if (vscode.window.activeTextEditor?.document !== document) return;
      this.item.text = states?.length ? states.map(name).join(", ") : "Repave: nothing to check";
      this.item.detail = states?.length ? states.map(details).join("; ") : "This file holds nothing that Repave knows.";
      this.item.severity = states?.some((state) => state.problem) ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
    } catch {
      // A server that is ending answers nothing; the next one will.
    } finally {
      this.item.busy = false;
    }
  }

  dispose(): void {
    this.subscriptions.forEach((one) => one.dispose());
  }
}

function name(state: DialectState): string {
  return state.version ? `${state.dialect} ${state.version}` : state.dialect;
}

function details(state: DialectState): string {
  const count = `${state.resources} ${state.resources === 1 ? "resource" : "resources"}`;
  return state.problem ? `${count}, ${state.problem}` : state.baseline ? `${count}, compared with ${state.baseline}` : `${count}, compared with nothing`;
}
