// Cuts the changelog from its fragments (changes/*.md). Usage, anywhere in the repository:
//   node changelog.mjs cut VERSION [DATE]    makes a section of the version from "Unreleased" and the fragments, and removes those
//   node changelog.mjs notes VERSION         prints the section of a version; of one that was not cut, what its section would say
// Fails where there is nothing to say, a fragment is no list, or the version stands there already.
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = process.env.REPAVE_ROOT ?? path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const file = path.join(root, "CHANGELOG.md");
const [what, version, date = new Date().toISOString().slice(0, 10)] = process.argv.slice(2);
if (!["cut", "notes"].includes(what) || !/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version ?? "")) fail("usage: changelog.mjs cut|notes VERSION [DATE]");

const text = readFileSync(file, "utf8");
const heads = [...text.matchAll(/^## (.*)$/gm)].map((m) => ({ title: m[1], from: m.index, body: m.index + m[0].length }));
const bodyOf = (head) => text.slice(head.body, heads[heads.indexOf(head) + 1]?.from ?? text.length).trim();
const own = heads.find((h) => h.title.split(" ")[0] === version);
const unreleased = heads.find((h) => h.title === "Unreleased") ?? fail("CHANGELOG.md has no section 'Unreleased'");
if (what === "notes" && own) {
  process.stdout.write(`${bodyOf(own)}\n`);
} else {
  if (own) fail(`CHANGELOG.md has a section ${own.title} already`);
  const folder = path.join(root, "changes");
  const names = readdirSync(folder).filter((n) => n.endsWith(".md") && n !== "README.md").sort();
  const fragments = names.map((n) => ({ name: n, said: readFileSync(path.join(folder, n), "utf8").replaceAll("\r", "").trim() }));
  const wrong = fragments.find((f) => !/^- \S.*(\n(- \S| {2}).*)*$/.test(f.said));
  if (wrong) fail(`changes/${wrong.name} is not a list: each line begins with '- ', or goes on after two spaces`);
  const said = [...fragments.map((f) => f.said), bodyOf(unreleased)].filter((s) => s !== "").join("\n");
  if (said === "") fail("there is nothing to say: changes/ and 'Unreleased' are empty");
  if (what === "notes") {
    process.stdout.write(`${said}\n`);
  } else {
    const rest = text.slice(heads[heads.indexOf(unreleased) + 1]?.from ?? text.length);
    writeFileSync(file, `${text.slice(0, unreleased.body)}\n\n## ${version} (${date})\n\n${said}\n${rest === "" ? "" : `\n${rest}`}`);
    names.forEach((n) => rmSync(path.join(folder, n)));
  }
}

function fail(message) {
  console.error(message);
  process.exit(2);
}
