// Times the plan after an edit, as the language server gives it: in one of many Kubernetes manifests and in a CloudFormation template, against a
// folder, against a git revision.
// Usage: node tests/Benchmarks/plan-edits.mjs RESOURCES -- COMMAND…
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { editToPlan } from "./edit-to-plan.mjs";
import { one, queue } from "./lsp-client.mjs";

const dashes = process.argv.indexOf("--");
const count = Number(process.argv[2]);
const command = process.argv.slice(dashes + 1);

const kinds = [
  { name: "Kubernetes", language: "yaml", before: "replicas: ", names: "replicas", write: (folder) => { for (let i = 0; i * 20 < count; i++) writeFileSync(path.join(folder, `f${i}.yaml`), Array.from({ length: 10 }, (_, j) => one(i * 10 + j)).join("")); } },
  { name: "CloudFormation", language: "yaml", before: "maxReceiveCount: ", names: "RedrivePolicy", write: (folder) => writeFileSync(path.join(folder, "f0.yaml"), `Resources:\n${Array.from({ length: Math.min(Math.ceil(count / 3), 166) }, (_, i) => queue(i)).join("")}`) },
];
for (const { name, language, before, names, write } of kinds) {
  const home = mkdtempSync(path.join(tmpdir(), "repave-edits-"));
  const folder = path.join(home, "now");
  mkdirSync(folder);
  write(folder);
  cpSync(folder, path.join(home, "before"), { recursive: true });
  const git = (...args) => execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], { cwd: folder });
  git("init", "-q");
  git("add", "-A");
  git("commit", "-qm", "b");
  for (const baseline of [path.join(home, "before"), "git:HEAD"])
    console.log(`${name}, ${count} resources, against ${baseline.startsWith("git:") ? "git" : "a folder"}: ${await editToPlan({ command, folder, file: path.join(folder, "f0.yaml"), language, before, names, baseline, settle: 4000 })}`);
}
