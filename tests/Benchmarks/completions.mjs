// Asks this server and yaml-language-server what they offer at the places of the Kubernetes completion table (tests/Repave.LanguageServer.Tests/Completion),
// and prints of how many each offers what the table wants: which labels are there, which are not, which come first. What is inserted is not compared.
// Usage: node completions.mjs OPENAPI -- COMMAND…     OPENAPI as yaml-language-server.mjs takes it
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "./lsp-client.mjs";
import { yamlLanguageServer } from "./yaml-language-server.mjs";

const table = readFileSync(path.join(path.dirname(fileURLToPath(import.meta.url)), "../Repave.LanguageServer.Tests/Completion/kubernetes.txt"), "utf8").split("\n");
const [parts, files, cases] = [{}, {}, []];
const isHead = (line) => /^(==|::) /.test(line);
let file = "a.yaml";
for (let i = 0; i < table.length; ) {
  const head = table[i++];
  if (!isHead(head)) continue;
  const below = [];
  while (i < table.length && !isHead(table[i]) && !table[i].startsWith("--> ")) below.push(table[i++]);
  while (below.at(-1) === "") below.pop();
  const text = below.map((line) => (line.startsWith("<") ? parts[line.slice(1)] : `${line}\n`)).join("");
  if (head.startsWith(":: with ")) files[head.slice(8)] = text;
  else if (head.startsWith(":: ")) parts[head.slice(3)] = text;
  else {
    const [title, named] = head.slice(3).split(" @ ");
    file = named ?? file;
    const wanted = [];
    for (; i < table.length && table[i].startsWith("--> "); i++) {
      const [, word, labels = ""] = /^--> (\S+) ?(.*)$/.exec(table[i]);
      wanted.push({ word, labels: labels.split(", ").filter((l) => l) });
    }
    cases.push({ title, file, text, wanted });
  }
}

const folder = mkdtempSync(path.join(tmpdir(), "repave-completions-"));
for (const [name, text] of Object.entries(files)) {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
}

/** Whether what is offered is what a case wants. */
function isRight(wanted, labels) {
  return wanted.every(({ word, labels: named }) => {
    switch (word) {
      case "has": return named.every((l) => labels.includes(l));
      case "not": return !named.some((l) => labels.includes(l));
      case "only": return labels.length === named.length && named.every((l) => labels.includes(l));
      case "first": return named.every((l, at) => labels[at] === l);
      case "none": return labels.length === 0;
      default: return true;
    }
  });
}

async function ask(command, settings) {
  const client = new Client(command, settings);
  await client.start(folder, { workspace: { configuration: true }, textDocument: { completion: { completionItem: { snippetSupport: true } } } });
  client.send({ method: "workspace/didChangeConfiguration", params: { settings } });
  await new Promise((done) => setTimeout(done, 2000));
  const right = [];
  for (const [i, { file: name, text, wanted }] of cases.entries()) {
    const uri = `file://${folder}/${path.dirname(name) === "." ? "" : `${path.dirname(name)}/`}${path.basename(name).replace(/^a\.yaml$/, `a${i}.yaml`)}`;
    const at = text.indexOf("¦");
    const line = text.slice(0, at).split("\n").length - 1;
    const character = at - text.lastIndexOf("\n", at - 1) - 1;
    client.send({ method: "textDocument/didOpen", params: { textDocument: { uri, languageId: "yaml", version: 1, text: text.replace("¦", "") } } });
    const { result } = await client.answer("textDocument/completion", { textDocument: { uri }, position: { line, character } });
    const items = [...(result?.items ?? result ?? [])].sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1));
    right.push(isRight(wanted, items.map((item) => item.label)));
    client.send({ method: "textDocument/didClose", params: { textDocument: { uri } } });
  }

  client.process.kill("SIGKILL");
  return right;
}

const other = yamlLanguageServer(process.argv[2]);
const ours = await ask(process.argv.slice(process.argv.indexOf("--") + 1), {});
const others = await ask(other.command, other.settings);
cases.forEach(({ title }, i) => ours[i] === others[i] || console.log(`${ours[i] ? "Repave alone" : "yaml-language-server alone"}: ${title}`));
const count = (all) => all.filter((right) => right).length;
console.log(`${cases.length} places: Repave ${count(ours)}, yaml-language-server ${count(others)}`);
process.exit(0);
