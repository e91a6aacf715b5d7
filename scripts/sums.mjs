// Writes SHA256SUMS and provenance.json (an in-toto statement with SLSA's provenance, to sign) for the files of a release's folder. Usage: node sums.mjs FOLDER
// Bills of material lose what differs from run to run: their time becomes the commit's.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const folder = process.argv[2];
const git = (...words) => execFileSync("git", words, { encoding: "utf8" }).trim();
const epoch = Number(process.env.SOURCE_DATE_EPOCH ?? git("log", "-1", "--format=%ct"));
const own = ["SHA256SUMS", "provenance.json"];

for (const name of readdirSync(folder).filter((n) => n.endsWith(".cdx.json"))) {
  const file = path.join(folder, name);
  const bill = JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/, ""));
  delete bill.serialNumber;
  bill.metadata.timestamp = new Date(epoch * 1000).toISOString();
  writeFileSync(file, `${JSON.stringify(bill, null, 2)}\n`);
}

const sum = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");
const files = readdirSync(folder).filter((n) => !own.includes(n)).sort();
const subject = files.map((name) => ({ name, digest: { sha256: sum(path.join(folder, name)) } }));
const commit = git("rev-parse", "HEAD");
const source = "git+https://github.com/repave/repave";
const run = process.env.GITHUB_RUN_ID;
const statement = {
  _type: "https://in-toto.io/Statement/v1",
  subject,
  predicateType: "https://slsa.dev/provenance/v1",
  predicate: {
    buildDefinition: {
      buildType: "https://github.com/repave/repave/blob/main/scripts/release.sh",
      externalParameters: { source, commit },
      resolvedDependencies: [{ uri: source, digest: { gitCommit: commit } }],
    },
    runDetails: {
      builder: { id: run ? `https://github.com/${process.env.GITHUB_REPOSITORY}/actions/runs/${run}` : "https://github.com/repave/repave/blob/main/scripts/release.sh" },
    },
  },
};
writeFileSync(path.join(folder, "provenance.json"), `${JSON.stringify(statement, null, 2)}\n`);
const lines = [...files, "provenance.json"].sort().map((name) => `${sum(path.join(folder, name))}  ${name}\n`);
writeFileSync(path.join(folder, "SHA256SUMS"), lines.join(""));
