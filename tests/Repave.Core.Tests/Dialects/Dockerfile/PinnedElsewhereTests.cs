using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Tests.Dialects.Dockerfile;

/// <summary>The fix that pins an image to the digest that its tag has elsewhere in the repository.</summary>
public class PinnedElsewhereTests
{
    private const string One = "sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d";
    private const string Other = "sha256:34454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d";

    private static readonly Settings On = Settings.Default.WithRules(
        new Dictionary<string, Severity> { ["RPV1087"] = Severity.Info, ["RPV1086"] = Severity.Info });

    [Theory]
    [InlineData("FROM alpine:3.20 AS a\nCOPY --from=tools/b:1 /a /b\n", "FROM alpine:3.20@" + One
        + " AS a\nCOPY --from=tools/b:1@" + One + " /a /b\n")]
    [InlineData("FROM alpine:3.21\n", null)]
    [InlineData("FROM twice:1\n", null)]
    [InlineData("ARG V=3.20\nFROM alpine:$V\n", null)]
    public void TheDigestIsThatOfTheSameTag(string text, string? pinned)
    {
        var manifest = Manifest.Parse("b/Dockerfile", text);
        var analysis = ManifestAnalysis.Of(
            [
                manifest,
                Manifest.Parse("a/Dockerfile", $"FROM alpine:3.20@{One}\nFROM twice:1@{One}\nFROM twice:1@{Other}\nFROM tools/b:1@{One}\n"),
            ], new AnalysisOptions(On));
        var fixes = analysis.Findings("b/Dockerfile").Select(f => f.Fix).OfType<Fix>().ToList();
        if (pinned is null)
        {
            Assert.Empty(fixes);
            return;
        }

        foreach (var edit in fixes.SelectMany(f => f.Written!).Select(w => w.Edit).OrderByDescending(e => e.Span.Start))
            text = text[..edit.Span.Start] + edit.NewText + text[edit.Span.End..];
        Assert.Equal(pinned, text);
    }
}
