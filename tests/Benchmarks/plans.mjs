// Plans of many Kubernetes resources: a folder against a snapshot of what it was and against that folder; a quarter is changed.
// Wall time says what a person waits, CPU time what it costs wherever else the machine is busy.
// Usage: node tests/Benchmarks/plans.mjs REPAVE [RESOURCES] [RUNS]
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { quantile } from "./lsp-client.mjs";

const program = path.resolve(process.argv[2]);
const count = Number(process.argv[3] ?? 2000);
const runs = Number(process.argv[4] ?? 11);
const home = mkdtempSync(path.join(tmpdir(), "repave-plans-"));

/** A workload with its Service, its settings and its budget; "now" says which of the two states it is. */
function app(i, now) {
  const name = `name: app-${i}\n  namespace: team-${i % 20}`;
  const labels = `app: app-${i}`;
  const port = now && i % 4 === 0 ? 81 : 80;
  const value = now && i % 4 === 1 ? "y" : "x";
  return [
    `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  ${name}\n  labels:\n    ${labels}\nspec:\n  replicas: 3\n  selector:\n    matchLabels:\n      ${labels}\n  template:\n    metadata:\n      labels:\n        ${labels}\n    spec:\n      containers:\n        - name: main\n          image: registry.example.com/app-${i}:${now && i % 2 ? "1.1" : "1.0"}\n          ports:\n            - name: http\n              containerPort: 8080\n          env:\n            - name: LOG_LEVEL\n              value: info\n            - name: SETTING\n              valueFrom:\n                configMapKeyRef:\n                  name: conf-${i}\n                  key: a\n          resources:\n            requests:\n              cpu: 100m\n              memory: 128Mi\n            limits:\n              memory: 256Mi\n          readinessProbe:\n            httpGet:\n              path: /ready\n              port: http\n`,
    `apiVersion: v1\nkind: Service\nmetadata:\n  ${name}\nspec:\n  selector:\n    ${labels}\n  ports:\n    - name: http\n      port: ${port}\n      targetPort: http\n`,
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: conf-${i}\n  namespace: team-${i % 20}\ndata:\n  a: "${value}"\n  b: |\n    one\n    two ${value}\n`,
    `apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata:\n  ${name}\nspec:\n  minAvailable: 1\n  selector:\n    matchLabels:\n      ${labels}\n`,
  ].join("---\n");
}

for (const state of ["old", "new"]) {
  mkdirSync(path.join(home, state));
  for (let i = 0; i * 4 < count; i++) writeFileSync(path.join(home, state, `app-${i}.yaml`), app(i, state === "new"));
}
writeFileSync(path.join(home, "snapshot.yaml"), Array.from({ length: Math.ceil(count / 4) }, (_, i) => app(i, false)).join("---\n"));

for (const from of ["snapshot.yaml", "old"]) {
  const all = [];
  for (let i = 0; i < runs; i++) {
    const log = path.join(home, "time");
    const start = performance.now();
    const { status } = spawnSync("/usr/bin/time", ["-o", log, "-f", "%U %S", program, "plan", "new", "--from", from], { stdio: "ignore", cwd: home });
    if (status !== 0) throw new Error(`the plan ended with ${status}`);
    const [user, system] = readFileSync(log, "utf8").trim().split("\n").at(-1).split(" ").map(Number);
    all.push({ wall: performance.now() - start, cpu: (user + system) * 1000 });
  }
  const at = (key, q) => quantile(all.map((r) => r[key]), q).toFixed(0);
  console.log(`${count} resources against ${from}: wall ${at("wall", 0.5)} ms (fastest ${at("wall", 0)}), CPU ${at("cpu", 0.5)} ms`);
}
