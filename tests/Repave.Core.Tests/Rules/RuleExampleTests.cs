using System.Text.RegularExpressions;
using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Core.Shapes;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Rules;

/// <summary>Each rule's own examples and pages.</summary>
public partial class RuleExampleTests
{
    public static TheoryData<string> Ids => [.. RuleCatalogue.All.Select(rule => rule.Id)];

    // Of every rule but the one that no text can make speak.
    public static TheoryData<string> WithExamples => [.. RuleCatalogue.All.Where(rule => rule.HasExamples).Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(WithExamples))]
    public void FindsItsBadExampleAndNothingInItsGoodOne(string id)
    {
        var rule = RuleCatalogue.Find(id)!;
        var bad = Check(rule, rule.Bad).Where(f => f.Rule == rule).ToList();
        Assert.NotEmpty(bad);
        Assert.All(bad, f => Assert.True(f.FileSpan.Length > 0, "a finding underlines something"));
        Assert.DoesNotContain(Check(rule, rule.Good), f => f.Rule == rule || f.Severity == Severity.Error);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void SaysWhatItIs(string id)
    {
        var rule = RuleCatalogue.Find(id)!;
        Assert.Matches(IdPattern(), rule.Id);
        Assert.DoesNotMatch(@"[.!]$", rule.Title);
        Assert.EndsWith(".", rule.Reason, StringComparison.Ordinal);
        Assert.InRange(rule.Reason.Split(". ").Length, 2, 3);
        Assert.NotEqual(Severity.Off, rule.Severity);
        Assert.All(rule.Controls, control => Assert.True(Controls.Exists(control), $"{control} is in no catalogue"));
        Assert.True(rule.Dialect is null || (rule.References.Count > 0 && rule.Controls.Count > 0),
            "a dialect's rule names controls and public pages");
        Assert.All(rule.References, r => Assert.StartsWith("https://", r, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(WithExamples))]
    public void FixesMendTheBadExampleAndBreakNothing(string id)
    {
        var rule = RuleCatalogue.Find(id)!;
        var text = rule.Bad;
        var before = Check(rule, text);
        var fixable = before.Where(f => f.Rule == rule && f.Fix is not null).ToList();
        for (var changes = FixApplier.Apply(Check(rule, text)); changes.Applied.Count > 0; changes = FixApplier.Apply(Check(rule, text)))
            text = Assert.Single(changes.Texts).Value;
        var after = Check(rule, text);
        Assert.Equal(before.Count(f => f.Rule == rule) - fixable.Count, after.Count(f => f.Rule == rule));
        Assert.All(after, f => Assert.Contains(before, b => b.Rule == f.Rule && b.Path == f.Path));
    }

    [Fact]
    public void PagesAreThoseOfAFreshRun()
    {
        var folder = Path.Combine(Repository.Root, "docs", "rules");
        var expected = RuleCatalogue.All.ToDictionary(rule => rule.Id + ".md", RulePage.Of);
        expected["README.md"] = RulePage.Index(RuleCatalogue.All);
        // Those of the rules on C# are the analyzers' tests' to look after.
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), Directory.GetFiles(folder).Select(f => Path.GetFileName(f))
            .Where(f => f != "csharp.md" && !f.StartsWith("RPV3", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        foreach (var (name, page) in expected)
            Assert.Equal(page, File.ReadAllText(Path.Combine(folder, name)));
    }

    [Fact]
    public void EveryRuleOfADialectIsAFileNamedForIt()
    {
        foreach (var rule in RuleCatalogue.All)
        {
            var files = Directory.GetFiles(Path.Combine(Repository.Root, "server", "Repave.Core"), rule.GetType().Name + ".cs",
                SearchOption.AllDirectories);
            Assert.Single(files);
            Assert.Contains($"\"{rule.Id}\"", File.ReadAllText(files[0]), StringComparison.Ordinal);
        }
    }

    private static IReadOnlyList<Finding> Check(Rule rule, string example)
    {
        var settings = new Settings { Rules = new Dictionary<string, Severity> { [rule.Id] = rule.Severity } };
        if (rule is PlanRule plan)
        {
            var policies = SettingsReader.Read(plan.ExampleSettings ?? "", out var errors);
            Assert.Empty(errors);
            var baseline = new Baseline("before",
                [Manifest.Parse("before" + Path.GetExtension(rule.ExampleFile), plan.Before)])
            { IsEarlierState = true };
            return PlanFindings.Of(Planner.Plan([Manifest.Parse(rule.ExampleFile, example)], baseline, policies,
                new PlanOptions { SaysWayBack = true }),
                policies);
        }

        return ManifestAnalysis.Check([Manifest.Parse(rule.ExampleFile, example)], new AnalysisOptions(settings, new NoSchemas())).Findings;
    }

    [GeneratedRegex(@"^RPV\d{4}$")]
    private static partial Regex IdPattern();

    private sealed class NoSchemas : ISchemaSource
    {
        public Shape? Load(string reference, Manifest? manifest, out string reason)
        {
            reason = $"The schema {reference} cannot be read.";
            return null;
        }
    }
}
