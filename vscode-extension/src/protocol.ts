import { Location } from "vscode-languageclient/node";

/** Repave's own part of the protocol: the plan of the workspace. */
export interface PlanResult {
  readonly baseline: string;
  readonly summary: string;
  readonly replacements: number;
  readonly items: readonly PlanItem[];
  readonly notes: readonly string[];
  readonly problem?: string;
}

export type PlanAction = "none" | "create" | "in-place" | "roll" | "replace" | "delete" | "unknown";

export interface PlanItem {
  readonly name: string;
  readonly namespace?: string;
  readonly action: PlanAction;
  readonly what: string;
  readonly causedBy: readonly string[];
  readonly reasons: readonly PlanReason[];
  readonly warnings: readonly string[];
  readonly location?: Location;
}

export interface PlanReason {
  readonly path: string;
  readonly values: string;
  readonly effect: string;
  readonly why: string;
  readonly location?: Location;
}
