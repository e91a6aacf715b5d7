// Times a language server as an editor feels it, on files of Deployments and Services.
// Usage: node lsp.mjs LABEL SETTINGS|- LINES… -- COMMAND…       SETTINGS: a JSON file that answers workspace/configuration, - for none
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client, one, quantile, queue } from "./lsp-client.mjs";

const dashes = process.argv.indexOf("--");
const [label, settingsFile, ...sizes] = process.argv.slice(2, dashes);
const command = process.argv.slice(dashes + 1);
const settings = settingsFile === "-" ? {} : JSON.parse(readFileSync(settingsFile, "utf8"));
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

// With TEMPLATE=1 one CloudFormation template instead of many Kubernetes documents.
function textOf(size) {
  let text = process.env.TEMPLATE ? "AWSTemplateFormatVersion: \"2010-09-09\"\nResources:\n" : "";
  for (let i = 0, lines = 0; lines < size; i++) {
    text += process.env.TEMPLATE ? queue(i) : one(i);
    lines = text.split("\n").length;
  }
  return text;
}

for (const size of sizes.map(Number)) {
  const text = textOf(size);
  const folder = mkdtempSync(path.join(tmpdir(), "repave-bench-"));
  const uri = `file://${folder}/many.yaml`;
  const client = new Client(command, settings);
  await client.start(folder, { workspace: { configuration: true }, textDocument: { publishDiagnostics: {} } });
  const initialize = performance.now() - client.started;
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
  const memory = client.memory();
  const ms = (value) => `${value.toFixed(1)} ms`;
  console.log(`${label}, ${size} lines: initialize ${ms(initialize)}, open ${ms(opened)}, edit ${ms(quantile(edits, 0.5))} (p95 ${ms(quantile(edits, 0.95))}), completion ${ms(times.completion)}, hover ${ms(times.hover)}, symbols ${ms(times.documentSymbol)}, ${memory.toFixed(0)} MB`);
  client.process.kill("SIGKILL");
}
process.exit(0);
