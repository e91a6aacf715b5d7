// Publishes the language server into the extension: framework-dependent, compiled ahead.
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";

rmSync("server", { recursive: true, force: true });
execFileSync("dotnet", ["publish", "../server/Repave.Cli", "-c", "Release", "-o", "server", "-p:DebugType=none", "-p:GenerateDocumentationFile=false"], { stdio: "inherit" });
