// Publishes the language server into the extension: framework-dependent, compiled ahead, with descriptions of fields.
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";

// Descriptions of fields come from the same packages as the schemas, with their licence; they are made here and never committed.
execFileSync("dotnet", ["run", "--project", "../schemas/Generator", "--", "descriptions", "--out", "../artifacts/descriptions"], { stdio: "inherit" });
rmSync("server", { recursive: true, force: true });
execFileSync("dotnet", ["publish", "../server/Repave.Cli", "-c", "Release", "-o", "server", "-p:DebugType=none", "-p:GenerateDocumentationFile=false"], { stdio: "inherit" });
