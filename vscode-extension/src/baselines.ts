import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as vscode from "vscode";

const run = promisify(execFile);

interface Choice extends vscode.QuickPickItem {
  readonly pick: () => Promise<string | undefined>;
}

/** Lets a person choose what changes are compared with; undefined if nothing was chosen. */
export async function chooseBaseline(folder?: vscode.WorkspaceFolder): Promise<string | undefined> {
  const choices: Choice[] = [
    { label: "$(git-commit) Last commit", description: "git:HEAD", pick: async () => "git:HEAD" },
    { label: "$(git-branch) Branch, tag or commit…", pick: async () => named("git:", await vscode.window.showInputBox({ prompt: "A branch, tag or commit", value: "origin/main" })) },
    { label: "$(file) Snapshot, dump or folder of manifests…", pick: pickFile },
    ...(await revisions(folder)).map((name): Choice => ({ label: `$(git-branch) ${name}`, description: `git:${name}`, pick: async () => `git:${name}` })),
    ...(await contexts()).map((context): Choice => ({ label: `$(server-environment) ${context}`, description: "live cluster, read and dry-run only", pick: async () => `live:${context}` })),
    { label: "$(circle-slash) Nothing", description: "no plan", pick: async () => "" },
  ];
  const chosen = await vscode.window.showQuickPick(choices, { placeHolder: "Compare manifests with", matchOnDescription: true });
  return chosen?.pick();
}

function named(prefix: string, name: string | undefined): string | undefined {
  return name ? prefix + name : undefined;
}

async function pickFile(): Promise<string | undefined> {
  const files = await vscode.window.showOpenDialog({ canSelectFiles: true, canSelectFolders: true, openLabel: "Compare with this" });
  return files?.[0]?.fsPath;
}

// The branches and tags that were committed to last.
async function revisions(folder?: vscode.WorkspaceFolder): Promise<string[]> {
  if (!vscode.workspace.isTrusted || !folder) return [];
  const format = ["--sort=-committerdate", "--count=30", "--format=%(refname:short)"];
  return lines("git", ["for-each-ref", ...format, "refs/heads", "refs/remotes", "refs/tags"], folder.uri.fsPath);
}

// Only in a trusted workspace a process is started.
async function contexts(): Promise<string[]> {
  if (!vscode.workspace.isTrusted) return [];
  return lines("kubectl", ["config", "get-contexts", "-o", "name"]);
}

async function lines(program: string, words: readonly string[], cwd?: string): Promise<string[]> {
  try {
    const { stdout } = await run(program, words, { timeout: 3000, ...(cwd ? { cwd } : {}) });
    return stdout.split("\n").filter((line) => line.length > 0);
  } catch {
    return [];
  }
}
