using Repave.Core.Plans;
using Repave.Core.Rules;

namespace Repave.Core.Tests.Plans;

/// <summary>No input makes a plan throw.</summary>
[Trait("Category", "Fuzz")]
public class MutatedPlanTests
{
    private const int Rounds = 4_000;

    private static readonly string[] Pieces =
    [
        "{}", "[]", "null", "~", "- ", ": ", "&a ", "*a", "<<: *a", "\n", "  ", "\"", "'", "1Gi", "-1", "true", "spec:", "metadata:",
        "$patch: delete", "0x50", "|\n", "immutable: true", "uid: x", "type: ExternalName",
    ];

    [Fact]
    public void MutatedManifestsArePlanned()
    {
        var random = new Random(20261121);
        var texts = RuleCatalogue.All.Where(r => r.Dialect == "kubernetes" || r is PlanRule)
            .SelectMany(r => (string[])[r.Bad, r.Good]).ToList();
        for (var round = 0; round < Rounds; round++)
        {
            var before = texts[random.Next(texts.Count)];
            var after = random.Next(3) == 0 ? texts[random.Next(texts.Count)] : before;
            var plan = Planning.Plan(Mutate(before, random), Mutate(after, random));
            foreach (var change in plan.Changes)
            {
                Assert.True(change.Action != PlanAction.Replace || change.Mechanism is not null);
                Assert.All(change.Reasons,
                    r => Assert.True(r.Source is null || r.Range!.Value.End.Line < r.Source.Manifest.Source.Text.LineCount));
            }
        }
    }

    private static string Mutate(string text, Random random)
    {
        for (var i = random.Next(4); i > 0; i--)
        {
            var at = random.Next(text.Length + 1);
            var length = Math.Min(random.Next(12), text.Length - at);
            text = text.Remove(at, length).Insert(at, random.Next(2) == 0 ? Pieces[random.Next(Pieces.Length)] : "");
        }

        return text;
    }
}
