using Repave.Core.Analysis;
using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Json;
using Repave.Core.Syntax.Yaml;
using Repave.Core.Tests.Rules;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Dialects.CloudFormation;

/// <summary>Broken templates of every sort: planned in both directions, asked for names and for what fits at a cursor;
/// nothing throws.</summary>
[Trait("Category", "Fuzz")]
public class MutatedTemplateTests
{
    private const int Count = 8_000;

    [Fact]
    public void NothingThrows()
    {
        string[] seeds = [File.ReadAllText(Path.Combine(Repository.Root, "samples", "stack", "orders.yaml")),
            .. RuleCatalogue.All.Where(r => r.Dialect == "cloudformation").Select(r => r.Bad)];
        Parallel.For(0, Count, i =>
        {
            var random = new Random(i);
            var seed = seeds[random.Next(seeds.Length)];
            var text = MutatedDocumentTests.Mutate(seed, random);
            try
            {
                var (whole, broken) = (Manifest.Parse("a.yaml", seed), Manifest.Parse("a.yaml", text));
                Planner.Plan([broken], new Baseline("before", [whole]) { IsEarlierState = true }, Settings.Default, new PlanOptions());
                Planner.Plan([whole], new Baseline("before", [broken]) { IsEarlierState = true }, Settings.Default, new PlanOptions());
                var check = ManifestAnalysis.Of([broken], new AnalysisOptions(Settings.Default)).Of("cloudformation");
                foreach (var slot in broken.Source.Documents)
                {
                    foreach (var name in ((INames)check).LocalNamesAt(slot.Document, random.Next(slot.Document.Text.Length + 1)))
                        Assert.InRange(name.Span.End, name.Span.Start, slot.Document.Text.Length);
                }

                var cursor = YamlCursor.At(text, random.Next(text.Length + 1));
                ((ICompletes)check).Locate(cursor, "template.yaml", text);
                Assert.All(cursor.Outline, entry => Assert.NotNull(entry.Path));
                if (JsonLanguage.Instance.CursorAt(text, random.Next(text.Length + 1)) is { } other)
                    ((ICompletes)check).Locate(other, "template.json", text);
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
            {
                throw new InvalidOperationException($"seed {i}: {exception.Message}\n{text}", exception);
            }
        });
    }
}
