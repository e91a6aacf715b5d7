// Times edits while a documentSymbol request runs beside them, documentSymbol itself, and the CPU that one save costs in a workspace of many files.
// Usage: node beside.mjs LABEL LINES FILES -- COMMAND…
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client, one, quantile } from "./lsp-client.mjs";

const dashes = process.argv.indexOf("--");
const [label, lines, files] = process.argv.slice(2, dashes);
const command = process.argv.slice(dashes + 1);
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

function textOf(size) {
  let text = "";
  for (let i = 0, count = 0; count < size; i++) {
    text += one(i);
    count = text.split("\n").length;
  }
  return text;
}

async function start(folder) {
  const client = new Client(command, {});
  await client.request("initialize", {
    processId: process.pid, rootUri: `file://${folder}`, workspaceFolders: [{ uri: `file://${folder}`, name: "w" }],
    initializationOptions: { trusted: true },
    capabilities: { textDocument: { publishDiagnostics: {} } },
  });
  client.send({ method: "initialized", params: {} });
  return client;
}

// The process's own seconds of CPU, of all its threads, in milliseconds.
function cpu(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function edits(size) {
  const folder = mkdtempSync(path.join(tmpdir(), "repave-beside-"));
  const uri = `file://${folder}/many.yaml`;
  const client = await start(folder);
  const text = textOf(size);
  client.send({ method: "textDocument/didOpen", params: { textDocument: { uri, languageId: "yaml", version: 1, text } } });
  await client.diagnostics(uri, 1);
  await sleep(3000);
  const all = text.split("\n");
  const line = all.findIndex((l, i) => i > all.length / 2 && l.includes("1.4.2"));
  const character = all[line].indexOf("1.4.2");
  let version = 1;
  async function round(beside) {
    const times = [];
    for (let i = 0; i < 40; i++) {
      client.published = [];
      const running = beside ? client.request("textDocument/documentSymbol", { textDocument: { uri } }) : null;
      if (beside) await sleep(1);
      const begun = performance.now();
      version++;
      client.send({ method: "textDocument/didChange", params: { textDocument: { uri, version }, contentChanges: [{ range: { start: { line, character }, end: { line, character: character + 1 } }, text: String(i % 10) }] } });
      times.push((await client.diagnostics(uri, version)) - begun);
      await running;
      await sleep(20);
    }
    return times;
  }
  await round(false);
  await round(true);
  const [alone, beside] = [await round(false), await round(true)];
  const symbols = [];
  await sleep(1500);
  for (let i = 0; i < 15; i++) symbols.push(await client.request("textDocument/documentSymbol", { textDocument: { uri } }));
  client.process.kill("SIGKILL");
  return { alone: quantile(alone, 0.5), beside: quantile(beside, 0.5), symbols: quantile(symbols, 0.5) };
}

async function save(count) {
  const folder = mkdtempSync(path.join(tmpdir(), "repave-save-"));
  for (let i = 0; i < count; i++) writeFileSync(path.join(folder, `f${String(i).padStart(5, "0")}.yaml`), one(i));
  const client = await start(folder);
  const uri = `file://${folder}/f00007.yaml`;
  const text = one(7);
  client.send({ method: "textDocument/didOpen", params: { textDocument: { uri, languageId: "yaml", version: 1, text } } });
  await client.diagnostics(uri, 1);
  await sleep(6000);
  const costs = [];
  for (let i = 0; i < 5; i++) {
    const changed = text.replace("1.4.2", `1.4.${i + 3}`);
    const before = cpu(client.process.pid);
    client.send({ method: "textDocument/didChange", params: { textDocument: { uri, version: i + 2 }, contentChanges: [{ text: changed }] } });
    writeFileSync(path.join(folder, "f00007.yaml"), changed);
    client.send({ method: "textDocument/didSave", params: { textDocument: { uri } } });
    client.send({ method: "workspace/didChangeWatchedFiles", params: { changes: [{ uri, type: 2 }] } });
    await sleep(4000);
    costs.push(cpu(client.process.pid) - before);
  }
  // A file that another program changed.
  const others = [];
  for (let i = 0; i < 5; i++) {
    const before = cpu(client.process.pid);
    writeFileSync(path.join(folder, "f00009.yaml"), one(9).replace("1.4.2", `1.5.${i}`));
    client.send({ method: "workspace/didChangeWatchedFiles", params: { changes: [{ uri: `file://${folder}/f00009.yaml`, type: 2 }] } });
    await sleep(4000);
    others.push(cpu(client.process.pid) - before);
  }
  client.process.kill("SIGKILL");
  return { saved: quantile(costs, 0.5), watched: quantile(others, 0.5) };
}

const { alone, beside, symbols } = await edits(Number(lines));
console.log(`${label}, ${lines} lines: edit ${alone.toFixed(1)} ms alone, ${beside.toFixed(1)} ms beside documentSymbol (${(beside / alone).toFixed(2)}), documentSymbol ${symbols.toFixed(1)} ms`);
if (Number(files) > 0) {
  const { saved, watched } = await save(Number(files));
  console.log(`${label}, ${files} files: one edit and save ${saved} ms of CPU, one file changed from outside ${watched} ms`);
}
process.exit(0);
