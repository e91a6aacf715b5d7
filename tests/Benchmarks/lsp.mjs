// Times a language server as an editor feels it, on files of Deployments and Services.
// Usage: node lsp.mjs LABEL SETTINGS|- LINES… -- COMMAND…       SETTINGS: a JSON file that answers workspace/configuration, - for none
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const dashes = process.argv.indexOf("--");
const [label, settingsFile, ...sizes] = process.argv.slice(2, dashes);
const command = process.argv.slice(dashes + 1);
const settings = settingsFile === "-" ? {} : JSON.parse(readFileSync(settingsFile, "utf8"));
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const quantile = (values, q) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))];

const one = (i) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web-${i}
spec:
  replicas: 2
  selector:
    matchLabels:
      app: web-${i}
  template:
    metadata:
      labels:
        app: web-${i}
    spec:
      containers:
        - name: web
          image: registry.example.com/web:1.4.2
          ports:
            - name: http
              containerPort: 8080
          readinessProbe:
            httpGet:
              path: /ready
              port: http
---
apiVersion: v1
kind: Service
metadata:
  name: web-${i}
spec:
  selector:
    app: web-${i}
  ports:
    - name: http
      port: 80
      targetPort: http
---
`;

class Client {
  constructor() {
    this.started = performance.now();
    this.process = spawn(command[0], command.slice(1), { stdio: ["pipe", "pipe", "ignore"] });
    this.buffer = Buffer.alloc(0);
    this.asked = new Map();
    this.published = [];
    this.waiting = undefined;
    this.process.stdout.on("data", (data) => this.receive(data));
  }

  receive(data) {
    this.buffer = Buffer.concat([this.buffer, data]);
    for (;;) {
      const end = this.buffer.indexOf("\r\n\r\n");
      if (end < 0) return;
      const length = Number(/content-length: *(\d+)/i.exec(this.buffer.subarray(0, end).toString())[1]);
      if (this.buffer.length < end + 4 + length) return;
      const at = performance.now();
      const message = JSON.parse(this.buffer.subarray(end + 4, end + 4 + length).toString());
      this.buffer = this.buffer.subarray(end + 4 + length);
      if (message.method === "textDocument/publishDiagnostics") {
        this.published.push({ at, ...message.params });
        this.waiting?.();
      } else if (message.method && message.id !== undefined) {
        this.send({ id: message.id, result: message.method === "workspace/configuration" ? message.params.items.map((i) => settings[i.section] ?? {}) : null });
      } else if (!message.method) {
        this.asked.get(message.id)?.(at);
      }
    }
  }

  send(message) {
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
    this.process.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.process.stdin.write(body);
  }

  async request(method, params) {
    const id = this.asked.size + 1;
    const start = performance.now();
    const answered = new Promise((done) => this.asked.set(id, done));
    this.send({ id, method, params });
    return (await answered) - start;
  }

  async diagnostics(uri, version) {
    for (;;) {
      const found = this.published.find((p) => p.uri === uri && (p.version === undefined || p.version === null || p.version === version));
      if (found) return found.at;
      await new Promise((done) => { this.waiting = done; });
    }
  }
}

for (const size of sizes.map(Number)) {
  let text = "";
  for (let i = 0, lines = 0; lines < size; i++) {
    text += one(i);
    lines = text.split("\n").length;
  }
  const folder = mkdtempSync(path.join(tmpdir(), "repave-bench-"));
  const uri = `file://${folder}/many.yaml`;
  const client = new Client();
  await client.request("initialize", { processId: process.pid, rootUri: `file://${folder}`, workspaceFolders: [{ uri: `file://${folder}`, name: "w" }], capabilities: { workspace: { configuration: true }, textDocument: { publishDiagnostics: {} } } });
  const initialize = performance.now() - client.started;
  client.send({ method: "initialized", params: {} });
  await sleep(settingsFile === "-" ? 0 : 1000);
  let start = performance.now();
  client.send({ method: "textDocument/didOpen", params: { textDocument: { uri, languageId: "yaml", version: 1, text } } });
  const opened = (await client.diagnostics(uri, 1)) - start;
  await sleep(2000);
  const lines = text.split("\n");
  const line = lines.findIndex((l, i) => i > lines.length / 2 && l.includes("1.4.2"));
  const character = lines[line].indexOf("1.4.2");
  const edits = [];
  for (let i = 0; i < (settingsFile === "-" ? 50 : 5); i++) {
    client.published = [];
    start = performance.now();
    client.send({ method: "textDocument/didChange", params: { textDocument: { uri, version: i + 2 }, contentChanges: [{ range: { start: { line, character }, end: { line, character: character + 1 } }, text: String(i % 10) }] } });
    edits.push((await client.diagnostics(uri, i + 2)) - start);
    await sleep(20);
  }
  await sleep(1500);
  const times = {};
  for (const method of ["completion", "hover", "documentSymbol"]) {
    const all = [];
    for (let i = 0; i < 5; i++) all.push(await client.request(`textDocument/${method}`, { textDocument: { uri }, position: { line, character: character - 20 } }));
    times[method] = quantile(all, 0.5);
  }
  const memory = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${client.process.pid}/status`, "utf8"))[1]) / 1024;
  const ms = (value) => `${value.toFixed(1)} ms`;
  console.log(`${label}, ${size} lines: initialize ${ms(initialize)}, open ${ms(opened)}, edit ${ms(quantile(edits, 0.5))} (p95 ${ms(quantile(edits, 0.95))}), completion ${ms(times.completion)}, hover ${ms(times.hover)}, symbols ${ms(times.documentSymbol)}, ${memory.toFixed(0)} MB`);
  client.process.kill("SIGKILL");
}
process.exit(0);
