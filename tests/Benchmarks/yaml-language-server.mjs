import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/**
 * Fetches yaml-language-server (2.x) from npm into a temporary folder, and gives it a schema, such that it does not reach out for one.
 * @param {string | undefined} openapi the path of what `kubectl get --raw /openapi/v2` prints: then it checks against the schemas of every kind, as it
 *   does with the schema that it calls "kubernetes"; otherwise against a small one
 * @returns {{command: string[], settings: object, kinds: number}}
 */
export function yamlLanguageServer(openapi) {
  const folder = mkdtempSync(path.join(tmpdir(), "repave-peer-"));
  writeFileSync(path.join(folder, "package.json"), "{}");
  execFileSync("npm", ["install", "--silent", "yaml-language-server"], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  const schema = path.join(folder, "schema.json");
  const kinds = [];
  if (openapi) {
    // A kind's definition says which apiVersion and kind it is of; one schema of all of them takes a document of any.
    const definitions = JSON.parse(readFileSync(openapi, "utf8")).definitions;
    for (const [name, definition] of Object.entries(definitions)) {
      for (const { group, version, kind } of definition["x-kubernetes-group-version-kind"] ?? []) {
        if (!definition.properties?.metadata || !definition.properties.kind) continue;
        const of = `${group}/${version}/${kind}`.replaceAll("/", ".");
        const head = { apiVersion: { type: "string", enum: [group ? `${group}/${version}` : version] }, kind: { type: "string", enum: [kind] } };
        definitions[of] = { ...definition, properties: { ...definition.properties, ...head }, required: [...new Set([...(definition.required ?? []), "apiVersion", "kind"])] };
        kinds.push({ $ref: `#/definitions/${of}` });
      }
    }
    writeFileSync(schema, JSON.stringify({ oneOf: kinds, definitions }));
  } else {
    const keys = ["apiVersion", "kind", "metadata", "spec"];
    writeFileSync(schema, JSON.stringify({ type: "object", required: keys, properties: Object.fromEntries(keys.map((key, i) => [key, { type: i < 2 ? "string" : "object" }])) }));
  }

  return {
    command: ["node", path.join(folder, "node_modules/yaml-language-server/bin/yaml-language-server"), "--stdio"],
    settings: { yaml: { schemas: { [`file://${schema}`]: "*.yaml" }, schemaStore: { enable: false }, completion: true, hover: true, validate: true } },
    kinds: kinds.length,
  };
}
