using System.Text.Json.Nodes;
using Repave.Core.Dialects.Compose.Loading;
using Repave.Core.Model;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Dialects.Compose;

/// <summary>Loads real Compose files and compares with what <c>docker compose config</c> said of them: accepted or refused, and the hash of
/// each service. REPAVE_COMPOSE_ORACLE names a file of lines <c>{"file","ok","error","hash"}</c> that was made by running it.</summary>
public class ComposeOracleTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("2.26.1")]
    [InlineData("2.40.3")]
    public void FilesAreAcceptedAndHashedAsComposeDoes(string version)
    {
        var oracle = Environment.GetEnvironmentVariable("REPAVE_COMPOSE_ORACLE")
            ?.Replace("VERSION", version[2..4], StringComparison.Ordinal);
        Assert.SkipWhen(oracle is null || !File.Exists(oracle), "Set REPAVE_COMPOSE_ORACLE to what docker compose config said of files.");
        var (agreed, all, hashed, same, files, filesSame) = (0, 0, 0, 0, 0, 0);
        foreach (var line in File.ReadLines(oracle!))
        {
            var row = JsonNode.Parse(line)!;
            var path = (string)row["file"]!;
            var folder = Path.GetDirectoryName(path)!;
            var manifests = Directory.EnumerateFiles(folder, "*", new EnumerationOptions
            {
                RecurseSubdirectories = true,
                MaxRecursionDepth = 3,
                AttributesToSkip = FileAttributes.None,
            })
                .Where(f => new FileInfo(f).Length < 100_000 && IsText(f)).Select(f => Manifest.Parse(f, File.ReadAllText(f))).ToList();
            if (manifests.TrueForAll(m => m.Path != path))
                manifests.Add(Manifest.Parse(path, File.ReadAllText(path)));
            var project = ComposeLoader.Load(new ComposeFiles(manifests, isWhole: true), [path],
                new LoadOptions(ComposeRules.Of(version)!)
                {
                    Folder = folder,
                    Home = "/root",
                    Shell = new Dictionary<string, string>
                    {
                        ["PATH"] = "/usr/bin:/bin",
                        ["HOME"] = "/root",
                    }
                });
            all++;
            var isWhole = manifests.First(m => m.Path == path).Source.Documents.All(d => d.Document.IsWhole);
            var isAccepted = isWhole && project.Problems.Count == 0;
            if (isAccepted == (bool)row["ok"]!)
                agreed++;
            else
                output.WriteLine($"{(isAccepted ? "accepted" : "refused")} {path}: {row["error"]} "
                    + $"{string.Join(" ", project.Problems.Select(p => p.Message))}");
            if (row["hash"] is not JsonObject hashes || !isAccepted)
                continue;
            files++;
            var wrong = 0;
            foreach (var (service, hash) in hashes)
            {
                hashed++;
                if (project.Services.ContainsKey(service) && project.HashOf(service) == (string)hash!)
                {
                    same++;
                    continue;
                }

                wrong++;
                output.WriteLine(
                    $"hash of {service} in {path}: {(project.Services.TryGetValue(service, out var one) ? project.JsonOf(one) : "-")}");
            }

            filesSame += wrong == 0 ? 1 : 0;
        }

        output.WriteLine($"{version}: verdicts {agreed} of {all}; hashes {same} of {hashed}, all of a file in {filesSame} of {files}");
        Assert.True(agreed >= 0.98 * all && same >= 0.98 * hashed, $"verdicts {agreed} of {all}; hashes {same} of {hashed}");
    }

    private static bool IsText(string file) => Path.GetFileName(file) is var name && (name.StartsWith('.')
        || Path.GetExtension(name) is ".yml" or ".yaml" or ".env" or ".json" or ".txt" or "" or ".conf");
}
