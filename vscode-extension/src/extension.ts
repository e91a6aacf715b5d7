import { execFile } from "node:child_process";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { chooseBaseline } from "./baselines";
import { BuiltView } from "./builtView";
import { PlanView } from "./planView";
import type { PlanResult } from "./protocol";
import { createClient, executable, needs } from "./server";

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const plan = new PlanView();
  const built = new BuiltView(() => client);
  built.register(context);
  const status = vscode.window.createStatusBarItem("repave.status", vscode.StatusBarAlignment.Left, 10);
  status.name = "Repave";
  status.command = "repave.showPlan";
  context.subscriptions.push(
    status,
    vscode.window.createTreeView("repave.plan", { treeDataProvider: plan, showCollapseAll: true }),
    vscode.commands.registerCommand("repave.showPlan", () => vscode.commands.executeCommand("repave.plan.focus")),
    vscode.commands.registerCommand("repave.readAgain", () => client?.sendNotification("repave/readAgain", {})),
    vscode.commands.registerCommand("repave.explainField", () => vscode.commands.executeCommand("editor.action.showHover")),
    vscode.commands.registerCommand("repave.chooseBaseline", choose),
    vscode.commands.registerCommand("repave.saveSnapshot", () => saveSnapshot(context)),
    vscode.workspace.onDidGrantWorkspaceTrust(() => start(context, plan, built, status)),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration("repave.baseline")) {
        await client?.sendNotification("repave/setBaseline", { baseline: vscode.workspace.getConfiguration("repave").get("baseline", "") });
      } else if (change.affectsConfiguration("repave.server") || change.affectsConfiguration("repave.completion") || change.affectsConfiguration("repave.hover")) {
        await start(context, plan, built, status);
      }
    }),
  );
  await start(context, plan, built, status);
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

async function start(context: vscode.ExtensionContext, plan: PlanView, built: BuiltView, status: vscode.StatusBarItem): Promise<void> {
  await client?.stop();
  client = createClient(context);
  client.onNotification("repave/planChanged", (result: PlanResult) => {
    plan.show(result);
    built.refresh();
    show(status, result);
  });
  status.text = "$(loading~spin) repave";
  status.show();
  try {
    await client.start();
  } catch (error) {
    status.text = "$(error) repave";
    status.tooltip = `The server did not start: ${String(error)}. ${needs(context)}`;
  }
}

function show(status: vscode.StatusBarItem, plan: PlanResult): void {
  const icon = plan.problem ? "$(warning)" : plan.replacements > 0 ? "$(replace-all)" : "$(check)";
  status.text = plan.baseline ? `${icon} ${plan.baseline}: ${plan.problem ? "not read" : plan.summary}` : "$(circle-slash) repave: no baseline";
  status.tooltip = [plan.problem ?? `Compared with ${plan.baseline}: ${plan.summary}`, ...plan.notes].join("\n");
  status.backgroundColor = plan.replacements > 0 ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
}

async function choose(): Promise<void> {
  const baseline = await chooseBaseline();
  if (baseline === undefined) return;
  const target = vscode.workspace.workspaceFolders ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  await vscode.workspace.getConfiguration("repave").update("baseline", baseline, target);
}

async function saveSnapshot(context: vscode.ExtensionContext): Promise<void> {
  const file = await vscode.window.showSaveDialog({ title: "Save a snapshot of the cluster of the current kubectl context", filters: { YAML: ["yaml"] } });
  if (!file) return;
  const { command, args = [] } = executable(context);
  const words = [...args.slice(0, -1), "snapshot", "--live", "-o", file.fsPath];
  await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: "Reading the cluster…" }, () =>
    new Promise<void>((done) => {
      execFile(command, words, { timeout: 120_000 }, (error, _output, messages) => {
        const last = messages.trim().split("\n").at(-1) ?? "";
        void (error ? vscode.window.showErrorMessage(last || String(error)) : vscode.window.showInformationMessage(last));
        done();
      });
    }));
}
