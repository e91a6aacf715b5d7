// The native program beside the framework-dependent one: size, start to the answer of initialize, a 10,000-line file, checks, memory.
// Runs alternate, so that what else the machine does meets both alike. A ratio below 1 is the native program's.
// Usage: node tests/Benchmarks/native.mjs NATIVE FRAMEWORK_DEPENDENT [RUNS]      from the repository's root; both published in Release
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client, one, quantile } from "./lsp-client.mjs";

const programs = process.argv.slice(2, 4).map((p) => path.resolve(p));
const runs = Number(process.argv[4] ?? 10);
if (programs.length < 2) throw new Error("name two programs");

// What has to be copied for it to run: the whole folder, without symbols and documentation.
function size(program) {
  const folder = path.dirname(program);
  const files = readdirSync(folder).filter((f) => !/\.(pdb|xml|dbg)$/.test(f));
  return files.reduce((sum, f) => sum + statSync(path.join(folder, f)).size, 0) / 1e6;
}

/** The most memory that a process has had, in MB; null once it has ended. */
function peak(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024;
  } catch {
    return null;
  }
}

async function check(program, folder) {
  const start = performance.now();
  const process = spawn(program, ["check", folder, "--format", "json", "--fail-on", "never"], { stdio: ["ignore", "ignore", "ignore"] });
  let memory = 0;
  const timer = setInterval(() => { memory = peak(process.pid) ?? memory; }, 2);
  const code = await new Promise((done) => process.on("exit", done));
  clearInterval(timer);
  if (code !== 0) throw new Error(`${program} check ${folder} ended with ${code}`);
  return { ms: performance.now() - start, memory };
}

async function edit(program) {
  const folder = mkdtempSync(path.join(tmpdir(), "repave-native-"));
  const client = new Client([program, "lsp"]);
  const workspaceFolders = [{ uri: `file://${folder}`, name: "w" }];
  await client.request("initialize", { processId: process.pid, rootUri: null, workspaceFolders, capabilities: {} });
  const initialize = performance.now() - client.started;
  client.send({ method: "initialized", params: {} });
  const text = Array.from({ length: 295 }, (_, i) => one(i)).join("");
  const uri = `file://${folder}/many.yaml`;
  const start = performance.now();
  client.send({ method: "textDocument/didOpen", params: { textDocument: { uri, languageId: "yaml", version: 1, text } } });
  const open = (await client.diagnostics(uri, 1)) - start;
  await new Promise((done) => setTimeout(done, 2000));
  const memory = client.memory();
  client.process.kill("SIGKILL");
  return { initialize, open, memory };
}

function show(name, unit, native, managed, digits = 0) {
  const columns = [native, managed].map((value) => `${value.toFixed(digits)} ${unit}`.padStart(10));
  console.log(`${name.padEnd(46)} ${columns.join(" ")} ${(native / managed).toFixed(2).padStart(7)}`);
}

async function compare(name, unit, count, measure) {
  const values = [[], []];
  for (let run = -1; run < count; run++) {
    for (const [i, program] of programs.entries()) {
      const value = await measure(program);
      // The first of each only warms the machine's caches.
      if (run >= 0) values[i].push(value);
    }
  }

  for (const [what, of] of Object.entries(unit)) {
    const [native, managed] = values.map((all) => quantile(all.map((v) => v[what]), 0.5));
    show(`${name}${of.name ?? ""}`, of.unit, native, managed);
  }
}

console.log(`${"".padEnd(46)} ${"native".padStart(10)} ${".NET".padStart(10)} ${"ratio".padStart(7)}`);
show("size", "MB", ...programs.map(size), 1);
await compare("lsp", {
  initialize: { name: ", start to the answer of initialize", unit: "ms" },
  open: { name: ", 10,000 lines to their diagnostics", unit: "ms" },
  memory: { name: ", memory with them", unit: "MB" },
}, runs, edit);
for (const folder of ["samples", "../shared/data/corpus"].filter((f) => existsSync(f))) {
  const unit = { ms: { unit: "ms" }, memory: { name: ", most memory", unit: "MB" } };
  await compare(`check ${folder}`, unit, runs, (program) => check(program, folder));
}
