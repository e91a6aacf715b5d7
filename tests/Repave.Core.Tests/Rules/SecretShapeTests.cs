using System.Text;
using Repave.Core.Analysis;
using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Core.Tests.Plans;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Rules;

/// <summary>All that Core says times the shapes that secrets stand in: no planted marker is in any of it.</summary>
public class SecretShapeTests
{
    private static readonly Settings Everything =
        new() { Rules = RuleCatalogue.All.ToDictionary(r => r.Id, r => r.Severity == Severity.Off ? Severity.Info : r.Severity) };

    public static TheoryData<string> Names => [.. SecretShapes.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void NoOutputHoldsTheSecret(string name)
    {
        var (before, after) = (SecretShapes.All[name](SecretShapes.Old), SecretShapes.All[name](SecretShapes.New));
        var path = SecretShapes.FileOf(name);
        var analysis = ManifestAnalysis.Of([Manifest.Parse(path, after)], new AnalysisOptions(Everything));
        var said = new StringBuilder();
        foreach (var finding in analysis.Findings(path))
            said.AppendLine($"{finding.Rule.Id} {finding.Message} {finding.Path} {finding.Fix?.Title} {string.Join(" ", finding.Related)}");
        AddPlan(said, Planner.Plan([Manifest.Parse(path, after)],
            new Baseline("before", [Manifest.Parse(path, before)]) { IsEarlierState = true }, Settings.Default, new PlanOptions()));
        AddPlan(said, Planning.Plan("", after));
        foreach (var dialect in DialectCatalogue.All.OfType<ISnapshots>())
            said.AppendLine(dialect.Snapshot(new Baseline("live", [Manifest.Parse(path, before)]), new byte[32], holdsKey: true));
        SecretShapes.AssertHidden(said.ToString(), name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ASnapshotSaysWhetherItIsTheSame(string name)
    {
        var (before, after) = (SecretShapes.All[name](SecretShapes.Old), SecretShapes.All[name](SecretShapes.New));
        var manifest = Manifest.Parse(SecretShapes.FileOf(name), before);
        if (manifest.Source.Documents.Any(d => !d.Document.IsWhole))
            return;
        var key = new byte[32];
        var texts = DialectCatalogue.All.OfType<ISnapshots>()
            .Select(d => d.Snapshot(new Baseline("live", [manifest]), key, holdsKey: false));
        var baseline = new Baseline("snapshot", [Manifest.Parse("s.yaml", string.Join("---\n", texts.Where(t => t.Length > 0)))])
        { HashKey = key, IsEarlierState = true };
        var same = Planner.Plan([manifest], baseline, Settings.Default, new PlanOptions());
        Assert.DoesNotContain(same.Changes, c => c.Action is not (PlanAction.None or PlanAction.Unknown));
        // What is not seen of itself is seen as a change, where the platform takes it for one.
        var open = new Baseline("open", [manifest]) { IsEarlierState = true };
        var changed = Manifest.Parse(SecretShapes.FileOf(name), after);
        Assert.Equal(Actions(Planner.Plan([changed], open, Settings.Default, new PlanOptions())),
            Actions(Planner.Plan([changed], baseline, Settings.Default, new PlanOptions())));
    }

    private static IEnumerable<string> Actions(Plan plan) => plan.Changes.Select(c => $"{c.Id.Type} {c.Id.Name} {c.Action}");

    [Fact]
    public void AHiddenChangeIsStillAChange() =>
        Assert.Contains(
            Planning.Plan(SecretShapes.All["variable"](SecretShapes.Old), SecretShapes.All["variable"](SecretShapes.New))
                .Of("Pod", "p").Reasons,
            r => r is { IsSecret: true, From: null, To: null });

    private static void AddPlan(StringBuilder said, Plan plan)
    {
        said.AppendLine(string.Join("\n", plan.Notes));
        foreach (var change in plan.Changes)
        {
            said.AppendLine($"{change.Id} {change.Note} {string.Join("\n", change.Warnings.Select(w => w.Message))}");
            foreach (var reason in change.Reasons)
            {
                said.AppendLine($"{reason.Path} {reason.From} {reason.To} {reason.Why}");
                // What outputs show of the text.
                if (!reason.HidesLine && reason.Range is { } range && reason.Source is { } source)
                    said.AppendLine(source.Manifest.Source.Text.LineText(range.Start.Line));
            }
        }
    }
}
