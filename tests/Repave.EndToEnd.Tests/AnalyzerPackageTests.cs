using System.Text.Json.Nodes;
using Repave.Core.Tests.Support;
using Repave.LanguageServer.Tests;

namespace Repave.EndToEnd.Tests;

/// <summary>The packed analyzers in projects that take them from a folder feed, built by the real SDK.</summary>
[Collection(nameof(PackageFeed))]
public sealed class AnalyzerPackageTests : IDisposable
{
    private const string Pod = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n    - name: web\n"
        + "      image: web:latest\n";
    private const string Code = "using System.Diagnostics;\nusing Amazon.RDS.Model;\n\n"
        + "Process.Start(\"kubectl\", \"edit deployment/web\");\nvar request = new ModifyDBInstanceRequest { ApplyImmediately = true };\n\n"
        + "namespace Amazon.RDS.Model\n{\n    class ModifyDBInstanceRequest { public bool? ApplyImmediately { get; set; } }\n}\n";

    private readonly PackageFeed _feed;
    private readonly string _folder = Directory.CreateTempSubdirectory("repave-build-").FullName;

    public AnalyzerPackageTests(PackageFeed feed)
    {
        _feed = feed;
        Write("Program.cs", Code);
        Write("deploy/a.yaml", Pod);
        Write("nuget.config",
            $"<configuration><packageSources><clear /><add key=\"folder\" value=\"{feed.Folder}\" /></packageSources></configuration>");
        Write("App.csproj",
            "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework>"
                + "<Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings></PropertyGroup><ItemGroup><PackageReference "
                + "Include=\"Repave.Analyzers\" Version=\"0.1.0\" PrivateAssets=\"all\" /></ItemGroup></Project>");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ABuildWarnsOfManifestsAndOfCodeAtTheirPlaces()
    {
        var first = Dotnet("build");
        Assert.Equal(0, first.ExitCode);
        Assert.Contains($"{Path.Combine(_folder, "deploy", "a.yaml")}(8,14): warning RPV1001", first.Output, StringComparison.Ordinal);
        Assert.Contains($"{Path.Combine(_folder, "Program.cs")}(4,1): warning RPV3801", first.Output, StringComparison.Ordinal);
        Assert.Contains($"{Path.Combine(_folder, "Program.cs")}(5,64): warning RPV3106", first.Output, StringComparison.Ordinal);
        // Nothing of the package is in what the project ships.
        Assert.DoesNotContain(Directory.GetFiles(Path.Combine(_folder, "bin"), "*", SearchOption.AllDirectories),
            f => Path.GetFileName(f).StartsWith("Repave", StringComparison.Ordinal)
                || Path.GetFileName(f).StartsWith("YamlDotNet", StringComparison.Ordinal));
        var second = Dotnet("build", "-v:normal");
        Assert.Contains("Skipping target \"CoreCompile\"", second.Output, StringComparison.Ordinal);
        Write("deploy/a.yaml", Pod.Replace("latest", "1.4.2", StringComparison.Ordinal));
        Assert.DoesNotContain("RPV1001", Dotnet("build").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void WarningsAsErrorsStopTheBuildAndWeightsAreObeyed()
    {
        var strict = Dotnet("build", "-warnaserror");
        Assert.Equal(1, strict.ExitCode);
        Assert.Contains("error RPV1001", strict.Output, StringComparison.Ordinal);
        Write(".editorconfig",
            "root = true\n\n[*.yaml]\ndotnet_diagnostic.RPV1001.severity = none\n\n[*.cs]\ndotnet_diagnostic.RPV3801.severity = error\n");
        var edited = Dotnet("build");
        Assert.DoesNotContain("RPV1001", edited.Output, StringComparison.Ordinal);
        Assert.Contains("error RPV3801", edited.Output, StringComparison.Ordinal);
        Write(".editorconfig", "root = true\n");
        Write(".repave.yaml", "rules:\n  RPV1001: error\n  RPV3801: off\n");
        var set = Dotnet("build");
        Assert.Contains("error RPV1001", set.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("RPV3801", set.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("RPV1001", Dotnet("build", "-p:RepaveManifests=false").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void DotnetFormatAppliesAFix()
    {
        Assert.Equal(0, Dotnet("restore").ExitCode);
        var format = Dotnet("format", "analyzers", "--diagnostics", "RPV3106", "--severity", "warn", "--no-restore");
        Assert.True(format.ExitCode == 0, format.Output + format.Error);
        Assert.Contains("{ ApplyImmediately = false }", File.ReadAllText(Path.Combine(_folder, "Program.cs")), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatCannotBeReadStopsNoBuild()
    {
        var noise = new byte[1000];
        new Random(17).NextBytes(noise);
        noise[17] = 0;
        File.WriteAllBytes(Path.Combine(_folder, "deploy", "picture.yaml"), noise);
        File.WriteAllBytes(Path.Combine(_folder, "deploy", "latin.yml"), [(byte)'a', (byte)':', (byte)' ', 0xE9, (byte)'\n']);
        File.CreateSymbolicLink(Path.Combine(_folder, "deploy", "nowhere.yaml"), "/no/such/file");
        File.CreateSymbolicLink(Path.Combine(_folder, "deploy", "loop.yaml"), "loop.yaml");
        Directory.CreateDirectory(Path.Combine(_folder, "deploy", "Dockerfile"));
        Directory.CreateDirectory(Path.Combine(_folder, "deploy", "folder.yaml"));
        Write("deploy/empty.yaml", "");
        using (var giant = File.Create(Path.Combine(_folder, "deploy", "giant.yaml")))
            giant.SetLength(20_000_000);
        var built = Dotnet("build", "-warnaserror:CS2001,CS2015,CS1504");
        Assert.True(built.ExitCode == 0, built.Output);
        Assert.Contains("giant.yaml(1,1): warning RPV0003", built.Output, StringComparison.Ordinal);
        Assert.Contains("a.yaml(8,14): warning RPV1001", built.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("CS2015", built.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("RPV3000", built.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void PatternsThatBacktrackForeverEndInSeconds()
    {
        var items = string.Concat(Enumerable.Repeat($"    - {new string('a', 40)}!\n", 1000));
        Write("deploy/custom.yaml", $$"""
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata:
              name: foos.example.com
            spec:
              group: example.com
              scope: Namespaced
              names: {kind: Foo, plural: foos, singular: foo, listKind: FooList}
              versions:
                - name: v1
                  served: true
                  storage: true
                  schema:
                    openAPIV3Schema:
                      type: object
                      properties:
                        spec:
                          type: object
                          properties:
                            l:
                              type: array
                              items: {type: string, pattern: '^(a+)+$'}
            ---
            apiVersion: example.com/v1
            kind: Foo
            metadata:
              name: f
            spec:
              l:
            {{items}}
            """);
        Assert.Equal(0, Dotnet("restore").ExitCode);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var built = Dotnet("build", "--no-restore");
        Assert.True(built.ExitCode == 0, built.Output);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"{clock.Elapsed.TotalSeconds:0} s");
        // The compiler's platform has an engine that such patterns do not slow down.
        Assert.Contains("custom.yaml(1026,7): warning RPV0014", built.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("RPV3000", built.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void SettingsThatCannotBeReadAreSaidAtTheirLines()
    {
        Write(".repave.yaml", "rules:\n  RPV9999: error\n  RPV1001: loud\n  RPV3801: off\nnonsense: [\n");
        var built = Dotnet("build");
        Assert.Equal(0, built.ExitCode);
        Assert.Contains(".repave.yaml(2,3): warning RPV0034", built.Output, StringComparison.Ordinal);
        Assert.Contains(".repave.yaml(3,12): warning RPV0034", built.Output, StringComparison.Ordinal);
        Assert.Contains(".repave.yaml(5,11): warning RPV0034", built.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("RPV3801", built.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void WeightsOfManyRulesReachManifestsAndCodeAlike()
    {
        foreach (var (said, expected) in new[] { ("category-Repave.severity = none", ""), ("severity = error", "error"),
            ("category-Images.severity = error", "error") })
        {
            Write(".editorconfig", $"root = true\n[*]\ndotnet_analyzer_diagnostic.{said}\n");
            var built = Dotnet("build", "--no-incremental");
            Assert.Equal(expected.Length > 0, built.Output.Contains($"{expected} RPV1001", StringComparison.Ordinal));
            Assert.Equal(said == "severity = error", built.Output.Contains("error RPV3801", StringComparison.Ordinal));
            Assert.Equal(said != "category-Repave.severity = none", built.Output.Contains("RPV3801", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void PresetsWeighRulesAndTheProjectHasTheLastWord()
    {
        Assert.DoesNotContain("RPV3801", Dotnet("build", "-p:RepavePreset=manifests").Output, StringComparison.Ordinal);
        Assert.Contains("RPV1001", Dotnet("build", "--no-incremental", "-p:RepavePreset=manifests").Output, StringComparison.Ordinal);
        Assert.Contains("warning RPV1101", Dotnet("build", "--no-incremental", "-p:RepavePreset=strict").Output, StringComparison.Ordinal);
        Write(".editorconfig", "root = true\n[*.yaml]\ndotnet_diagnostic.RPV1101.severity = none\n");
        Assert.DoesNotContain("RPV1101", Dotnet("build", "--no-incremental", "-p:RepavePreset=strict").Output, StringComparison.Ordinal);
        Assert.Contains("no preset 'nope'", Dotnet("build", "--no-incremental", "-p:RepavePreset=nope").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void TestProjectsAreQuietUnlessTheyAskForMore()
    {
        Assert.DoesNotContain("RPV", Dotnet("build", "-p:IsTestProject=true").Output, StringComparison.Ordinal);
        var asked = Dotnet("build", "--no-incremental", "-p:IsTestProject=true", "-p:RepaveManifests=true");
        Assert.Contains("RPV1001", asked.Output, StringComparison.Ordinal);
        Write(".globalconfig", "is_global = true\nrepave_test_projects = true\n");
        Assert.Contains("RPV3801", Dotnet("build", "--no-incremental", "-p:IsTestProject=true").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ASuppressionInCodeTellsItsReasonInTheReport()
    {
        Write("Program.cs", "using System.Diagnostics;\nusing System.Diagnostics.CodeAnalysis;\nclass A\n{\n"
            + "    [SuppressMessage(\"Drift\", \"RPV3801\", Justification = \"a repair by hand, ticket 12\")]\n"
            + "    static void Main() => Process.Start(\"kubectl\", \"edit deployment/web\");\n}\n");
        var built = Dotnet("build", $"-p:ErrorLog={Path.Combine(_folder, "build.sarif")}%2Cversion=2.1");
        Assert.DoesNotContain("RPV3801", built.Output, StringComparison.Ordinal);
        var results = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, "build.sarif")))!["runs"]![0]!["results"]!.AsArray();
        var held = Assert.Single(results, r => (string)r!["ruleId"]! == "RPV3801");
        Assert.Equal("a repair by hand, ticket 12", (string)held!["suppressions"]![0]!["justification"]!);
    }

    [Fact]
    public void TwoPacksGiveTheSameBytes()
    {
        var again = Path.Combine(_folder, "again");
        Assert.Equal(0, Tool.Run(Repository.Root, "dotnet", ["pack", "analyzers/Repave.Analyzers.Package", "-c", "Release", "-o",
            again]).ExitCode);
        var packed = Path.GetFileName(Assert.Single(Directory.GetFiles(again)));
        Assert.Equal(File.ReadAllBytes(Path.Combine(_feed.Folder, packed)), File.ReadAllBytes(Path.Combine(again, packed)));
        Directory.Delete(again, recursive: true);
    }

    [Fact]
    public void OfSeveralFrameworksEachFindingComesOnce()
    {
        // Two frameworks of one SDK: what a machine without a network can build.
        Write("App.csproj", File.ReadAllText(Path.Combine(_folder, "App.csproj"))
            .Replace("<TargetFramework>net10.0</TargetFramework>", "<TargetFrameworks>net10.0;net10.0-other1.0</TargetFrameworks>"
                + "<TargetPlatformIdentifier Condition=\"$(TargetFramework.EndsWith('other1.0'))\">other</TargetPlatformIdentifier>"
                + "<TargetPlatformVersion Condition=\"$(TargetFramework.EndsWith('other1.0'))\">1.0</TargetPlatformVersion>"
                + "<TargetPlatformSupported>true</TargetPlatformSupported>", StringComparison.Ordinal)
            .Replace("</Project>", "<ItemGroup><SdkSupportedTargetPlatformVersion Include=\"1.0\" /><SdkSupportedTargetPlatformIdentifier "
                + "Include=\"other\" /></ItemGroup></Project>", StringComparison.Ordinal));
        var built = Dotnet("build");
        Assert.True(built.ExitCode == 0, built.Output);
        Assert.Equal(2, built.Output.Split("App -> ").Length - 1);
        // The summary repeats each line.
        var warnings = built.Output.Split('\n').Select(l => l.Trim()).Where(l => l.Contains("warning RPV", StringComparison.Ordinal))
            .Distinct().ToList();
        Assert.Single(warnings, w => w.Contains("RPV1001", StringComparison.Ordinal));
        Assert.Single(warnings, w => w.Contains("RPV3801", StringComparison.Ordinal));
    }

    [Fact]
    public void CheckEditorAndBuildSayTheSameOfTheSamples()
    {
        var samples = Path.Combine(Repository.Root, "samples");
        foreach (var file in Directory.GetFiles(samples, "*.yaml", SearchOption.AllDirectories)
            // What charts build is checked by the tool alone.
            .Where(f => Path.GetDirectoryName(f) != samples && !f.Contains("shop-chart", StringComparison.Ordinal)))
            Write(Path.Combine("deploy", Path.GetRelativePath(samples, file)), File.ReadAllText(file));
        File.Delete(Path.Combine(_folder, "deploy", "a.yaml"));
        var built = Dotnet("build", $"-p:ErrorLog={Path.Combine(_folder, "build.sarif")}%2Cversion=2.1");
        Assert.Equal(0, built.ExitCode);
        var run = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, "build.sarif")))!["runs"]![0]!;
        var build = run["results"]!.AsArray().Where(r => (string)r!["ruleId"]! is { } id && id.StartsWith("RPV", StringComparison.Ordinal)
            && !id.StartsWith("RPV3", StringComparison.Ordinal)).Select(r =>
            {
                var place = r!["locations"]![0]!["physicalLocation"]!;
                return $"{Path.GetRelativePath(_folder, new Uri((string)place["artifactLocation"]!["uri"]!).LocalPath)} "
                    + $"{(int)place["region"]!["startLine"]! - 1}:{(int)place["region"]!["startColumn"]! - 1} {(string)r["ruleId"]!} "
                    + $"{(string)r["message"]!["text"]!}";
            }).Order(StringComparer.Ordinal).ToList();
        // The build's own files are none of the check's.
        Directory.Delete(Path.Combine(_folder, "obj"), recursive: true);
        Directory.Delete(Path.Combine(_folder, "bin"), recursive: true);
        File.Delete(Path.Combine(_folder, "build.sarif"));
        var json = JsonNode.Parse(Tool.Repave(_folder, "check", ".", "--format", "json", "--fail-on", "never").Output)!;
        var check = json["findings"]!.AsArray().Select(f => $"{(string)f!["file"]!} {(int)f["range"]!["start"]!["line"]!}:"
            + $"{(int)f["range"]!["start"]!["character"]!} {(string)f["id"]!} {(string)f["message"]!}")
            .Order(StringComparer.Ordinal).ToList();
        var editor = new List<string>();
        using (var client = Client.Start(_folder))
        {
            client.Wait(n => (string?)n["method"] == "repave/planChanged");
            foreach (var report in client.Request("workspace/diagnostic", [])!["items"]!.AsArray())
            {
                var file = Path.GetRelativePath(_folder, new Uri((string)report!["uri"]!).LocalPath);
                editor.AddRange(report["items"]!.AsArray().Select(d => $"{file} {(int)d!["range"]!["start"]!["line"]!}:"
                    + $"{(int)d["range"]!["start"]!["character"]!} {(string)d["code"]!} {(string)d["message"]!}"));
            }
        }

        Assert.NotEmpty(check);
        Assert.Equal(check, build);
        Assert.Equal(check, editor.Order(StringComparer.Ordinal));
    }

    private Answer Dotnet(params string[] arguments) => _feed.Dotnet(_folder, arguments);

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
