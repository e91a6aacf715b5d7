// Writes, to standard output, the licence and notices of everything that a release carries: NuGet packages and the .NET runtime from what was restored for
// the tool and the analyzers, npm packages from the extension's lock file, data from the heads of the packs. Fails where one says no licence.
// Usage, after publishing: node notices.mjs
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const parts = new Map();
const missing = [];

for (const project of ["server/Repave.Cli", "analyzers/Repave.Analyzers"]) nuget(project);
npm(path.join(root, "vscode-extension"));
if (missing.length > 0) {
  console.error(`no licence is known of: ${missing.join(", ")}`);
  process.exit(1);
}

const out = ["# Notices", "", "Repave is licensed under the Apache License 2.0 (LICENSE). It carries, or is made from, the following.", ""];
out.push("| part | version | licence | in |", "|---|---|---|---|");
const sorted = [...parts.values()].sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
for (const p of sorted) out.push(`| ${p.name} | ${p.version} | ${p.licence} | ${p.kind} |`);
out.push("", "## Data", "", ...data(), "");
for (const p of sorted) {
  for (const text of p.texts) out.push(`## ${p.name} ${p.version}: ${text.name}`, "", ...text.text.split("\n").map((l) => (l.trim() ? `    ${l.trimEnd()}` : "")), "");
}
process.stdout.write(out.join("\n").replace(/\n{3,}/g, "\n\n"));

function add(name, version, licence, kind, folder) {
  if (!licence) missing.push(`${name} ${version}`);
  const texts = readdirSync(folder).filter((f) => /^(licen[cs]e|notice|third.?party)/i.test(f)).sort()
    .map((f) => ({ name: f, text: readFileSync(path.join(folder, f), "utf8").replace(/^\uFEFF/, "").replaceAll("\r", "") }));
  parts.set(`${kind} ${name} ${version}`.toLowerCase(), { name, version, licence, kind, texts });
}

function nuget(project) {
  const assets = JSON.parse(readFileSync(path.join(root, project, "obj/project.assets.json"), "utf8"));
  const folders = Object.keys(assets.packageFolders);
  const find = (id, version) => folders.map((f) => path.join(f, id.toLowerCase(), version.toLowerCase())).find((f) => existsSync(f));
  for (const target of Object.values(assets.targets)) {
    for (const [key, library] of Object.entries(target)) {
      const [id, version] = key.split("/");
      // Of the analyzers' packages theirs holds one; the others are the compiler's own.
      if (library.type === "package" && (project.endsWith("Cli") || id === "YamlDotNet")) package_(id, version);
    }
  }
  for (const framework of Object.values(assets.project.frameworks)) {
    for (const { name, version } of framework.downloadDependencies ?? []) {
      if (/Microsoft\.NETCore\.App\.Runtime\.NativeAOT/i.test(name)) package_(name, version.replace(/^\[([^,]+),.*$/, "$1"));
    }
  }

  function package_(id, version) {
    const folder = find(id, version);
    if (!folder) {
      missing.push(`${id} ${version}`);
      return;
    }
    const text = readFileSync(path.join(folder, `${id.toLowerCase()}.nuspec`), "utf8");
    const licence = /<license type="expression">([^<]+)</.exec(text)?.[1] ?? /<license type="file">([^<]+)</.exec(text)?.[1] ?? /<licenseUrl>([^<]+)</.exec(text)?.[1];
    add(id, version, licence, "NuGet", folder);
  }
}

function npm(folder) {
  const lock = JSON.parse(readFileSync(path.join(folder, "package-lock.json"), "utf8"));
  for (const [at, entry] of Object.entries(lock.packages)) {
    if (at && !entry.dev) add(at.replace(/^.*node_modules\//, ""), entry.version, entry.license, "npm, the extension", path.join(folder, at));
  }
}

function data() {
  const said = new Set();
  for (const entry of readdirSync(path.join(root, "schemas"), { recursive: true }).sort()) {
    if (!/\.(pack|facts)$/.test(entry)) continue;
    for (const line of readFileSync(path.join(root, "schemas", entry), "utf8").split("\n", 40)) {
      if (/^(@source|@provider|@catalogue) |^# .*Made by /.test(line)) said.add(`- ${line.replace(/^(@|# )/, "")}`);
    }
  }
  return [...said, "", "Where these come from and how they are made: schemas/README.md in the sources."];
}
