using Microsoft.CodeAnalysis;
using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Tests.Support;

namespace Repave.Analyzers.Tests;

/// <summary>Manifests as additional files.</summary>
public class ManifestAnalyzerTests
{
    private const string Flawed = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  color: yes\n";
    private const string Pod = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n    - name: web\n"
        + "      image: web:latest\n";

    [Fact]
    public void FindingsStandAtTheirLines()
    {
        Assert.Equal(["a.yaml(6,10): warning RPV0011"], Lines(("/project/a.yaml", Flawed)));
        Assert.Equal(["a.yaml(6,10): warning RPV0011"], Lines(("/project/a.yaml", Flawed.Replace("\n", "\r\n", StringComparison.Ordinal))));
        Assert.Empty(Lines(("/project/a.yaml", "on: push\njobs: {}\n"), ("/project/b.txt", Flawed)));
    }

    [Fact]
    public void ManifestsSeeEachOther()
    {
        var uses = Pod.Replace("web:latest", "web:1.4.2\n      envFrom:\n        - configMapRef:\n            name: settings",
            StringComparison.Ordinal);
        var without = Run(("/project/a.yaml", uses));
        var with = Run(("/project/a.yaml", uses), ("/project/b.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n"));
        Assert.Contains(without, d => d.Id == "RPV0022");
        Assert.DoesNotContain(with, d => d.Id == "RPV0022");
    }

    [Theory]
    [InlineData("rules:\n  RPV1001: off\n", "", "")]
    [InlineData("rules:\n  RPV1001: error\n", "", "error")]
    [InlineData("rules:\n  RPV1001: info\n", "", "info")]
    [InlineData("exclude: [k8s/]\n", "", "")]
    [InlineData("", "[*.yaml]\ndotnet_diagnostic.RPV1001.severity = none\n", "")]
    [InlineData("", "[*.{yml,yaml}]\ndotnet_diagnostic.RPV1001.severity = error # no exceptions\n", "error")]
    [InlineData("", "[k8s/**]\ndotnet_diagnostic.rpv1001.severity = suggestion\n", "info")]
    [InlineData("", "[*.cs]\ndotnet_diagnostic.RPV1001.severity = none\n", "warning")]
    [InlineData("", "[other/*.yaml]\ndotnet_diagnostic.RPV1001.severity = none\n", "warning")]
    [InlineData("rules:\n  RPV1001: error\n", "[*]\ndotnet_diagnostic.RPV1001.severity = warning\n", "warning")]
    public void WeightsAreObeyed(string settings, string editorConfig, string expected)
    {
        var found = Run(("/project/k8s/a.yaml", Pod), ("/project/.repave.yaml", settings), ("/project/.editorconfig", editorConfig))
            .Where(d => d.Id == "RPV1001").ToList();
        Assert.Equal(expected.Length == 0 ? [] : [expected], found.Select(d => d.Severity.ToString().ToLowerInvariant()));
    }

    [Fact]
    public void WhatIsOffByDefaultCanBeTurnedOn()
    {
        Assert.DoesNotContain(Run(("/project/a.yaml", Pod)), d => d.Id == "RPV1101");
        Assert.Contains(
            Run(("/project/a.yaml", Pod), ("/project/.editorconfig", "[*.yaml]\ndotnet_diagnostic.RPV1101.severity = warning\n")),
            d => d.Id == "RPV1101");
        Assert.Contains(Run(("/project/a.yaml", Pod), ("/project/.repave.yaml", "rules:\n  RPV1101: on\n")), d => d.Id == "RPV1101");
    }

    [Fact]
    public void CommentsHoldFindingsBack() =>
        Assert.DoesNotContain(
            Run(("/project/a.yaml", Pod.Replace("web:latest", "web:latest # repave: ignore RPV1001 -- a test", StringComparison.Ordinal))),
            d => d.Id.StartsWith("RPV1001", StringComparison.Ordinal) || d.Id == "RPV0030");

    [Fact]
    public void DockerfilesAreReadToo() =>
        Assert.Equal(["Dockerfile(1,6): info RPV1080"], Lines(("/project/Dockerfile", "FROM alpine\n")));

    [Fact]
    public void WhatHasNotChangedIsNotCheckedAgain()
    {
        var unique = Pod.Replace("name: a", "name: once-only", StringComparison.Ordinal);
        Run(("/project/once.yaml", unique));
        var before = ManifestSet.Checks;
        Assert.NotEmpty(Run(("/project/once.yaml", unique)));
        Assert.Equal(before, ManifestSet.Checks);
        Run(("/project/once.yaml", unique + "# changed\n"));
        Assert.Equal(before + 1, ManifestSet.Checks);
    }

