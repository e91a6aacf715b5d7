using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Yaml;
using Repave.Core.Text;

namespace Repave.LanguageServer.Tests;

/// <summary>Many random edits, after which everything is as if the text had just been opened.</summary>
public class EditingSessionTests
{
    private const int Edits = 10_000;

    private static readonly string[] Pieces =
    [
        "a", " ", "\n", "  ", ":", ": ", "- ", "---\n", "\"", "'", "#", "{", "}", "[", "]", "yes", "replicas", "1", "\r\n", "é", "🙂", "\t",
        "|\n", "&x", "*x",
    ];

    [Fact]
    public void TenThousandEditsEndWhereAFreshParseBegins()
    {
        var random = new Random(51);
        var start = string.Concat(RuleCatalogue.All.Where(r => r.Dialect is not null).Take(25).Select(r => r.Bad.TrimEnd() + "\n---\n"));
        var workspace = new Workspace();
        var document = new OpenDocument("file:///a.yaml", 0, Manifest.Parse("/a.yaml", start));
        workspace.Update(document);
        workspace.Settle((_, _) => { }, out _, default);
        for (var i = 1; i <= Edits; i++)
        {
            var text = document.Text;
            var at = random.Next(text.Length + 1);
            // As people do: mostly a character or two, now and then a line, now and then back to what was.
            var length = random.Next(4) switch
            {
                0 => Math.Min(random.Next(40), text.Length - at),
                1 =>
                Math.Min(1, text.Length - at),
                _ => 0
            };
            var edit = text.Length > 30_000 ? new TextEdit(new TextSpan(0, text.Length), start)
                : new TextEdit(new TextSpan(at, at + length), Pieces[random.Next(Pieces.Length)]);
            document = new OpenDocument(document.Uri, i, document.Manifest with { Source = document.File.With(edit) });
            var findings = workspace.Update(document);
            if (i % 250 != 0)
                continue;
            var fresh = YamlLanguage.Instance.Parse(document.Text.Content);
            Assert.Equal(fresh.Documents.Select(d => (d.Start, d.Document.Text)),
                document.File.Documents.Select(d => (d.Start, d.Document.Text)));
            // What single documents say of themselves is the same; what they mean to each other a whole check finds.
            Assert.True(workspace.Settle((_, _) => { }, out _, default));
            var expected = ManifestAnalysis.Check([Manifest.Parse("/a.yaml", document.Text.Content)],
                new AnalysisOptions(Settings.Default)).Findings;
            Assert.Equal(Lines(expected), Lines(workspace.Findings("/a.yaml")));
            Assert.Equal(Lines(expected), Lines(workspace.Update(document)));
            Assert.All(findings, f => Assert.True(f.FileSpan.End <= document.Text.Length + 1));
        }
    }

    private static List<string> Lines(IReadOnlyList<Finding> findings) =>
        [.. findings.Select(f => $"{f.Range.Start.Line}:{f.Range.Start.Character} {f.Rule.Id} {f.Message}").Order(StringComparer.Ordinal)];
}
