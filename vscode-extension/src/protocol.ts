import { Location } from "vscode-languageclient/node";

/** Repave's own part of the protocol: the plan of the workspace. */
export interface PlanResult {
  readonly baseline: string;
  readonly summary: string;
  readonly replacements: number;
  readonly items: readonly PlanItem[];
  readonly notes: readonly string[];
  readonly problem?: string;
  readonly environments?: readonly PlanEnvironment[];
  /** The URI of the workspace's folder that it is the plan of. */
  readonly folder?: string;
}

/** An environment that is built from the workspace, with its plan. */
export interface PlanEnvironment {
  readonly name: string;
  readonly source: string;
  readonly baseline: string;
  readonly summary: string;
  readonly replacements: number;
  readonly items: readonly PlanItem[];
  readonly notes: readonly string[];
  readonly problem?: string;
}

/** What is built from a file, for one of the environments that it has a part in. */
export interface BuiltDocument {
  readonly environments: readonly string[];
  readonly environment?: string;
  readonly text: string;
  readonly problem?: string;
}

/** What is done with a document for one dialect. */
export interface DialectState {
  readonly dialect: string;
  readonly resources: number;
  readonly version?: string;
  readonly baseline?: string;
  readonly problem?: string;
}

/** Where a line of what is built comes from. */
export interface Origin {
  readonly location: Location;
  readonly file: string;
  readonly line: string;
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
  readonly steps?: string;
  /** What its texts are asked for by. */
  readonly key?: string;
}

/** The text of a planned resource as it was and as it will be. */
export interface SidesResult {
  readonly before: string;
  readonly after: string;
  readonly path: string;
  readonly location?: Location;
  readonly problem?: string;
}

export interface PlanReason {
  readonly path: string;
  readonly values: string;
  readonly effect: string;
  readonly why: string;
  readonly location?: Location;
}
