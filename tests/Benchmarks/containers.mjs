// A check of a folder of Compose files and Dockerfiles from a cold start, beside `docker compose config` of each Compose file in it.
// Wall time says what a person waits, CPU time what it costs wherever else the machine is busy.
// Usage: node tests/Benchmarks/containers.mjs REPAVE FOLDER [DOCKER-COMPOSE] [RUNS]
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { quantile } from "./lsp-client.mjs";

const [program, folder, compose] = process.argv.slice(2);
const runs = Number(process.argv[5] ?? 15);
if (!program || !folder) throw new Error("name a program and a folder");

const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((f) => f.isFile()).map((f) => path.join(f.parentPath, f.name));
const isCompose = (f) => /compose[^/]*\.ya?ml$/i.test(f);
console.log(`${files.filter(isCompose).length} Compose files, ${files.filter((f) => /dockerfile/i.test(path.basename(f))).length} Dockerfiles`);

/** Runs a program to its end: milliseconds by the clock and of the CPU. */
function time(command, args, cwd) {
  const log = path.join(mkdtempSync(path.join(tmpdir(), "repave-bench-")), "time");
  const start = performance.now();
  const { status } = spawnSync("/usr/bin/time", ["-o", log, "-f", "%U %S", command, ...args], { stdio: "ignore", cwd });
  const wall = performance.now() - start;
  const [user, system] = readFileSync(log, "utf8").trim().split("\n").at(-1).split(" ").map(Number);
  return { wall, cpu: (user + system) * 1000, status };
}

function show(name, all) {
  const at = (key, q) => quantile(all.map((r) => r[key]), q).toFixed(0);
  console.log(`${name}: wall ${at("wall", 0.5)} ms (fastest ${at("wall", 0)}), CPU ${at("cpu", 0.5)} ms`);
}

const checks = Array.from({ length: runs }, () => time(path.resolve(program), ["check", folder, "--format", "json", "--fail-on", "never"]));
if (checks.some((c) => c.status !== 0)) throw new Error("a check failed");
show("repave check", checks);
if (compose) {
  const each = files.filter(isCompose).map((f) => time(compose, ["-f", path.resolve(f), "config", "-q"], path.dirname(f)));
  show("docker compose config of one file", each);
  console.log(`docker compose config of all: ${(each.reduce((sum, r) => sum + r.wall, 0) / 1000).toFixed(1)} s`);
}
