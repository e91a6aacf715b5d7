using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Yaml;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Rules;

/// <summary>Fixes change what they mend and not a byte more.</summary>
public class FixTests(ITestOutputHelper output)
{
    private static readonly Settings Everything =
        new() { Rules = RuleCatalogue.All.Where(r => r.Id != Renaming).ToDictionary(r => r.Id, r => r.Severity) };

    // Gives ConfigMaps and Secrets a name of their content.
    private const string Renaming = "RPV1201";

    [Theory]
    [InlineData("data:\n  a: yes # why\n  b: 'x'\n", "data:\n  a: \"yes\" # why\n  b: 'x'\n")]
    [InlineData("data: {a: on, b: 0777}\r\n", "data: {a: \"on\", b: \"0777\"}\r\n")]
    [InlineData("immutabel: true\ndata: {}\n", "immutable: true\ndata: {}\n")]
    [InlineData("immutable: \"true\"\ndata: {}\n", "immutable: true\ndata: {}\n")]
    [InlineData("\"imutable\": true\ndata: {}\n", "\"immutable\": true\ndata: {}\n")]
    [InlineData("immutabel: true\nimmutable: true\n", "immutabel: true\nimmutable: true\n")]
    [InlineData("immutabel: maybe\n", "immutabel: maybe\n")]
    [InlineData("status: {x: y} # old\ndata:\n  a: b\n", "data:\n  a: b\n")]
    [InlineData("data:\n  a: &x yes\n  b: *x\n", "data:\n  a: &x yes\n  b: *x\n")]
    public void ChangeOnlyWhatTheyMend(string body, string expected)
    {
        const string head = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n";
        Assert.Equal(head + expected, FixAll(head + body));
    }

    [Fact]
    public void MendTheWholeCorpus()
    {
        var root = SharedData.Require("data/corpus/kubernetes");
        int changed = 0, mended = 0;
        foreach (var file in Directory.EnumerateFiles(root, "*.y*ml", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(file);
            var before = Check(text);
            var after = FixAll(text);
            if (after == text)
                continue;
            changed++;
            var result = Check(after);
            mended += before.Findings.Count - result.Findings.Count;
            Assert.All(result.Findings, f => Assert.Null(f.Fix));
            Assert.All(result.Findings, f => Assert.Contains(before.Findings, b => b.Rule == f.Rule && b.Path == f.Path));
            Assert.Equal(Identities(text), Identities(after));
            Assert.Equal(after, FixAll(after));
        }

        output.WriteLine($"{changed} files changed, {mended} findings mended");
        Assert.True(changed > 0);
    }

    [Fact]
    public void RenamingFollowsEveryReferenceInEveryFile()
    {
        var rule = RuleCatalogue.Find(Renaming)!;
        var parts = rule.Bad.Split("---\n");
        var manifests = new[] { Manifest.Parse("config.yaml", parts[0]), Manifest.Parse("web.yaml",
            parts[1].TrimEnd() + "\n      volumes:\n        - name: config\n          configMap: {name: shop}\n") };
        var settings = new Settings { Rules = new Dictionary<string, Severity> { [Renaming] = Severity.Warning } };
        var changes = FixApplier.Apply(ManifestAnalysis.Check(manifests, new AnalysisOptions(settings)).Findings);
        Assert.Equal("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop-HASH\ndata:\n  color: blue\nimmutable: true\n",
            Hashed(changes.Texts[manifests[0]]));
        Assert.Equal(2, Hashed(changes.Texts[manifests[1]]).Split("name: shop-HASH").Length - 1);
        Assert.DoesNotContain("name: shop\n", changes.Texts[manifests[1]], StringComparison.Ordinal);
        Assert.Empty(ManifestAnalysis.Check([.. changes.Texts.Select(t => Manifest.Parse(t.Key.Path, t.Value))],
            new AnalysisOptions(settings)).Findings);
    }

    private static string Hashed(string text) => System.Text.RegularExpressions.Regex.Replace(text, "shop-[0-9a-f]{8}", "shop-HASH");

    [Fact]
    public void OverlappingFixesAreMadeOneAfterTheOther()
    {
        var manifest = Manifest.Parse("a.yaml", "abc");
        var slot = manifest.Source.Documents[0];
        Finding With(int start, int end, string text) =>
            new(RuleCatalogue.All[0], Severity.Error, "x", new Place(manifest, slot, new(0, 1)))
            {
                Fix = new Fix("x", [new PlaceEdit(new Place(manifest, slot, new(start, end)), text)]),
            };
        var result = FixApplier.Apply([With(0, 2, "X"), With(1, 3, "Y"), With(2, 3, "Z")]);
        Assert.Equal("XZ", result.Texts[manifest]);
        Assert.Equal(2, result.Applied.Count);
    }

    private static string FixAll(string text)
    {
        for (var round = 0; round < 10; round++)
        {
            var changes = FixApplier.Apply(Check(text).Findings);
            if (changes.Applied.Count == 0)
                return text;
            text = changes.Texts.Values.Single();
        }

        throw new InvalidOperationException("fixing does not end");
    }

    private static CheckResult Check(string text) =>
        ManifestAnalysis.Check([Manifest.Parse("a.yaml", text)], new AnalysisOptions(Everything));

    private static IEnumerable<string> Identities(string text) =>
        YamlLanguage.Instance.Parse(text).Documents.Select(d => d.Document.Root is { } root
            ? $"{root.TextAt("kind")} {root["metadata"]?.TextAt("namespace")} {root["metadata"]?.TextAt("name")}"
            : "");
}
