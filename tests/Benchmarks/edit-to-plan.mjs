import { readFileSync } from "node:fs";
import { Client, quantile } from "./lsp-client.mjs";

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/**
 * Changes one digit of a file again and again, as somebody types it, and measures how long its diagnostics and the plan take.
 * @param {{command: string[], folder: string, file: string, language: string, before: string, names: string, baseline: string, settle: number}} what
 *   `before` is the text that stands before the digit, `names` what the plan says of it; `settle` is how long the server has to begin, in ms
 * @returns {Promise<string>} medians, what 95 of 100 stay below, the server's memory, and what the last plan said
 */
export async function editToPlan({ command, folder, file, language, before, names, baseline, settle }) {
  const uri = `file://${file}`;
  const text = readFileSync(file, "utf8");
  const client = new Client(command, {});
  await client.start(folder, { textDocument: { publishDiagnostics: {} } }, { baseline, trusted: true });
  client.send({ method: "textDocument/didOpen", params: { textDocument: { uri, languageId: language, version: 1, text } } });
  await client.diagnostics(uri, 1);
  await sleep(settle);
  const lines = text.split("\n");
  const line = lines.findIndex((l) => l.includes(before));
  const character = lines[line].indexOf(before) + before.length;
  const [edits, plans] = [[], []];
  for (let i = 0; i < 30; i++) {
    client.published = [];
    client.plans = [];
    const start = performance.now();
    client.send({ method: "textDocument/didChange", params: { textDocument: { uri, version: i + 2 }, contentChanges: [{ range: { start: { line, character }, end: { line, character: character + 1 } }, text: String(4 + (i % 5)) }] } });
    edits.push((await client.diagnostics(uri, i + 2)) - start);
    plans.push((await client.plan((p) => JSON.stringify(p).includes(names))) - start);
    await sleep(50);
  }

  const summary = client.plans.at(-1)?.summary;
  const said = `edit ${quantile(edits, 0.5).toFixed(1)} ms (p95 ${quantile(edits, 0.95).toFixed(1)} ms), to the plan ${quantile(plans, 0.5).toFixed(1)} ms (p95 ${quantile(plans, 0.95).toFixed(1)} ms), ${client.memory().toFixed(0)} MB${summary ? `, ${summary}` : ""}`;
  client.process.kill("SIGKILL");
  return said;
}
