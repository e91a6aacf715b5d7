// Edits a workspace at speed for as long as it is told, as several people would in an hour, and says whether the server's memory grows and which
// requests were slow. Memory is level where the mean of the last tenth is within 10 % of that of the tenth after the first, in which the server warms
// up; ends with 1 where it is not.
// Usage: node session.mjs EDITS -- COMMAND…
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client, one, quantile } from "./lsp-client.mjs";

const dashes = process.argv.indexOf("--");
const edits = Number(process.argv[2]);
const tenth = Math.floor(edits / 10);
const sampled = Math.max(1, Math.floor(tenth / 20));
const folder = mkdtempSync(path.join(tmpdir(), "repave-session-"));
const files = Array.from({ length: 20 }, (_, i) => ({ uri: `file://${folder}/f${i}.yaml`, text: Array.from({ length: 30 }, (_, j) => one(i * 100 + j)).join(""), version: 1 }));
for (const file of files) writeFileSync(file.uri.slice(7), file.text);
const client = new Client(process.argv.slice(dashes + 1));
await client.start(folder, { textDocument: { completion: { completionItem: { snippetSupport: true } } } }, { baseline: folder });
for (const file of files) client.send({ method: "textDocument/didOpen", params: { textDocument: { uri: file.uri, languageId: "yaml", version: 1, text: file.text } } });
await new Promise((done) => setTimeout(done, 3000));

let seed = 7;
const random = (n) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
const pieces = ["a", " ", "\n", ":", ": x", "- ", "\"", "replicas: 2", "\n---\n", "#"];
const methods = ["completion", "hover", "documentSymbol", "codeLens", "definition", "foldingRange"];
const times = Object.fromEntries(methods.map((m) => [m, []]));
const memories = [];
for (let i = 0; i < edits; i++) {
  const file = files[random(files.length)];
  const lines = file.text.split("\n");
  const line = random(lines.length);
  const character = random(lines[line].length + 1);
  // Half of the edits break something, and the next of the same file puts it right.
  const piece = file.broken ? "" : pieces[random(pieces.length)];
  const [from, to, text] = file.broken ?? [{ line, character }, { line, character }, piece];
  client.send({ method: "textDocument/didChange", params: { textDocument: { uri: file.uri, version: ++file.version }, contentChanges: [{ range: { start: from, end: to }, text }] } });
  if (file.broken) file.broken = undefined;
  else {
    const parts = piece.split("\n");
    file.broken = [{ line, character }, { line: line + parts.length - 1, character: parts.length === 1 ? character + piece.length : parts.at(-1).length }, ""];
  }

  if (i % 3 === 0) {
    const method = methods[random(methods.length)];
    times[method].push(await client.request(`textDocument/${method}`, { textDocument: { uri: file.uri }, position: { line, character } }));
  }

  client.published = [];
  if (i % sampled === 0) memories.push({ i, memory: client.memory() });
}

await new Promise((done) => setTimeout(done, 2000));
const all = Object.values(times).flat();
const mean = (from, to) => {
  const some = memories.filter((m) => m.i >= from && m.i < to);
  return some.reduce((sum, m) => sum + m.memory, 0) / some.length;
};
const [first, last] = [mean(tenth, 2 * tenth), mean(edits - tenth, edits)];
console.log(`${edits} edits, ${all.length} requests: memory ${first.toFixed(0)} MB in the second tenth, ${last.toFixed(0)} MB in the last (${(last / first).toFixed(2)}); requests median ${quantile(all, 0.5).toFixed(1)}, p99 ${quantile(all, 0.99).toFixed(1)}, slowest ${Math.max(...all).toFixed(1)} ms (${Object.entries(times).map(([m, t]) => `${m} ${Math.max(...t).toFixed(1)}`).join(", ")})`);
client.process.kill("SIGKILL");
process.exit(last / first > 1.1 ? 1 : 0);
