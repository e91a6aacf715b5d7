using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Rules;

/// <summary>Input that is made to hurt: each is answered with a finding in under a second of CPU.</summary>
[Collection(nameof(Alone))]
public class HostileInputTests
{
    private const string Head = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n";

    public static TheoryData<string, string> Inputs => new()
    {
        { "flow sequences", Head + "data: " + Repeat("[", 100_000) },
        { "flow mappings", Head + "data: " + Repeat("{a: ", 100_000) },
        { "sequences on one line", Head + "data:\n  " + Repeat("- ", 100_000) },
        { "explicit keys", Head + "data:\n  " + Repeat("? ", 100_000) },
        { "sequences over lines", Head + "data: " + Repeat("[\n", 100_000) },
        { "alias bomb", Head + "data:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + string.Concat(
            Enumerable.Range(1, 30).Select(i => $"  a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n")) },
        { "alias bomb by merge keys", Head + "data:\n  a0: &a0 {x: y}\n" + string.Concat(
            Enumerable.Range(1, 60).Select(i => $"  a{i}: &a{i} {{<<: [*a{i - 1}, *a{i - 1}], k{i}: [*a{i - 1}, *a{i - 1}]}}\n")) },
        { "alias to itself", Head + "data: &self\n  a: *self\n" },
        { "unclosed quote", Head + "data:\n  a: \"" + Repeat("x\n", 200_000) },
        { "too long", Head + "data:\n  a: " + new string('x', 17 * 1024 * 1024) + "\n" },
    };

    [Theory]
    [MemberData(nameof(Inputs))]
    public void IsAnsweredWithAFindingInUnderASecond(string name, string text)
    {
        // The first call compiles; what is timed is the second.
        ManifestAnalysis.Check([Manifest.Parse("warm.yaml", Head + "data: {a: *b}\n")], new AnalysisOptions(Settings.Default));
        var bound = TimeSpan.FromSeconds(1);
        IReadOnlyList<Finding> found = [];
        var took = Timing.Least(bound,
            () => found = ManifestAnalysis.Check([Manifest.Parse("hostile.yaml", text)], new AnalysisOptions(Settings.Default)).Findings);
        Assert.True(took < bound, $"{name} took {took.TotalMilliseconds} ms");
        Assert.Contains(found, f => f.Rule.Id is "RPV0001" or "RPV0003");
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
