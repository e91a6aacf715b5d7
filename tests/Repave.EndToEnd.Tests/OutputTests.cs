using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests;

/// <summary>What other tools read.</summary>
public sealed class OutputTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("repave-output-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void SarifIsWhatAPersonHasRead()
    {
        var answer = Tool.Repave(Repository.Root, "check", "samples/shop-flawed/config.yaml", "--format", "sarif");
        var run = JsonNode.Parse(answer.Output)!["runs"]![0]!;
        // Rules have tests of their own; the golden file holds what depends on the check, and no new rule moves it.
        foreach (var result in run["results"]!.AsArray())
        {
            var rule = run["tool"]!["driver"]!["rules"]![(int)result!["ruleIndex"]!]!;
            Assert.Equal((string)result["ruleId"]!, (string)rule["id"]!);
            result.AsObject().Remove("ruleIndex");
        }

        var results = JsonSerializer.Serialize(run["results"], new JsonSerializerOptions
        {
            WriteIndented = true,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }) + "\n";
        var golden = Path.Combine(Repository.Root, "tests", "Fixtures", "config.results.sarif.json");
        if (Environment.GetEnvironmentVariable("REPAVE_UPDATE_GOLDEN") == "1")
            File.WriteAllText(golden, results);
        Assert.Equal(File.ReadAllText(golden), results);
    }

    [Fact]
    public void SarifIsValid()
    {
        var validator = SarifValidator();
        File.WriteAllText(Path.Combine(_folder, "log.sarif"), Tool.Repave(Repository.Root, "check", "samples", "--format", "sarif").Output);
        var answer = Tool.Run(_folder, validator,
            ["validate", "log.sarif", "--output", "verdict.sarif", "--log", "ForceOverwrite", "--level", "Error;Warning"]);
        Assert.True(File.Exists(Path.Combine(_folder, "verdict.sarif")), answer.Output + answer.Error);
        using var verdict = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "verdict.sarif")));
        var run = verdict.RootElement.GetProperty("runs")[0];
        Assert.True(run.GetProperty("invocations")[0].GetProperty("executionSuccessful").GetBoolean());
        var errors = run.TryGetProperty("results", out var results) ? results.EnumerateArray().Select(r => r.ToString()).ToList() : [];
        Assert.True(errors.Count == 0, string.Join("\n", errors.Take(5)));
        // The validator itself must be one that finds something.
        File.WriteAllText(Path.Combine(_folder, "log.sarif"), """{"$schema":"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/"""
            + """schemas/sarif-schema-2.1.0.json","version":"2.1.0","runs":[{"tool":{"driver":{}},"results":[{"message":7}]}]}""");
        Assert.Contains("error",
            Tool.Run(_folder, validator, ["validate", "log.sarif", "--output", "verdict.sarif", "--log", "ForceOverwrite"]).Output,
            StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void JunitIsXmlWithACaseForEachFinding()
    {
        var answer = Tool.Repave(Repository.Root, "check", "samples/shop-flawed", "--format", "junit");
        var suites = XDocument.Parse(answer.Output).Root!;
        Assert.Equal(("testsuites", "23", 4),
            (suites.Name.LocalName, suites.Attribute("tests")!.Value, suites.Elements("testsuite").Count()));
        Assert.Equal(22, suites.Descendants("failure").Count());
    }

    [Fact]
    public void GitlabsReportHasEachFindingWithAFingerprintThatStays()
    {
        var file = Path.Combine(_folder, "a.yaml");
        File.WriteAllText(file, "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\ndata:\n  a: yes\n  b: yes\n");
        var found = JsonNode.Parse(Tool.Repave(_folder, "check", "./", "--format", "gitlab").Output)!.AsArray();
        Assert.Equal(2, found.Count);
        Assert.Equal(("RPV0011", "critical", "a.yaml", 6), ((string)found[0]!["check_name"]!, (string)found[0]!["severity"]!,
            (string)found[0]!["location"]!["path"]!, (int)found[0]!["location"]!["lines"]!["begin"]!));
        Assert.StartsWith("'data.a' must be a string", (string)found[0]!["description"]!, StringComparison.Ordinal);
        var fingerprints = found.Select(one => (string)one!["fingerprint"]!).ToList();
        Assert.NotEqual(fingerprints[0], fingerprints[1]);
        File.WriteAllText(file, "# moved\n" + File.ReadAllText(file));
        found = JsonNode.Parse(Tool.Repave(_folder, "check", ".", "--format", "gitlab").Output)!.AsArray();
        Assert.Equal(fingerprints, found.Select(one => (string)one!["fingerprint"]!));
        Assert.Equal(7, (int)found[0]!["location"]!["lines"]!["begin"]!);
        File.WriteAllText(file, "");
        Assert.Equal("[]\n", Tool.Repave(_folder, "check", ".", "--format", "gitlab").Output);
    }

    [Fact]
    public void GithubCommandsAreEscaped()
    {
        File.WriteAllText(Path.Combine(_folder, "a,b.yaml"), "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: 100%\ndata: {}\n");
        var answer = Tool.Repave(_folder, "check", ".", "--format", "github");
        Assert.StartsWith("::error file=a%2Cb.yaml,line=4,col=9,endLine=4,endColumn=13,title=RPV0014 Value that does not follow its "
            + "grammar::'metadata.name' is \"100%25\"",
            answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ABaselineHoldsBackWhatWasThereBeforeAlsoWhenLinesMove()
    {
        const string manifest = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\ndata:\n  a: yes\n";
        var file = Path.Combine(_folder, "a.yaml");
        File.WriteAllText(file, manifest);
        Assert.Equal(0, Tool.Repave(_folder, "check", ".", "--write-known", "known.json").ExitCode);
        File.WriteAllText(file, "# moved\n\n" + manifest);
        Assert.Equal((0, "No findings in 1 resource of 2 files.\n"),
            (Tool.Repave(_folder, "check", ".", "--known", "known.json") is var same ? same.ExitCode : 9, same.Output));
        File.AppendAllText(file, "  b: no\n");
        var answer = Tool.Repave(_folder, "check", ".", "--known", "known.json");
        Assert.Equal(1, answer.ExitCode);
        Assert.Contains("1 error in", answer.Output, StringComparison.Ordinal);
        Assert.Equal(2, Tool.Repave(_folder, "check", ".", "--known", "a.yaml").ExitCode);
    }

    [Fact]
    public void FixWritesAndDiffOnlyShows()
    {
        var file = Path.Combine(_folder, "a.yaml");
        const string manifest = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\ndata:\n  a: yes # kept\n  b: x\n";
        File.WriteAllText(file, manifest);
        var diff = Tool.Repave(_folder, "check", ".", "--fix", "--diff");
        Assert.Equal("--- a/a.yaml\n+++ b/a.yaml\n@@ -3,5 +3,5 @@\n metadata:\n   name: shop\n data:\n-  a: yes # kept\n"
            + "+  a: \"yes\" # kept\n   b: x\n",
            diff.Output);
        Assert.Equal(manifest, File.ReadAllText(file));
        var answer = Tool.Repave(_folder, "check", ".", "--fix");
        Assert.Equal((0, "Fixed 1 finding in 1 file.\n"), (answer.ExitCode, answer.Error));
        Assert.Equal(manifest.Replace("yes", "\"yes\"", StringComparison.Ordinal), File.ReadAllText(file));
        Assert.Equal("Fixed 0 findings in 0 files.\n", Tool.Repave(_folder, "check", ".", "--fix").Error);
        Assert.Equal(["a.yaml"], Directory.GetFiles(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public void TheMatrixOfControlsNamesRules()
    {
        var answer = Tool.Repave(_folder, "rules", "--controls");
        Assert.Contains("NIST SP 800-53, version 5", answer.Output, StringComparison.Ordinal);
        Assert.Contains("CM-3   Configuration Change Control", answer.Output, StringComparison.Ordinal);
    }

    // The SARIF SDK's own tool, from the npm registry.
    private string SarifValidator()
    {
        var cache = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) is { Length: > 0 } data ? data
            : Path.GetTempPath(), "repave", "sarif-multitool-5.7.0");
        var tool = Path.Combine(cache, "package", "Sarif.Multitool");
        if (!File.Exists(tool))
        {
            Directory.CreateDirectory(cache);
            var pack = Tool.Run(cache, "npm", ["pack", "--silent", "@microsoft/sarif-multitool-linux@5.7.0"]);
            if (Environment.GetEnvironmentVariable("REPAVE_NO_SKIP") != "1")
                Assert.SkipWhen(pack.ExitCode != 0, "needs npm and its registry for @microsoft/sarif-multitool-linux");
            Assert.Equal(0, pack.ExitCode);
            Assert.Equal(0, Tool.Run(cache, "tar", ["xzf", pack.Output.Trim()]).ExitCode);
            Tool.Run(cache, "chmod", ["+x", tool]);
        }

        return tool;
    }
}
