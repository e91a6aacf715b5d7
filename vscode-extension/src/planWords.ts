import type { PlanAction, PlanItem, PlanReason, PlanResult } from "./protocol";

/** The order of actions in every list: what must be seen comes first. */
export const order: readonly PlanAction[] = ["replace", "delete", "unknown", "roll", "in-place", "create", "none"];

/** What a plan does with a resource, as a verb. */
export const verbs: Record<PlanAction, string> = {
  none: "unchanged",
  create: "create",
  "in-place": "mutate in place",
  roll: "roll",
  replace: "replace",
  delete: "delete",
  unknown: "unknown",
};

/** The changes of one plan: of a folder, or of an environment in it. */
export interface PlanGroup {
  readonly name: string;
  readonly baseline: string;
  readonly summary: string;
  readonly items: readonly PlanItem[];
  readonly notes: readonly string[];
  readonly problem?: string;
}

/** The plans of the folders and of their environments, one after the other; names are empty where there is only one. */
export function groupsOf(plans: readonly PlanResult[]): PlanGroup[] {
  return plans.flatMap((plan): PlanGroup[] => {
    const folder = plans.length > 1 ? folderName(plan) : "";
    const environments = plan.environments ?? [];
    const own = environments.length > 0 && plan.items.length === 0 && !plan.problem ? [] : [{ ...plan, name: folder }];
    return [...own, ...environments.map((one) => ({ ...one, name: folder ? `${folder}: ${one.name}` : one.name }))];
  }).map((group) => ({ ...group, items: sorted(group.items) }));
}

/** The changes in the order in which they are shown. */
export function sorted(items: readonly PlanItem[]): PlanItem[] {
  return [...items].sort((a, b) => order.indexOf(a.action) - order.indexOf(b.action));
}

/** The name of the folder that a plan is of. */
export function folderName(plan: PlanResult): string {
  return plan.folder?.split("/").filter(Boolean).map(decodeURIComponent).at(-1) ?? "workspace";
}

/** What becomes of a resource, in words. */
export function whatOf(item: PlanItem): string {
  return [verbs[item.action], item.namespace && `in ${item.namespace}`, item.what === "perhaps" ? "perhaps" : undefined].filter(Boolean).join(" · ");
}

/** A changed field as a sentence: arrows and dots are not read aloud by every screen reader. */
export function spoken(reason: PlanReason): string {
  const [from, to] = reason.values.split(" → ");
  const values = to === undefined ? reason.values : !from ? `now ${to}` : `from ${from} to ${to}`;
  return `${reason.path}, ${values}, ${reason.effect}${reason.why ? `: ${reason.why}` : ""}`;
}

/** How many changes are shown, of how many. */
export function countOf(shown: number, all: number): string {
  const changes = all === 1 ? "1 change" : `${all} changes`;
  return shown === all ? changes : `${shown} of ${changes} shown`;
}

/** The shown changes as Markdown, for a review or a chat. */
export function markdownOf(groups: readonly PlanGroup[], shows: (action: PlanAction) => boolean): string {
  return groups.map((group) => {
    const items = group.items.filter((item) => shows(item.action));
    const head = `## ${[group.name, group.problem ? "nothing was compared" : `${group.summary}, compared with ${group.baseline}`].filter(Boolean).join(": ")}\n\n`;
    const lines = items.flatMap((item) => [
      `- **${item.name}**: ${whatOf(item)}`,
      ...item.causedBy.map((cause) => `  - because of ${cause}`),
      ...item.reasons.map((reason) => `  - \`${reason.path}\`: ${reason.values}${reason.why ? ` (${reason.why})` : ""}`),
      ...item.warnings.map((warning) => `  - Warning: ${warning}`),
    ]);
    return head + (group.problem ? `${group.problem}\n` : lines.length > 0 ? `${lines.join("\n")}\n` : "Nothing changes.\n");
  }).join("\n");
}
