import { execFile } from "node:child_process";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { chooseBaseline } from "./baselines";
import { BuiltView } from "./builtView";
import { OtherYaml } from "./otherYaml";
import { copyPlan, PlanPage } from "./planPage";
import { type Node, PlanView } from "./planView";
import { folderName } from "./planWords";
import type { PlanResult } from "./protocol";
import { SidesView } from "./sidesView";
import { DialectStatus } from "./dialectStatus";
import { CheckTasks } from "./checkTasks";
import { baselineKey, baselineOf, createClient, executable, needs } from "./server";

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel("Repave");
  const plan = new PlanView();
  const tree = vscode.window.createTreeView("repave.plan", { treeDataProvider: plan, showCollapseAll: true });
  const sides = new SidesView(() => client);
  sides.register(context);
  const page = new PlanPage(() => plan.plans(), (change) => sides.show(change, change.baseline));
  const built = new BuiltView(() => client);
  built.register(context);
  const status = vscode.window.createStatusBarItem("repave.status", vscode.StatusBarAlignment.Left, 10);
  status.name = "Repave";
  status.command = "repave.showPlan";
  const dialects = new DialectStatus(() => client);
  const other = new OtherYaml();
  const restart = () => start(context, plan, built, status, dialects, log, other);
  context.subscriptions.push(
    log,
    status,
    dialects,
    other,
    continueItems(),
    vscode.tasks.registerTaskProvider(CheckTasks.type, new CheckTasks(context)),
    vscode.commands.registerCommand("repave.restart", restart),
    vscode.commands.registerCommand("repave.showLog", () => log.show()),
    tree,
    page,
    plan.onDidChangeTreeData(() => {
      tree.message = plan.message() ?? "";
      page.refresh();
      sides.refresh();
    }),
    vscode.commands.registerCommand("repave.compareTexts", (node?: Node) => (node?.kind === "item" ? sides.show(node.item, node.baseline) : undefined)),
    vscode.commands.registerCommand("repave.showPlanPage", () => page.show()),
    vscode.commands.registerCommand("repave.filterPlan", () => plan.filter()),
    vscode.commands.registerCommand("repave.copyPlan", () => copyPlan(plan.plans(), plan.shows)),
    vscode.commands.registerCommand("repave.showPlan", () => vscode.commands.executeCommand("repave.plan.focus")),
    vscode.commands.registerCommand("repave.readAgain", () => client?.sendNotification("repave/readAgain", {})),
    vscode.commands.registerCommand("repave.explainField", () => vscode.commands.executeCommand("editor.action.showHover")),
    vscode.commands.registerCommand("repave.chooseBaseline", () => choose(context)),
    vscode.commands.registerCommand("repave.saveBaseline", () => saveBaseline(context)),
    vscode.commands.registerCommand("repave.saveSnapshot", () => saveSnapshot(context)),
    vscode.workspace.onDidChangeWorkspaceFolders(async ({ added }) => {
      plan.keep(vscode.workspace.workspaceFolders ?? []);
      for (const folder of added) await client?.sendNotification("repave/setBaseline", { folder: folder.uri.toString(), baseline: baselineOf(context, folder) });
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration("repave.baseline")) {
        await sendBaselines(context, change);
      } else if (change.affectsConfiguration("repave.server") || change.affectsConfiguration("repave.completion") || change.affectsConfiguration("repave.hover") || change.affectsConfiguration("repave.hints") || change.affectsConfiguration("repave.terraform")) {
        await restart();
      }
    }),
  );
  await restart();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

async function start(
  context: vscode.ExtensionContext, plan: PlanView, built: BuiltView, status: vscode.StatusBarItem, dialects: DialectStatus, log: vscode.OutputChannel, other: OtherYaml,
): Promise<void> {
  try {
    await client?.stop();
  } catch {
    // One that did not start, or ended by itself, has nothing to stop.
  }

  const { command, args = [] } = executable(context);
  log.appendLine(`Starting ${[command, ...args].join(" ")}`);
  client = createClient(context, log, other);
  client.onNotification("repave/planChanged", (result: PlanResult) => {
    plan.show(result);
    built.refresh();
    show(status, plan.plans());
    void dialects.refresh();
  });
  status.text = "$(loading~spin) repave";
  status.show();
  try {
    await client.start();
    log.appendLine(`Started ${client.initializeResult?.serverInfo?.version ?? ""}`);
    await dialects.refresh();
  } catch (error) {
    status.text = "$(error) repave";
    status.tooltip = `The server did not start: ${String(error)}. ${needs(context)}`;
    log.appendLine(status.tooltip);
  }
}

