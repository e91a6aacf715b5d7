import * as path from "node:path";
import * as vscode from "vscode";
import { type Executable, LanguageClient, type LanguageClientOptions, TransportKind } from "vscode-languageclient/node";

/** How the server is started: the one that comes with the extension, or the one that the settings name. */
export function executable(context: vscode.ExtensionContext): Executable {
  const own = context.asAbsolutePath(path.join("server", "repave.dll"));
  const chosen = vscode.workspace.isTrusted ? vscode.workspace.getConfiguration("repave").get<string>("server.path", "") : "";
  const program = chosen || own;
  return program.endsWith(".dll") ? { command: "dotnet", args: ["exec", program, "lsp"], transport: TransportKind.stdio } : { command: program, args: ["lsp"], transport: TransportKind.stdio };
}

/** The client of the server. In a workspace that is not trusted the server starts no process. */
export function createClient(context: vscode.ExtensionContext): LanguageClient {
  const settings = vscode.workspace.getConfiguration("repave");
  const options: LanguageClientOptions = {
    documentSelector: [{ scheme: "file", language: "yaml" }, { scheme: "file", language: "json" }, { scheme: "file", language: "dockercompose" }, { scheme: "file", language: "dockerfile" }, { scheme: "file", pattern: "**/*.{yaml,yml,template}" }, { scheme: "file", pattern: "**/templates/**" }, { scheme: "file", pattern: "**/*bake{,.override}.hcl" }],
    initializationOptions: {
      trusted: vscode.workspace.isTrusted,
      baseline: baselineOf(settings),
      completion: settings.get("completion.enabled", true),
      hover: settings.get("hover.enabled", true),
    },
    outputChannelName: "Repave",
  };
  return new LanguageClient("repave", "Repave", { run: executable(context), debug: executable(context) }, options);
}

/** What the settings compare with; only the trusted part of them in a workspace that is not. */
export function baselineOf(settings: vscode.WorkspaceConfiguration): string {
  return vscode.workspace.isTrusted ? settings.get("baseline", "git:HEAD") : "";
}
