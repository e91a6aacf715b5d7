// What the analyzers' package adds to a build: a solution of 30 projects with 10 manifests each is rebuilt with and without it, in turn, on a warm
// build server.
// Usage: node tests/Benchmarks/build-cost.mjs [RUNS]      from the repository's root
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { one, quantile } from "./lsp-client.mjs";

const runs = Number(process.argv[2] ?? 5);
const root = mkdtempSync(path.join(tmpdir(), "repave-build-cost-"));
execFileSync("dotnet", ["pack", "analyzers/Repave.Analyzers.Package", "-c", "Release", "-o", path.join(root, "feed")], { stdio: "ignore" });
const solution = path.join(root, "solution");
mkdirSync(solution);
writeFileSync(path.join(solution, "nuget.config"), `<configuration><packageSources><clear /><add key="folder" value="${root}/feed" /></packageSources></configuration>`);
const projects = [];
for (let p = 0; p < 30; p++) {
  const folder = path.join(solution, `P${p}`);
  mkdirSync(path.join(folder, "deploy"), { recursive: true });
  writeFileSync(path.join(folder, `P${p}.csproj`), `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable></PropertyGroup>
<ItemGroup Condition="'$(WithRepave)' == 'true'"><PackageReference Include="Repave.Analyzers" Version="0.1.0" PrivateAssets="all" /></ItemGroup></Project>`);
  for (let c = 0; c < 30; c++)
    writeFileSync(path.join(folder, `C${c}.cs`), `namespace P${p};\n\npublic class C${c}\n{\n${Array.from({ length: 12 }, (_, m) => `    public string M${m}(int a, string b)\n    {\n        var list = new List<string> { b, "text ${m}" };\n        for (var i = 0; i < a; i++)\n            list.Add(string.Join(",", list.Select(x => x + i)));\n        return list.Count > a ? list[0] : $"{b} {a}";\n    }\n`).join("\n")}}\n`);
  for (let m = 0; m < 10; m++) writeFileSync(path.join(folder, "deploy", `m${m}.yaml`), one(p * 100 + m) + one(p * 100 + m + 50));
  projects.push(`P${p}/P${p}.csproj`);
}

// With and without the package are two copies, so that neither restores anew in between.
for (const copy of ["with", "without"]) {
  execFileSync("cp", ["-r", solution, path.join(root, copy)]);
  writeFileSync(path.join(root, copy, "Directory.Build.props"), `<Project><PropertyGroup><WithRepave>${copy === "with"}</WithRepave></PropertyGroup></Project>`);
  writeFileSync(path.join(root, copy, "all.slnx"), `<Solution>\n${projects.map((p) => `  <Project Path="${p}" />`).join("\n")}\n</Solution>\n`);
}

const env = { ...process.env, NUGET_PACKAGES: path.join(root, "packages"), MSBUILDDISABLENODEREUSE: "0", UseSharedCompilation: "true", DOTNET_CLI_USE_MSBUILD_SERVER: "0" };
// To a file, for build servers outlive the build and would keep a pipe open.
const log = path.join(root, "build.log");
const dotnet = (copy, ...args) => {
  const file = openSync(log, "w");
  execFileSync("dotnet", args, { cwd: path.join(root, copy), env, stdio: ["ignore", file, file] });
};
const rebuild = (copy) => dotnet(copy, "build", "all.slnx", "--no-restore", "-t:Rebuild", "-v:q");
for (const copy of ["with", "without"]) {
  dotnet(copy, "restore", "all.slnx");
  rebuild(copy);
}

const times = { with: [], without: [] };
for (let run = 0; run < runs; run++) {
  for (const copy of ["with", "without"]) {
    const start = performance.now();
    rebuild(copy);
    times[copy].push((performance.now() - start) / 1000);
  }
}

const ratios = times.with.map((t, i) => t / times.without[i]);
dotnet("with", "build", "P0/P0.csproj", "--no-restore", "-t:Rebuild", "-v:d", "-p:ReportAnalyzer=true");
const report = readFileSync(log, "utf8");
console.log(`with ${quantile(times.with, 0.5).toFixed(2)} s, without ${quantile(times.without, 0.5).toFixed(2)} s; ratio of pairs: min ${Math.min(...ratios).toFixed(3)}, median ${quantile(ratios, 0.5).toFixed(3)}, max ${Math.max(...ratios).toFixed(3)} (${runs} runs)`);
console.log(report.split("\n").filter((l) => /^\s*(<?\d+\.\d+ .*Repave\.Analyzers|Total analyzer execution)/.test(l)).map((l) => l.replace(/\(RPV.*/, "").trimEnd()).join("\n"));
