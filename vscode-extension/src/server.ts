import { accessSync, chmodSync, constants, existsSync } from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { type Executable, LanguageClient, type LanguageClientOptions, TransportKind } from "vscode-languageclient/node";
import type { OtherYaml } from "./otherYaml";

/** How the server is started: the one that comes with the extension (a native program where there is one for the platform, or one for .NET), or the
 *  one that the settings name. */
export function executable(context: vscode.ExtensionContext): Executable {
  const chosen = vscode.workspace.isTrusted ? vscode.workspace.getConfiguration("repave").get<string>("server.path", "") : "";
  const program = chosen || own(context);
  return program.endsWith(".dll") ? { command: "dotnet", args: ["exec", program, "lsp"], transport: TransportKind.stdio } : { command: program, args: ["lsp"], transport: TransportKind.stdio };
}

/** What the server needs that a machine may lack, for messages; nothing for a native program. */
export function needs(context: vscode.ExtensionContext): string {
  return executable(context).command === "dotnet"
    ? "This build of the extension has no native program for the platform: its server needs the .NET 10 runtime. repave.server.path names another one."
    : "repave.server.path names another one.";
}

function own(context: vscode.ExtensionContext): string {
  const assembly = context.asAbsolutePath(path.join("server", "repave.dll"));
  if (existsSync(assembly)) return assembly;
  const program = context.asAbsolutePath(path.join("server", process.platform === "win32" ? "repave.exe" : "repave"));
  // Not everything that unpacks extensions keeps what may be executed.
  try {
    accessSync(program, constants.X_OK);
  } catch {
    try {
      chmodSync(program, 0o755);
    } catch {
      // Starting it says what is wrong.
    }
  }
  return program;
}

/** The files that Repave may know. */
export const selector = [
  { scheme: "file", language: "yaml" },
  { scheme: "file", language: "json" },
  { scheme: "file", language: "dockercompose" },
  { scheme: "file", language: "dockerfile" },
  { scheme: "file", pattern: "**/*.{yaml,yml,template}" },
  { scheme: "file", pattern: "**/templates/**" },
  { scheme: "file", pattern: "**/*bake{,.override}.hcl" },
  { scheme: "file", pattern: "**/*.{bu,ign,pkr.hcl}" },
  { scheme: "file", pattern: "**/*.{tf,tofu,tfvars,tftest.hcl,tofutest.hcl}" },
];

/** The client of the server. In a workspace that is not trusted the server starts no process. */
export function createClient(context: vscode.ExtensionContext, log: vscode.OutputChannel, other: OtherYaml): LanguageClient {
  const settings = vscode.workspace.getConfiguration("repave");
  const options: LanguageClientOptions = {
    documentSelector: selector,
    initializationOptions: {
      trusted: vscode.workspace.isTrusted,
      baseline: baselineOf(context),
      baselines: Object.fromEntries((vscode.workspace.workspaceFolders ?? []).map((folder) => [folder.uri.toString(), baselineOf(context, folder)])),
      completion: settings.get("completion.enabled", true),
      hover: settings.get("hover.enabled", true),
      defaults: settings.get("hints.defaults", false),
      askProviders: settings.get("terraform.askProviders", true),
    },
    outputChannel: log,
    middleware: { handleDiagnostics: other.handle },
  };
  return new LanguageClient("repave", "Repave", { run: executable(context), debug: executable(context) }, options);
}

/** What a folder is compared with: what this person chose for it, which stays out of the repository, or else what the settings say. Nothing in a
 *  workspace that is not trusted. */
export function baselineOf(context: vscode.ExtensionContext, folder?: vscode.WorkspaceFolder): string {
  if (!vscode.workspace.isTrusted) return "";
  return context.workspaceState.get<string>(baselineKey(folder)) ?? vscode.workspace.getConfiguration("repave", folder).get("baseline", "git:HEAD");
}

/** Where the workspace's state keeps what was chosen for a folder. */
export function baselineKey(folder?: vscode.WorkspaceFolder): string {
  return `baseline:${folder?.uri.toString() ?? ""}`;
}
