import * as vscode from "vscode";
import type { HandleDiagnosticsSignature } from "vscode-languageclient/node";

// What any validator of YAML or of a schema may find too: text, duplicate keys, fields, types, values, bounds, duplicate items.
const shared = new Set(["RPV0001", "RPV0002", "RPV0010", "RPV0011", "RPV0012", "RPV0013", "RPV0014", "RPV0015", "RPV0016"]);

/** Leaves out what another YAML extension (redhat.vscode-yaml) finds wrong at the same place, as long as it says so there. */
export class OtherYaml implements vscode.Disposable {
  private readonly found = new Map<string, { readonly diagnostics: vscode.Diagnostic[]; readonly show: HandleDiagnosticsSignature; shown: number }>();
  private readonly listening = vscode.languages.onDidChangeDiagnostics(({ uris }) => uris.forEach((uri) => this.refresh(uri)));

  /** Takes what the server found in a file, and shows what nobody else says. */
  readonly handle = (uri: vscode.Uri, diagnostics: vscode.Diagnostic[], show: HandleDiagnosticsSignature): void => {
    const left = this.left(uri, diagnostics);
    this.found.set(uri.toString(), { diagnostics, show, shown: left.length });
    show(uri, left);
  };

  dispose(): void {
    this.listening.dispose();
  }

  // The other one may speak later than the server does, or take back what it said.
  private refresh(uri: vscode.Uri): void {
    const one = this.found.get(uri.toString());
    if (!one) return;
    const left = this.left(uri, one.diagnostics);
    if (left.length === one.shown) return;
    one.shown = left.length;
    one.show(uri, left);
  }

  private left(uri: vscode.Uri, diagnostics: vscode.Diagnostic[]): vscode.Diagnostic[] {
    if (vscode.workspace.getConfiguration("repave", uri).get<string>("otherYaml", "leave") === "repeat") return diagnostics;
    const others = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === "YAML" || source?.startsWith("yaml-schema"));
    return others.length === 0 ? diagnostics : diagnostics.filter((own) => !shared.has(codeOf(own)) || !others.some((other) => isSame(own, other)));
  }
}

function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}

// On one line, at the same place or with the same name: a structure that is wrong as a whole hides nothing on its other lines.
function isSame(own: vscode.Diagnostic, other: vscode.Diagnostic): boolean {
  if (own.range.start.line !== other.range.start.line) return false;
  const names = new Set(quoted(own.message));
  return own.range.intersection(other.range) !== undefined || quoted(other.message).some((name) => names.has(name));
}

function quoted(message: string): string[] {
  return [...message.matchAll(/["'`]([^"'`]+)["'`]/g)].map(([, name]) => name ?? "");
}
