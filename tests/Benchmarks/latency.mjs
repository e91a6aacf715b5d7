// Times this server and yaml-language-server on the same files in one run, and prints how many times faster this one is.
// Usage: node latency.mjs [--openapi FILE] LINES… -- COMMAND…     COMMAND starts this server; the other is fetched from npm into a temporary folder
// FILE is what `kubectl get --raw /openapi/v2` prints: with it the other server checks against the schemas of every kind, as it does with the
// schema that it calls "kubernetes"; without it, against a small one.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const dashes = process.argv.indexOf("--");
const openapi = process.argv[2] === "--openapi" ? process.argv[3] : undefined;
const sizes = process.argv.slice(openapi ? 4 : 2, dashes);
const command = process.argv.slice(dashes + 1);
const folder = mkdtempSync(path.join(tmpdir(), "repave-latency-"));
writeFileSync(path.join(folder, "package.json"), "{}");
execFileSync("npm", ["install", "--silent", "yaml-language-server"], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });

const schema = path.join(folder, "schema.json");
if (openapi) {
  // A kind's definition says which apiVersion and kind it is of; one schema of all of them takes a document of any.
  const definitions = JSON.parse(readFileSync(openapi, "utf8")).definitions;
  const kinds = [];
  for (const [name, definition] of Object.entries(definitions)) {
    for (const { group, version, kind } of definition["x-kubernetes-group-version-kind"] ?? []) {
      if (!definition.properties?.metadata || !definition.properties.kind) continue;
      const head = { apiVersion: { const: group ? `${group}/${version}` : version }, kind: { const: kind } };
      kinds.push({ allOf: [{ properties: head, required: ["apiVersion", "kind"] }, { $ref: `#/definitions/${name}` }] });
    }
  }
  writeFileSync(schema, JSON.stringify({ oneOf: kinds, definitions }));
  console.log(`yaml-language-server checks against ${kinds.length} kinds`);
} else {
  // What every document here has, so that the other server has something to do without reaching out for a schema.
  const keys = ["apiVersion", "kind", "metadata", "spec"];
  writeFileSync(schema, JSON.stringify({ type: "object", required: keys, properties: Object.fromEntries(keys.map((key, i) => [key, { type: i < 2 ? "string" : "object" }])) }));
}
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