// Enter behind an item's first field goes on below the field, not below the dash.
function continueItems(): vscode.Disposable {
  const none = vscode.IndentAction.None;
  return vscode.languages.setLanguageConfiguration("yaml", {
    onEnterRules: [
      { beforeText: /^\s*- (?:[^\s:#"']+|"[^"]*"|'[^']*'):\s*$/, action: { indentAction: none, appendText: "    " } },
      { beforeText: /^\s*- (?:[^\s:#"']+|"[^"]*"|'[^']*'):\s+(?![|>&][^\s]*\s*$)(?!.*[[{(]\s*$)\S.*$/, action: { indentAction: none, appendText: "  " } },
    ],
  });
}

// Each folder is compared with its own; without folders there is one setting for all. What the settings say now counts more than what was chosen before.
async function sendBaselines(context: vscode.ExtensionContext, change: vscode.ConfigurationChangeEvent): Promise<void> {
  for (const folder of vscode.workspace.workspaceFolders ?? [undefined]) {
    if (!change.affectsConfiguration("repave.baseline", folder)) continue;
    await context.workspaceState.update(baselineKey(folder), undefined);
    await sendBaseline(context, folder);
  }
}

async function sendBaseline(context: vscode.ExtensionContext, folder?: vscode.WorkspaceFolder): Promise<void> {
  const baseline = baselineOf(context, folder);
  await client?.sendNotification("repave/setBaseline", folder ? { folder: folder.uri.toString(), baseline } : { baseline });
}

// Of several folders the one with the most replacements, and what each says in the tooltip.
function show(status: vscode.StatusBarItem, plans: readonly PlanResult[]): void {
  const plan = [...plans].sort((a, b) => b.replacements - a.replacements)[0];
  if (!plan) return;
  const icon = plan.problem ? "$(warning)" : plan.replacements > 0 ? "$(replace-all)" : "$(check)";
  status.text = plan.baseline ? `${icon} ${plan.baseline}: ${plan.problem ? "not read" : plan.summary}` : "$(circle-slash) repave: no baseline";
  status.accessibilityInformation = { label: `Repave: ${plan.problem ?? (plan.baseline ? `${plan.summary}, compared with ${plan.baseline}` : "no baseline")}` };
  status.tooltip = plans.flatMap((one) => [`${plans.length > 1 ? `${folderName(one)}: ` : ""}${one.problem ?? `Compared with ${one.baseline}: ${one.summary}`}`, ...one.notes]).join("\n");
  status.backgroundColor = plan.replacements > 0 ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
}

// The folder that is meant; null where a person does not say which of several.
async function pickFolder(): Promise<vscode.WorkspaceFolder | undefined | null> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.length > 1 ? ((await vscode.window.showWorkspaceFolderPick({ placeHolder: "The folder that is compared" })) ?? null) : folders[0];
}

// What one person compares with is nobody else's business: it is not written into the repository.
async function choose(context: vscode.ExtensionContext): Promise<void> {
  const folder = await pickFolder();
  if (folder === null) return;
  const baseline = await chooseBaseline(folder);
  if (baseline === undefined) return;
  await context.workspaceState.update(baselineKey(folder), baseline);
  await sendBaseline(context, folder);
}

async function saveBaseline(context: vscode.ExtensionContext): Promise<void> {
  const folder = await pickFolder();
  if (folder === null) return;
  const target = !folder ? vscode.ConfigurationTarget.Global : (vscode.workspace.workspaceFolders ?? []).length > 1 ? vscode.ConfigurationTarget.WorkspaceFolder : vscode.ConfigurationTarget.Workspace;
  await vscode.workspace.getConfiguration("repave", folder).update("baseline", baselineOf(context, folder), target);
  void vscode.window.showInformationMessage("The baseline is in the settings of the workspace. Commit them to share it.");
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
