using Repave.Core.Analysis;
using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax;
using Repave.Core.Tests.Support;
using Repave.Core.Text;

namespace Repave.LanguageServer.Tests.Completion;

/// <summary>Real manifests, out of which one key is taken: it must be among those that are offered there.</summary>
public sealed class PublicFileTests(ITestOutputHelper output)
{
    private const int Files = 120;
    private const int KeysOfAFile = 6;

    [Fact]
    public void AKeyThatWasTakenOutIsOffered()
    {
        var random = new Random(7);
        var files = Directory.EnumerateFiles(SharedData.Require("data/corpus/kubernetes"), "*.yaml", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).OrderBy(_ => random.Next()).Take(Files);
        var (asked, missed) = (0, new List<string>());
        foreach (var file in files)
        {
            var manifest = Manifest.Parse(Path.GetFileName(file), File.ReadAllText(file).Replace("\r\n", "\n", StringComparison.Ordinal));
            var analysis = ManifestAnalysis.Of([manifest], new AnalysisOptions(Settings.Default));
            foreach (var key in analysis.ResourcesOf(manifest.Path).OfType<TreeResource>().SelectMany(r => KnownKeys(r, analysis))
                .OrderBy(_ => random.Next()).Take(KeysOfAFile))
            {
                asked++;
                if (!IsOffered(manifest, analysis, key))
                    missed.Add($"{file}:{manifest.Source.Text.PositionOf(key.Start).Line + 1} {manifest.Source.Text.TextOf(key)}");
            }
        }

        output.WriteLine($"{asked - missed.Count} of {asked} keys are offered\n{string.Join('\n', missed)}");
        Assert.InRange(missed.Count, 0, asked / 50);
        Assert.InRange(asked, Files, int.MaxValue);
    }

    private static bool IsOffered(Manifest manifest, ManifestAnalysis analysis, TextSpan key)
    {
        var text = manifest.Source.Text;
        var end = text.LineEnd(text.PositionOf(key.Start).Line);
        var cut = manifest with { Source = manifest.Source.With(new TextEdit(new TextSpan(key.Start, end), "")) };
        var document = new OpenDocument("file:///" + manifest.Path, 1, cut);
        var positions = new Positions(isUtf8: false);
        var place = positions.RangeOf(document.Text, new TextSpan(key.Start, key.Start)).Start;
        return Features.Completion.At(document, place, analysis.With(cut), positions, takesSnippets: true).Items
            .Any(i => i.Label == text.TextOf(key));
    }

    // Keys of a line of their own that the schema knows and the map has once; not those that say which schema it is.
    private static IEnumerable<TextSpan> KnownKeys(TreeResource resource, ManifestAnalysis analysis)
    {
        if ((analysis.Of(resource.Id.Dialect) as IDescribes)?.ShapeOf(Features.Resources.HeadOf(resource.Root)) is not { } shape)
            yield break;
        foreach (var map in Maps(resource.Root))
        {
            var fields = shape.At(Features.Resources.StepsOf(map, resource.Root))?.Fields;
            foreach (var entry in map.Entries.Where(e => map != resource.Root || e.Name is not ("kind" or "apiVersion")))
            {
                var (key, text) = (entry.Key.Span, resource.Slot.Document.Text);
                var line = key.Start == 0 ? 0 : text.LastIndexOf('\n', key.Start - 1) + 1;
                if (entry.Name is { } name && fields?[name] is not null && map.Entries.Count(e => e.Name == name) == 1
                    && entry.Value is ScalarNode { Style: not (NodeStyle.Literal or NodeStyle.Folded) } value
                    && text.IndexOf('\n', key.Start) is var end && (end < 0 || value.Span.End <= end)
                    && text[line..key.Start].Trim(' ', '-').Length == 0)
                    yield return key.Shift(resource.Slot.Start);
            }
        }
    }

    private static IEnumerable<MapNode> Maps(Node node) => node switch
    {
        MapNode map => map.Entries.SelectMany(e => Maps(e.Value)).Prepend(map),
        ListNode list => list.Items.SelectMany(Maps),
        _ => [],
    };
}
