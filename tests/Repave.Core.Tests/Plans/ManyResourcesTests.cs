using System.Globalization;
using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Tests.Plans;

/// <summary>Four times as many resources take about four times as long, and not sixteen. CPU time of this thread alone would miss the
/// others, so these run by themselves.</summary>
[CollectionDefinition(nameof(ManyResourcesTests), DisableParallelization = true)]
public sealed class ManyResourcesCollection;

/// <summary>Plans and checks of very many resources.</summary>
[Collection(nameof(ManyResourcesTests))]
public class ManyResourcesTests
{
    private const int Few = 1500;

    private static readonly Dictionary<string, Func<int, string, string>> Sets = new(StringComparer.Ordinal)
    {
        ["items of a list"] = (n, v) => "apiVersion: v1\nkind: List\nitems:\n" + Repeat(n * 2, i =>
            $"  - {{apiVersion: v1, kind: ConfigMap, metadata: {{name: c{i}}}, data: {{a: {v}}}}}\n"),
        ["one name in many namespaces"] = (n, v) => Repeat(n, i =>
            $"---\n{{apiVersion: v1, kind: ConfigMap, metadata: {{name: c, namespace: n{i}}}, data: {{a: {v}}}}}\n"),
        ["configuration of one pod"] = (n, v) => "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n    - name: c\n"
            + "      image: x:1\n      envFrom:\n" + Repeat(n, i => $"        - configMapRef: {{name: c{i}}}\n")
            + Repeat(n, i => $"---\n{{apiVersion: v1, kind: ConfigMap, metadata: {{name: c{i}}}, data: {{a: {v}}}}}\n"),
        ["workloads with budgets"] = (n, v) => Repeat(n / 2, i => $"---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: a{i}}}\n"
            + $"spec:\n  selector: {{matchLabels: {{app: a{i}}}}}\n  template:\n    metadata: {{labels: {{app: a{i}}}}}\n"
            + $"    spec: {{containers: [{{name: c, image: 'x:{v}'}}]}}\n---\napiVersion: policy/v1\nkind: PodDisruptionBudget\n"
            + $"metadata: {{name: b{i}}}\nspec: {{maxUnavailable: 0, selector: {{matchLabels: {{app: a{i}}}}}}}\n"),
        ["renames"] = (n, v) => Repeat(n, i =>
            $"---\n{{apiVersion: v1, kind: ConfigMap, metadata: {{name: {v}{i}x}}, data: {{a: b, c: d, e: f{i}}}}}\n"),
    };

    public static TheoryData<string> Names => [.. Sets.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void TakeTimeInProportion(string name)
    {
        Seconds(name, Few / 10);
        var (few, many) = (Seconds(name, Few), Seconds(name, Few * 4));
        // Quadratic would be sixteen; what a busy machine and the collector add is less.
        Assert.True(many < Math.Max(1, few * 10), $"{name}: {few:0.00} s and {many:0.00} s of CPU time");
    }

    private static double Seconds(string name, int count)
    {
        var (before, after) = (Sets[name](count, "old"), Sets[name](count, "new"));
        var start = Environment.CpuUsage.TotalTime.TotalSeconds;
        Assert.NotEmpty(Planning.Plan(before, after).Changes);
        Assert.NotEmpty(ManifestAnalysis.Of([Manifest.Parse("a.yaml", after)], new AnalysisOptions(Settings.Default)).Resources);
        return Environment.CpuUsage.TotalTime.TotalSeconds - start;
    }

    private static string Repeat(int count, Func<int, string> one) =>
        string.Concat(Enumerable.Range(0, count).Select(one)).ToString(CultureInfo.InvariantCulture);
}
