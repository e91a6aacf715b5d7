import * as vscode from "vscode";
import type { Location } from "vscode-languageclient/node";
import { countOf, folderName, order, sorted, spoken, verbs, whatOf } from "./planWords";
import type { PlanAction, PlanEnvironment, PlanItem, PlanReason, PlanResult } from "./protocol";

export type Node = { readonly kind: "folder"; readonly plan: PlanResult } | { readonly kind: "environment"; readonly environment: PlanEnvironment; readonly folder: string | undefined } | { readonly kind: "item"; readonly item: PlanItem; readonly baseline: string } | { readonly kind: "reason"; readonly reason: PlanReason } | { readonly kind: "text"; readonly label: string; readonly icon: string };

const icons: Record<PlanAction, { icon: string; color?: string }> = {
  none: { icon: "check" },
  create: { icon: "add", color: "charts.green" },
  "in-place": { icon: "edit", color: "charts.yellow" },
  roll: { icon: "sync", color: "charts.blue" },
  replace: { icon: "replace-all", color: "charts.red" },
  delete: { icon: "trash", color: "charts.red" },
  unknown: { icon: "question", color: "charts.purple" },
};

/** The replacement plan as a tree: changes, their forcing fields, their causes and warnings. */
export class PlanView implements vscode.TreeDataProvider<Node> {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly byFolder = new Map<string, PlanResult>();
  private readonly hidden = new Set<PlanAction>();

  readonly onDidChangeTreeData = this.changed.event;

  show(plan: PlanResult): void {
    this.byFolder.set(plan.folder ?? "", plan);
    this.changed.fire();
  }

  /** Forgets the plans of folders that are gone. */
  keep(folders: readonly vscode.WorkspaceFolder[]): void {
    const kept = new Set(folders.map((folder) => folder.uri.path));
    for (const folder of [...this.byFolder.keys()]) if (!kept.has(vscode.Uri.parse(folder).path)) this.byFolder.delete(folder);
    this.changed.fire();
  }

  /** The plans of the folders, in their order. */
  plans(): readonly PlanResult[] {
    return [...this.byFolder.values()].sort((a, b) => (a.folder ?? "").localeCompare(b.folder ?? ""));
  }

  /** Whether changes of an action are shown. */
  readonly shows = (action: PlanAction): boolean => !this.hidden.has(action);

  /** Lets a person choose the actions that are shown, of those that there are. */
  async filter(): Promise<void> {
    const items = this.items();
    const present = order.filter((action) => this.hidden.has(action) || items.some((item) => item.action === action));
    const choices = present.map((action) => {
      const count = items.filter((item) => item.action === action).length;
      return { label: verbs[action], description: countOf(count, count), picked: this.shows(action), action };
    });
    if (choices.length === 0) {
      void vscode.window.showInformationMessage("The plan has no changes to filter.");
      return;
    }
    const chosen = await vscode.window.showQuickPick(choices, { canPickMany: true, title: "Show in the plan", placeHolder: "Actions that are shown" });
    if (!chosen) return;
    this.hidden.clear();
    for (const { action } of choices) if (!chosen.some((one) => one.action === action)) this.hidden.add(action);
    this.changed.fire();
  }

  /** What stands over the tree: nothing unless something is left out. */
  message(): string | undefined {
    const items = this.items();
    const shown = items.filter((item) => this.shows(item.action)).length;
    return shown === items.length ? undefined : countOf(shown, items.length);
  }

  private items(): PlanItem[] {
    return this.plans().flatMap((plan) => [...plan.items, ...(plan.environments ?? []).flatMap((one) => one.items)]);
  }

  getChildren(node?: Node): Node[] {
    if (!node) return this.roots();
    if (node.kind === "folder") return this.planNodes(node.plan);
    if (node.kind === "environment") return this.environmentNodes(node.environment);
    if (node.kind !== "item") return [];
    const { item } = node;
    return [
      ...(item.steps ? [item.steps] : []).map((label): Node => ({ kind: "text", label, icon: "list-ordered" })),
      ...item.causedBy.map((cause): Node => ({ kind: "text", label: `because of ${cause}`, icon: "arrow-small-left" })),
      ...item.reasons.map((reason): Node => ({ kind: "reason", reason })),
      ...item.warnings.map((label): Node => ({ kind: "text", label, icon: "warning" })),
    ];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    switch (node.kind) {
      case "text": {
        const text = new vscode.TreeItem(node.label);
        text.iconPath = new vscode.ThemeIcon(node.icon);
        text.tooltip = node.label;
        return text;
      }
      case "reason":
        return reasonItem(node.reason);
      case "item":
        return changeItem(node.item);
      case "environment":
        return environmentItem(node.environment, node.folder);
      case "folder":
        return folderItem(node.plan);
    }
  }

