// A small LSP client, for measuring servers from outside.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

export const quantile = (values, q) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))];

/** A Deployment and the Service before it. */
export const one = (i) => `apiVersion: apps/v1
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

/** A queue and a function that reads it, of a CloudFormation template. */
export const queue = (i) => `  Queue${i}:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 60
      RedrivePolicy:
        deadLetterTargetArn: !GetAtt Dead${i}.Arn
        maxReceiveCount: 3
  Dead${i}:
    Type: AWS::SQS::Queue
  Reader${i}:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      Role: arn:aws:iam::123456789012:role/reader
      Description: version 1.4.2
      Environment:
        Variables: {QUEUE: !Ref Queue${i}}
      Code: {S3Bucket: builds, S3Key: !Sub "reader-\${AWS::Region}.zip"}
`;

/** A client of a language server that is started as a process. */
export class Client {
  constructor(command, settings = {}) {
    this.settings = settings;
    this.started = performance.now();
    this.process = spawn(command[0], command.slice(1), { stdio: ["pipe", "pipe", "ignore"] });
    this.buffer = Buffer.alloc(0);
    this.asked = new Map();
    this.published = [];
    this.plans = [];
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
      } else if (message.method === "repave/planChanged") {
        this.plans.push({ at, ...message.params });
        this.waiting?.();
      } else if (message.method && message.id !== undefined) {
        this.send({ id: message.id, result: message.method === "workspace/configuration" ? message.params.items.map((i) => this.settings[i.section] ?? {}) : null });
      } else if (!message.method) {
        this.asked.get(message.id)?.({ at, result: message.result });
      }
    }
  }

  send(message) {
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
    this.process.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.process.stdin.write(body);
  }

  /** Begins a session in a folder. */
  async start(folder, capabilities, initializationOptions) {
    await this.request("initialize", { processId: process.pid, rootUri: `file://${folder}`, workspaceFolders: [{ uri: `file://${folder}`, name: "w" }], capabilities, initializationOptions });
    this.send({ method: "initialized", params: {} });
  }

  /** How long an answer takes, in ms. */
  async request(method, params) {
    const start = performance.now();
    return (await this.answer(method, params)).at - start;
  }

  /** An answer, and when it came. */
  answer(method, params) {
    const id = this.asked.size + 1;
    const answered = new Promise((done) => this.asked.set(id, done));
    this.send({ id, method, params });
    return answered;
  }

  async diagnostics(uri, version) {
    for (;;) {
      const found = this.published.find((p) => p.uri === uri && (p.version === undefined || p.version === null || p.version === version));
      if (found) return found.at;
      await new Promise((done) => { this.waiting = done; });
    }
  }

  /** When the next plan came that says something. */
  async plan(says) {
    for (;;) {
      const found = this.plans.find(says);
      if (found) return found.at;
      await new Promise((done) => { this.waiting = done; });
    }
  }

  /** Resident memory in MB. */
  memory() {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.process.pid}/status`, "utf8"))[1]) / 1024;
  }
}