    [Theory]
    [InlineData("dotnet_analyzer_diagnostic.severity = error", "error")]
    [InlineData("dotnet_analyzer_diagnostic.severity = none", "")]
    [InlineData("dotnet_analyzer_diagnostic.category-Repave.severity = none", "")]
    [InlineData("dotnet_analyzer_diagnostic.category-Images.severity = suggestion", "info")]
    [InlineData("dotnet_analyzer_diagnostic.category-Data.severity = error", "warning")]
    [InlineData("dotnet_analyzer_diagnostic.severity = none\ndotnet_diagnostic.RPV1001.severity = error", "error")]
    [InlineData("dotnet_analyzer_diagnostic.severity = error\ndotnet_analyzer_diagnostic.category-images.severity = none", "")]
    public void WeightsOfManyReachManifests(string said, string expected)
    {
        var found = Run(("/project/k8s/a.yaml", Pod), ("/project/.editorconfig", $"root = true\n[*]\n{said}\n")).Where(d =>
            d.Id == "RPV1001");
        Assert.Equal(expected.Length == 0 ? [] : [expected], found.Select(d => d.Severity.ToString().ToLowerInvariant()));
    }

    [Fact]
    public void WhatWeighsEverythingTurnsNothingOn() =>
        Assert.DoesNotContain(Run(("/project/a.yaml", Pod), ("/project/.editorconfig",
            "[*]\ndotnet_analyzer_diagnostic.severity = error\n")),
            d => d.Id == "RPV1101");

    [Fact]
    public void SettingsThatCannotBeReadAreFindingsAtTheirLines()
    {
        const string settings = "rules:\n  RPV9999: error\n  RPV1001: loud\n  RPV0010: error\nnonsense: [\n";
        Assert.Equal(["(2,3)", "(3,12)"], Run(("/project/.repave.yaml", settings)).Where(d => d.Id == "RPV0034").Select(d =>
            Compiling.Line(d))
            .Select(l => l[l.IndexOf('(', StringComparison.Ordinal)..l.IndexOf(':', StringComparison.Ordinal)]).Take(2));
        Assert.Equal(3, Run(("/project/.repave.yaml", settings)).Count(d => d.Id == "RPV0034" && d.GetMessage(null).Length > 0));
        // What can be read counts.
        var found = Run(("/project/.repave.yaml", settings), ("/project/a.yaml", Pod + "  colour: blue\n"));
        Assert.Equal(DiagnosticSeverity.Error, Assert.Single(found, d => d.Id == "RPV0010").Severity);
        Assert.Single(Run(("/project/.repave.yaml", "rulez: {}\n")), d => d.Id == "RPV0034");
        Assert.Empty(Run(("/project/.repave.yaml", "rules:\n  RPV1001: off\n")));
    }

    [Fact]
    public void OneChangedManifestOfManyIsReadAlone()
    {
        var files = Enumerable.Range(0, 200).Select(i => (Path: $"/many/m{i}.yaml", Text: Pod.Replace("name: a", $"name: m{i}",
            StringComparison.Ordinal))).ToArray();
        Run(files);
        var before = ManifestSet.Reads;
        files[17].Text = files[17].Text.Replace("latest", "1.4.2", StringComparison.Ordinal);
        var edited = Run(files);
        Assert.Equal(before + 1, ManifestSet.Reads);
        Assert.Equal(199, edited.Count(d => d.Id == "RPV1001"));
        files[17].Text = "";
        Assert.Equal(199, Run(files).Count(d => d.Id == "RPV1001"));
        Assert.Equal(199, Run(files[..17].Concat(files[18..]).ToArray()).Count(d => d.Id == "RPV1001"));
        files[17].Text = Pod.Replace("name: a", "name: m18", StringComparison.Ordinal);
        // What another file says of it is right again as well.
        Assert.Contains(Run(files), d => d.Id == "RPV0021");
    }

    [Fact]
    public void SamplesGiveWhatACheckGives()
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "samples", "shop-flawed"), "*.yaml").Order(StringComparer.Ordinal)
            .Select(f => (Path: "/project/" + Path.GetFileName(f), Text: File.ReadAllText(f))).ToArray();
        var check = ManifestAnalysis.Check([.. files.Select(f => Manifest.Parse(Path.GetFileName(f.Path), f.Text))],
            new AnalysisOptions(Settings.Default)).Findings;
        Assert.Equal(
            check.Select(f => $"{f.File.Path}({f.Range.Start.Line + 1},{f.Range.Start.Character + 1}): {f.Rule.Id} {f.Message}")
                .Order(StringComparer.Ordinal),
            Run(files).Select(d => $"{Compiling.Line(d).Split(':')[0]}: {d.Id} {d.GetMessage(null)}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void NoManifestOfTheCorpusMakesItFail()
    {
        var corpus = SharedData.Require("data/corpus");
        var files = Directory.GetFiles(corpus, "*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) is ".yaml" or ".yml" or ".json").Select(f => (f, File.ReadAllText(f))).ToArray();
        Assert.DoesNotContain(Run(files), d => d.Id == "RPV3000");
    }

    private static List<Diagnostic> Run(params (string Path, string Text)[] files) =>
        [.. Compiling.Run(Compiling.Of(["class A;"]), [new ManifestAnalyzer()], files)
            .Where(d => d.Id.StartsWith("RPV", StringComparison.Ordinal))];

    private static IEnumerable<string> Lines(params (string Path, string Text)[] files) => Run(files).Select(Compiling.Line);
}