  private roots(): Node[] {
    const plans = this.plans();
    const [only] = plans;
    return only && plans.length === 1 ? this.planNodes(only) : plans.map((plan): Node => ({ kind: "folder", plan }));
  }

  private planNodes(plan: PlanResult): Node[] {
    const environments = (plan.environments ?? []).map((environment): Node => ({ kind: "environment", environment, folder: plan.folder }));
    const problem = plan.problem ? [textNode(`Nothing was compared: ${plan.problem}`, "warning")] : [];
    const nodes = [...problem, ...environments, ...this.itemNodes(plan.items, plan.baseline)];
    if (nodes.length === 0 && plan.items.length === 0) nodes.push(textNode(`Nothing changes: in sync with ${plan.baseline}`, "check"));
    return [...nodes, ...plan.notes.map((label) => textNode(label, "info"))];
  }

  private environmentNodes(environment: PlanEnvironment): Node[] {
    const notes = (environment.problem ? [environment.problem] : environment.notes).map((label) => textNode(label, "info"));
    const nodes = [...this.itemNodes(environment.items, environment.baseline), ...notes];
    return nodes.length > 0 || environment.items.length > 0 ? nodes : [textNode(`Nothing changes: in sync with ${environment.baseline}`, "check")];
  }

  private itemNodes(items: readonly PlanItem[], baseline: string): Node[] {
    return sorted(items).filter((item) => this.shows(item.action)).map((item): Node => ({ kind: "item", item, baseline }));
  }
}

function textNode(label: string, icon: string): Node {
  return { kind: "text", label, icon };
}

/** A folder of a workspace that has several. */
function folderItem(plan: PlanResult): vscode.TreeItem {
  const tree = new vscode.TreeItem(folderName(plan), vscode.TreeItemCollapsibleState.Expanded);
  tree.id = `folder:${plan.folder}`;
  tree.iconPath = vscode.ThemeIcon.Folder;
  tree.description = plan.problem ?? `${plan.summary} · ${plan.baseline}`;
  tree.accessibilityInformation = { label: `${folderName(plan)}, ${tree.description}` };
  return tree;
}

/** A row of the matrix: the environment, and how many resources each action befalls. */
function environmentItem(environment: PlanEnvironment, folder: string | undefined): vscode.TreeItem {
  const changes = environment.items.some((item) => item.action !== "none");
  const tree = new vscode.TreeItem(environment.name, changes ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed);
  const worst = order.find((action) => environment.items.some((item) => item.action === action)) ?? "none";
  const { icon, color } = icons[worst];
  tree.id = `environment:${folder ?? ""}:${environment.name}`;
  tree.contextValue = "environment";
  tree.iconPath = new vscode.ThemeIcon(changes ? icon : "server-environment", changes && color ? new vscode.ThemeColor(color) : undefined);
  tree.description = environment.problem ?? `${environment.summary} · ${environment.baseline}`;
  tree.tooltip = `${environment.name}: ${environment.source}, against ${environment.baseline}: ${environment.summary}`;
  tree.accessibilityInformation = { label: `${environment.name}, ${tree.description}` };
  return tree;
}

function changeItem(item: PlanItem): vscode.TreeItem {
  const { icon, color } = icons[item.action];
  const verb = verbs[item.action];
  const children = item.reasons.length + item.warnings.length + item.causedBy.length + (item.steps ? 1 : 0);
  const tree = new vscode.TreeItem(item.name, children === 0 ? vscode.TreeItemCollapsibleState.None : item.action === "replace" ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed);
  tree.iconPath = new vscode.ThemeIcon(icon, color ? new vscode.ThemeColor(color) : undefined);
  tree.description = whatOf(item);
  tree.tooltip = [`${item.name}: ${verb}${item.what ? ` (${item.what})` : ""}`, ...item.warnings].join("\n");
  tree.accessibilityInformation = { label: `${item.name}, ${tree.description}` };
  if (item.location) tree.command = open(item.location);
  if (item.key) tree.contextValue = "change";
  return tree;
}

function reasonItem(reason: PlanReason): vscode.TreeItem {
  const tree = new vscode.TreeItem(reason.path);
  tree.description = reason.values;
  tree.tooltip = [`${reason.path}: ${reason.values}`, `${reason.effect}${reason.why ? `: ${reason.why}` : ""}`].join("\n");
  tree.accessibilityInformation = { label: spoken(reason) };
  tree.iconPath = new vscode.ThemeIcon(reason.effect === "replaces" ? "circle-filled" : "circle-outline", reason.effect === "replaces" ? new vscode.ThemeColor("charts.red") : undefined);
  if (reason.location) tree.command = open(reason.location);
  return tree;
}

function open(location: Location): vscode.Command {
  const { start, end } = location.range;
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  return { title: "Show", command: "vscode.open", arguments: [vscode.Uri.parse(location.uri), { selection } satisfies vscode.TextDocumentShowOptions] };
}
