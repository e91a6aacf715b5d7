// Times Repave and the tools that answer a question of the same kind, in turn, on the samples of the repository: wall time of whole processes, fastest and
// median. What is not on this machine is said, and left out.
// Usage: node tests/Benchmarks/peers.mjs REPAVE [ROUNDS]
//   KUBECONFORM        its program; its schemas are made from the cluster's OpenAPI document, for the kinds of samples/shop
//   KUBECONFIG         a cluster for kubectl diff; samples/shop is applied to it: one for tests only
//   DOCKER_COMPOSE     Compose's program, and DOCKER_HOST an engine whose images web:1.4.2, worker:1.4.2 and postgres:17.2 need not be there
//   TF_CLI_CONFIG_FILE a mirror with hashicorp/aws 5.100.0
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const repave = path.resolve(process.argv[2] ?? "artifacts/native/repave");
const rounds = Number(process.argv[3] ?? 6);
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const samples = path.join(root, "samples");
const work = mkdtempSync(path.join(tmpdir(), "repave-peers-"));
const { KUBECONFORM: kubeconform, DOCKER_COMPOSE: compose } = process.env;

const has = (program) => (process.env.PATH ?? "").split(":").some((folder) => existsSync(path.join(folder, program)));
const run = (command, cwd) => spawnSync(command[0], command.slice(1), { cwd, encoding: "utf8", maxBuffer: 1 << 28 });

/** Runs both in turn; what ends otherwise than it should has no time. */
function pair(question, ours, peers) {
  console.log(`\n${question}`);
  const all = [["repave", ours], ...peers].map(([name, { command, cwd = root, ends = [0] }]) => ({ name, command, cwd, ends, times: [] }));
  for (let i = 0; i < rounds; i++) {
    for (const one of all.filter((a) => !a.failed)) {
      const start = process.hrtime.bigint();
      const answer = run(one.command, one.cwd);
      one.times.push(Number(process.hrtime.bigint() - start) / 1e9);
      if (!one.ends.includes(answer.status)) one.failed = `ended with ${answer.status}: ${(answer.stderr || answer.stdout).trim().slice(0, 300)}`;
    }
  }
  for (const { name, command, cwd, failed, times } of all) {
    times.sort((a, b) => a - b);
    const words = command.map((w) => (w === repave ? "repave" : path.isAbsolute(w) ? path.relative(cwd, w).startsWith("..") ? path.basename(w) : path.relative(cwd, w) : w));
    console.log(failed ? `  ${name}: ${failed}`
      : `  ${name}: fastest ${times[0].toFixed(2)} s, median ${times[Math.floor(times.length / 2)].toFixed(2)} s   ${words.join(" ")}`);
  }
}

const absent = (question, why) => console.log(`\n${question}\n  not measured: ${why}`);
const cpus = readFileSync("/proc/cpuinfo", "utf8").match(/^processor/gm)?.length;
console.log(`${cpus} processors, load ${readFileSync("/proc/loadavg", "utf8").split(" ")[0]}, ${rounds} rounds`);

const stack = path.join(samples, "stack/orders.yaml");
if (has("cfn-lint")) pair("A template by the registry's schemas", { command: [repave, "check", stack] }, [["cfn-lint", { command: ["cfn-lint", stack] }]]);
else absent("A template by the registry's schemas", "there is no cfn-lint (pip install cfn-lint)");

// What the cluster says of a kind, whole in one file, as kubeconform reads it.
function schemasOf(document) {
  const folder = path.join(work, "schemas");
  mkdirSync(folder);
  const whole = (node, open) => {
    if (Array.isArray(node)) return node.map((n) => whole(n, open));
    if (node === null || typeof node !== "object") return node;
    if (typeof node.$ref === "string") {
      const name = node.$ref.split("/").at(-1);
      return open.includes(name) ? {} : whole(document.definitions[name], [...open, name]);
    }
    const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, whole(value, open)]));
    if (node.format === "int-or-string") return { oneOf: [{ type: "string" }, { type: "integer" }] };
    if (node.type === "object" && node.properties && !node.additionalProperties) copy.additionalProperties = false;
    return copy;
  };
  for (const [name, definition] of Object.entries(document.definitions)) {
    for (const { group, version, kind } of definition["x-kubernetes-group-version-kind"] ?? []) {
      const file = `${kind.toLowerCase()}${group ? `-${group.split(".")[0]}` : ""}-${version}.json`;
      writeFileSync(path.join(folder, file), JSON.stringify(whole(definition, [name])));
    }
  }
  return `${folder}/{{.ResourceKind}}{{.KindSuffix}}.json`;
}

