// Times this server and yaml-language-server on the same files in one run, and prints how many times faster this one is.
// Usage: node latency.mjs [--openapi FILE] LINES… -- COMMAND…     COMMAND starts this server; FILE as yaml-language-server.mjs takes it
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { yamlLanguageServer } from "./yaml-language-server.mjs";

const dashes = process.argv.indexOf("--");
const openapi = process.argv[2] === "--openapi" ? process.argv[3] : undefined;
const sizes = process.argv.slice(openapi ? 4 : 2, dashes);
const command = process.argv.slice(dashes + 1);
const other = yamlLanguageServer(openapi);
console.log(`yaml-language-server checks against ${other.kinds || "no"} kinds`);
const settings = path.join(mkdtempSync(path.join(tmpdir(), "repave-latency-")), "settings.json");
writeFileSync(settings, JSON.stringify(other.settings));

const bench = path.join(path.dirname(fileURLToPath(import.meta.url)), "lsp.mjs");
const run = (label, file, words) => execFileSync("node", [bench, label, file, ...sizes, "--", ...words], { encoding: "utf8" }).trim().split("\n");
const ours = run("repave", "-", command);
const others = run("yaml-language-server", settings, other.command);
const value = (line, what) => Number(new RegExp(`${what} ([\\d.]+)`).exec(line)[1]);
ours.forEach((line, i) => {
  console.log(line);
  console.log(others[i]);
  console.log(`  edit ${(value(others[i], "edit") / value(line, "edit")).toFixed(0)} times, completion ${(value(others[i], "completion") / value(line, "completion")).toFixed(1)} times`);
});
