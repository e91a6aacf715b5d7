// Times checks of templates beside cfn-lint, both on the same files in the same run, with everything on.
// Usage: node cfn-lint.mjs DIRECTORY ROUNDS -- COMMAND… (what starts repave)
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import path from "node:path";

const dashes = process.argv.indexOf("--");
const [folder, rounds] = process.argv.slice(2, dashes);
const command = process.argv.slice(dashes + 1);

function* files(from) {
  for (const name of readdirSync(from).sort()) {
    const at = path.join(from, name);
    if (statSync(at).isDirectory()) yield* files(at);
    else if (/\.(ya?ml|json|template)$/.test(name)) yield at;
  }
}

function time(run) {
  const start = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

const templates = [...files(folder)];
const quiet = { stdio: "ignore" };
const times = { repave: [], "cfn-lint": [] };
for (let i = 0; i < Number(rounds ?? 3); i++) {
  times.repave.push(time(() => spawnSync(command[0], [...command.slice(1), "check", ...templates, "--fail-on", "never"], quiet)));
  times["cfn-lint"].push(time(() => spawnSync("cfn-lint", ["--include-checks", "I", "--non-zero-exit-code", "none", "--", ...templates], quiet)));
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const version = execFileSync("cfn-lint", ["--version"]).toString().trim();
console.log(`${templates.length} templates, medians of ${times.repave.length}: repave ${median(times.repave).toFixed(2)} s, `
  + `${version} ${median(times["cfn-lint"]).toFixed(2)} s: ${(median(times["cfn-lint"]) / median(times.repave)).toFixed(1)} times faster`);