const cluster = process.env.KUBECONFIG && has("kubectl");
// Of two states of the shop what a cluster of any release since 1.20 knows.
const known = (text) => text.split(/^---\n/m).filter((d) => !/^kind: (PodDisruptionBudget|CronJob)/m.test(d)).join("---\n");
const copies = (state) => ["namespace.yaml", "config.yaml", "web.yaml", "worker.yaml"].map((name) => {
  mkdirSync(path.join(work, state), { recursive: true });
  writeFileSync(path.join(work, state, name), known(readFileSync(path.join(samples, state, name), "utf8")));
  return path.join(work, state, name);
}).filter((file) => /^kind:/m.test(readFileSync(file, "utf8")));
const [manifests, next] = [copies("shop"), copies("shop-next")];
if (kubeconform && cluster) {
  const location = schemasOf(JSON.parse(run(["kubectl", "get", "--raw", "/openapi/v2"]).stdout));
  const many = path.join(work, "many");
  mkdirSync(many);
  for (let i = 0; i < 50; i++) for (const f of manifests) cpSync(f, path.join(many, `${i}-${path.basename(f)}`));
  pair("Manifests by the schemas: 50 copies of samples/shop", { command: [repave, "check", many, "--fail-on", "never"] },
    [["kubeconform", { command: [kubeconform, "-strict", "-ignore-missing-schemas", "-schema-location", location, many] }]]);
  console.log(`  kubeconform: ${run([kubeconform, "-strict", "-ignore-missing-schemas", "-summary", "-schema-location", location, many]).stdout.trim()}`);
} else absent("Manifests by the schemas", "name KUBECONFORM, and a cluster (KUBECONFIG) whose OpenAPI document its schemas are made from");

if (cluster) {
  run(["kubectl", "apply", "--validate=false", ...manifests.flatMap((f) => ["-f", f])]);
  pair("What a change does to a cluster", { command: [repave, "plan", ...next, "--live", "--fail-on", "never"], cwd: work },
    [["kubectl diff", { command: ["kubectl", "diff", ...next.flatMap((f) => ["-f", f])], ends: [1, 2] }]]);
  // What the server refuses it says, and then nothing of what would have to be replaced instead.
  console.log(`  kubectl diff: ${run(["kubectl", "diff", ...next.flatMap((f) => ["-f", f])]).stderr.trim().slice(0, 120)}`);
} else absent("What a change does to a cluster", "name a cluster for tests (KUBECONFIG)");

if (has("terraform") && process.env.TF_CLI_CONFIG_FILE) {
  const infra = path.join(work, "infra");
  cpSync(path.join(samples, "infra"), infra, { recursive: true });
  writeFileSync(path.join(infra, "offline.tf"), 'provider "aws" {\n  region = "eu-central-1"\n  access_key = "x"\n  secret_key = "x"\n'
    + "  skip_credentials_validation = true\n  skip_requesting_account_id = true\n  skip_metadata_api_check = true\n}\n");
  writeFileSync(path.join(infra, "terraform.tfvars"), 'vpc = "vpc-1"\nsubnet = "subnet-1"\n');
  const before = path.join(work, "before");
  cpSync(infra, before, { recursive: true });
  const file = path.join(infra, "main.tf");
  writeFileSync(file, readFileSync(file, "utf8").replace("ami-0a1b2c3d4e5f60718", "ami-0ffffffffffffffff"));
  const start = run(["terraform", "init", "-input=false"], infra);
  if (start.status !== 0) absent("What a change of a configuration does", `terraform init: ${start.stderr.trim().slice(0, 300)}`);
  else {
    pair("A configuration by its schemas", { command: [repave, "check", infra, "--fail-on", "never"] }, [["terraform validate", { command: ["terraform", "validate"], cwd: infra }]]);
    pair("What a change of a configuration does", { command: [repave, "plan", infra, "--from", before, "--fail-on", "never"] },
      [["terraform plan -refresh=false", { command: ["terraform", "plan", "-refresh=false", "-input=false"], cwd: infra }]]);
  }
} else absent("What a change of a configuration does", "there is no terraform on the PATH, or TF_CLI_CONFIG_FILE names no mirror");

if (compose && process.env.DOCKER_HOST) {
  const project = path.join(work, "compose");
  cpSync(path.join(samples, "compose"), project, { recursive: true });
  writeFileSync(path.join(project, "db-password.txt"), "x");
  const up = [compose, "--dry-run", "up", "-d", "--pull", "never", "--no-build"];
  pair("What Compose would do, with nothing started", { command: [repave, "plan", ".", "--live", "--fail-on", "never"], cwd: project },
    [["docker compose --dry-run up", { command: up, cwd: project, ends: [0, 1] }], ["docker compose config", { command: [compose, "config", "-q"], cwd: project }]]);
} else absent("What Compose would do", "name DOCKER_COMPOSE and DOCKER_HOST");

absent("What an upgrade of a chart changes", "helm and its diff plug-in are packaged by neither Debian, npm nor NuGet");
