// Times this server and yaml-language-server on the same files in one run, and prints how many times faster this one is.
// Usage: node latency.mjs LINES… -- COMMAND…       COMMAND starts this server; the other is fetched from npm into a temporary folder (2.x)
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const dashes = process.argv.indexOf("--");
const sizes = process.argv.slice(2, dashes);
const command = process.argv.slice(dashes + 1);
const folder = mkdtempSync(path.join(tmpdir(), "repave-latency-"));
writeFileSync(path.join(folder, "package.json"), "{}");
execFileSync("npm", ["install", "--silent", "yaml-language-server"], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });

// A schema that asks for what every document here has, so that the other server has something to do without reaching out for one.
const schema = path.join(folder, "schema.json");
const keys = ["apiVersion", "kind", "metadata", "spec"];
writeFileSync(schema, JSON.stringify({ type: "object", required: keys, properties: Object.fromEntries(keys.map((key, i) => [key, { type: i < 2 ? "string" : "object" }])) }));
const settings = path.join(folder, "settings.json");
writeFileSync(settings, JSON.stringify({ yaml: { schemas: { [`file://${schema}`]: "*.yaml" }, schemaStore: { enable: false } } }));

const bench = path.join(path.dirname(fileURLToPath(import.meta.url)), "lsp.mjs");
const run = (label, file, words) => execFileSync("node", [bench, label, file, ...sizes, "--", ...words], { encoding: "utf8" }).trim().split("\n");
const ours = run("repave", "-", command);
const others = run("yaml-language-server", settings, ["node", path.join(folder, "node_modules/yaml-language-server/bin/yaml-language-server"), "--stdio"]);
const value = (line, what) => Number(new RegExp(`${what} ([\\d.]+)`).exec(line)[1]);
ours.forEach((line, i) => {
  console.log(line);
  console.log(others[i]);
  console.log(`  edit ${(value(others[i], "edit") / value(line, "edit")).toFixed(0)} times, completion ${(value(others[i], "completion") / value(line, "completion")).toFixed(1)} times`);
});
