import * as vscode from "vscode";
import type { Location } from "vscode-languageclient/node";
import type { PlanAction, PlanEnvironment, PlanItem, PlanReason, PlanResult } from "./protocol";

export type Node = { readonly kind: "folder"; readonly plan: PlanResult } | { readonly kind: "environment"; readonly environment: PlanEnvironment; readonly folder: string | undefined } | { readonly kind: "item"; readonly item: PlanItem } | { readonly kind: "reason"; readonly reason: PlanReason } | { readonly kind: "text"; readonly label: string; readonly icon: string };

const icons: Record<PlanAction, { icon: string; color?: string; verb: string }> = {
  none: { icon: "check", verb: "unchanged" },
  create: { icon: "add", color: "charts.green", verb: "create" },
  "in-place": { icon: "edit", color: "charts.yellow", verb: "mutate in place" },
  roll: { icon: "sync", color: "charts.blue", verb: "roll" },
  replace: { icon: "replace-all", color: "charts.red", verb: "replace" },
  delete: { icon: "trash", color: "charts.red", verb: "delete" },
  unknown: { icon: "question", color: "charts.purple", verb: "unknown" },
};

// What must be seen stands first.
const order: readonly PlanAction[] = ["replace", "delete", "unknown", "roll", "in-place", "create", "none"];

/** The replacement plan as a tree: changes, their forcing fields, their causes and warnings. */
export class PlanView implements vscode.TreeDataProvider<Node> {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly byFolder = new Map<string, PlanResult>();

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

  getChildren(node?: Node): Node[] {
    if (!node) return this.roots();
    if (node.kind === "folder") return planNodes(node.plan);
    if (node.kind === "environment") return environmentNodes(node.environment);
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
    return only && plans.length === 1 ? planNodes(only) : plans.map((plan): Node => ({ kind: "folder", plan }));
  }
}

/** The name of the folder that a plan is of. */
export function folderName(plan: PlanResult): string {
  return plan.folder?.split("/").filter(Boolean).map(decodeURIComponent).at(-1) ?? "workspace";
}

function planNodes(plan: PlanResult): Node[] {
  const environments = (plan.environments ?? []).map((environment): Node => ({ kind: "environment", environment, folder: plan.folder }));
  const problem = plan.problem ? [{ kind: "text", label: `Nothing was compared: ${plan.problem}`, icon: "warning" } as Node] : [];
  const nodes = [...problem, ...environments, ...itemNodes(plan.items)];
  if (nodes.length === 0) nodes.push({ kind: "text", label: `Nothing changes: in sync with ${plan.baseline}`, icon: "check" });
  return [...nodes, ...plan.notes.map((label): Node => ({ kind: "text", label, icon: "info" }))];
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

function itemNodes(items: readonly PlanItem[]): Node[] {
  return [...items].sort((a, b) => order.indexOf(a.action) - order.indexOf(b.action)).map((item): Node => ({ kind: "item", item }));
}

function environmentNodes(environment: PlanEnvironment): Node[] {
  const notes = (environment.problem ? [environment.problem] : environment.notes).map((label): Node => ({ kind: "text", label, icon: "info" }));
  const items = itemNodes(environment.items);
  return items.length + notes.length > 0 ? [...items, ...notes] : [{ kind: "text", label: `Nothing changes: in sync with ${environment.baseline}`, icon: "check" }];
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
  const { icon, color, verb } = icons[item.action];
  const children = item.reasons.length + item.warnings.length + item.causedBy.length + (item.steps ? 1 : 0);
  const tree = new vscode.TreeItem(item.name, children === 0 ? vscode.TreeItemCollapsibleState.None : item.action === "replace" ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed);
  tree.iconPath = new vscode.ThemeIcon(icon, color ? new vscode.ThemeColor(color) : undefined);
  tree.description = [verb, item.namespace && `in ${item.namespace}`, item.what === "perhaps" ? "perhaps" : undefined].filter(Boolean).join(" · ");
  tree.tooltip = [`${item.name}: ${verb}${item.what ? ` (${item.what})` : ""}`, ...item.warnings].join("\n");
  tree.accessibilityInformation = { label: `${item.name}, ${tree.description}` };
  if (item.location) tree.command = open(item.location);
  return tree;
}

function reasonItem(reason: PlanReason): vscode.TreeItem {
  const tree = new vscode.TreeItem(reason.path);
  tree.description = reason.values;
  tree.tooltip = [`${reason.path}: ${reason.values}`, `${reason.effect}${reason.why ? `: ${reason.why}` : ""}`].join("\n");
  tree.iconPath = new vscode.ThemeIcon(reason.effect === "replaces" ? "circle-filled" : "circle-outline", reason.effect === "replaces" ? new vscode.ThemeColor("charts.red") : undefined);
  if (reason.location) tree.command = open(reason.location);
  return tree;
}

function open(location: Location): vscode.Command {
  const { start, end } = location.range;
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  return { title: "Show", command: "vscode.open", arguments: [vscode.Uri.parse(location.uri), { selection } satisfies vscode.TextDocumentShowOptions] };
}
