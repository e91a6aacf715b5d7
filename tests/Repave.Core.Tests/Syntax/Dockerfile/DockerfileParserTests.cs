using Repave.Core.Analysis;
using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Core.Syntax.Dockerfile;
using Repave.Core.Text;

namespace Repave.Core.Tests.Syntax.Dockerfile;

public class DockerfileParserTests
{
    [Fact]
    public void InstructionsHaveTheirWordsAndPlaces()
    {
        const string Text = "# syntax=docker/dockerfile:1\n\nfrom --platform=linux/amd64 alpine:3.20 as base\nENV A=\"b c\" D=e\n"
            + "CMD [\"sh\", \"-c\", \"echo \\\"x\\\"\"]\n";
        var document = Parse(Text);
        Assert.Empty(document.Issues);
        Assert.Equal(["FROM", "ENV", "CMD"], document.Instructions.Select(i => i.Keyword));
        var (from, env, cmd) = (document.Instructions[0], document.Instructions[1], document.Instructions[2]);
        Assert.Equal("linux/amd64", from.Flag("platform"));
        Assert.Equal(["alpine:3.20", "as", "base"], from.Words.Select(w => w.Text));
        Assert.Equal("from", At(Text, from.KeywordSpan));
        Assert.Equal("alpine:3.20 as base", At(Text, from.WordsSpan));
        Assert.Equal(["A=b c", "D=e"], env.Words.Select(w => w.Text));
        Assert.Equal("A=\"b c\"", At(Text, env.Words[0].Span));
        Assert.True(cmd.IsExec);
        Assert.Equal(["sh", "-c", "echo \"x\""], cmd.Words.Select(w => w.Text));
        Assert.Equal("\"sh\"", At(Text, cmd.Words[0].Span));
    }

    [Fact]
    public void LinesGoOnOverCommentsAndEmptyLines()
    {
        const string Text = "FROM a:1\nRUN one \\  \n  # why\n\n  && two \\\n  three\nUSER 1\n";
        var document = Parse(Text);
        Assert.Equal(["FROM", "RUN", "USER"], document.Instructions.Select(i => i.Keyword));
        Assert.Equal(["one", "&&", "two", "three"], document.Instructions[1].Words.Select(w => w.Text));
        Assert.Equal("why", Assert.Single(document.Comments).Text);
        Assert.EndsWith("three", At(Text, document.Instructions[1].Span), StringComparison.Ordinal);
    }

    [Fact]
    public void TheEscapeDirectiveCounts()
    {
        var document = Parse("# escape=`\nFROM a:1\nCOPY a c:\\\nRUN one `\n  two\n");
        Assert.Equal(["FROM", "COPY", "RUN"], document.Instructions.Select(i => i.Keyword));
        Assert.Equal(["one", "two"], document.Instructions[2].Words.Select(w => w.Text));
        Assert.Equal(["a", "c:\\"], document.Instructions[1].Words.Select(w => w.Text));
    }

    [Fact]
    public void HereDocumentsAreOneInstruction()
    {
        const string Text = "FROM a:1\nRUN <<EOF bash && cat <<-'OTHER' > x\napt-get update\nFROM nothing\nEOF\n\tone\n\tOTHER\n"
            + "COPY <<cfg /etc/cfg\na=b\ncfg\nRUN cat <<< here\n";
        var document = Parse(Text);
        Assert.Empty(document.Issues);
        Assert.Equal(["FROM", "RUN", "COPY", "RUN"], document.Instructions.Select(i => i.Keyword));
        Assert.Equal(["apt-get update\nFROM nothing\n", "one\n"], document.Instructions[1].HereDocuments.Select(h => h.Content));
        Assert.Equal(["a=b\n"], document.Instructions[2].HereDocuments.Select(h => h.Content));
        Assert.EndsWith("OTHER", At(Text, document.Instructions[1].Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FROM a:1\n‹COPPY› a b\nRUN x\n", "Unknown instruction 'COPPY'. Did you mean COPY?")]
    [InlineData("FROM a:1\n‹RUN› <<EOF\nx\n", "The here-document 'EOF' is not closed: a line with 'EOF' alone is missing.")]
    public void WhatIsWrongIsSaidAndTheRestIsRead(string marked, string message)
    {
        var start = marked.IndexOf('‹', StringComparison.Ordinal);
        var end = marked.IndexOf('›', StringComparison.Ordinal) - 1;
        var document = Parse(marked.Replace("‹", "", StringComparison.Ordinal).Replace("›", "", StringComparison.Ordinal));
        var issue = Assert.Single(document.Issues);
        Assert.Equal((new TextSpan(start, end), message), (issue.Span, issue.Message));
        Assert.Equal("FROM", document.Instructions[0].Keyword);
    }

    [Theory]
    [InlineData("Dockerfile", "dockerfile")]
    [InlineData("web/web.Dockerfile", "dockerfile")]
    [InlineData("Dockerfile.test", "dockerfile")]
    [InlineData("Containerfile", "dockerfile")]
    [InlineData("Dockerfile.dockerignore", "yaml")]
    [InlineData("MyDockerfile", "yaml")]
    [InlineData("dockerfile.yaml", "yaml")]
    public void FilesAreKnownByTheirNames(string path, string language) =>
        Assert.Equal(language, Manifest.Parse(path, "FROM alpine:3.20\n").Source.Language.Name);

    [Theory]
    [InlineData("FROM alpine\n", 1, 0)]
    [InlineData("# nothing is built here\n", 0, 0)]
    [InlineData("{% if x %}\nFROM alpine\n{% endif %}\n", 0, 1)]
    public void StagesAreResourcesAndTemplatesAreLeftAlone(string text, int resources, int templates)
    {
        var result = ManifestAnalysis.Check([Manifest.Parse("Dockerfile", text)], new AnalysisOptions(Settings.Default));
        Assert.Equal((resources, templates), (result.Resources, result.Templates));
        Assert.Equal(resources, result.Findings.Count(f => f.Rule.Id == "RPV1080"));
    }

    [Fact]
    public void SuppressionsHold()
    {
        var result = ManifestAnalysis.Check([Manifest.Parse("Dockerfile", "# repave: ignore RPV1080 -- rebuilt nightly\nFROM alpine\n")],
            new AnalysisOptions(Settings.Default));
        Assert.Empty(result.Findings);
    }

    [Fact]
    public void PlansLeaveThemAloneWithoutAWord()
    {
        var (before, after) = (Manifest.Parse("Dockerfile", "FROM alpine:3.19\n"),
            Manifest.Parse("Dockerfile", "FROM alpine:3.20\nCOPPY a b\n"));
        var plan = Planner.Plan([after], new Baseline("before", [before]) { IsEarlierState = true }, Settings.Default, new PlanOptions());
        Assert.Empty(plan.Changes);
        Assert.Empty(plan.Notes);
    }

    [Fact]
    public void NoTextMakesItFail()
    {
        string[] pieces =
        [
            "FROM", " ", "a:1", "\n", "\\\n", "\\", "#", "RUN", "<<EOF", "EOF\n", "\"", "'", "[", "]", ",", "--x=y", "$", "${", "}", "\t",
            "\r\n", "# escape=`\n", "`\n", "é", "<<", "-", "ADD https://x y",
        ];
        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var text = string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => pieces[random.Next(pieces.Length)]));
            var document = Parse(text);
            Assert.All(document.Instructions, i => Assert.True(
                i.Span.Start >= 0 && i.Span.End <= text.Length && i.Words.All(w => i.Span.Contains(w.Span)), $"{seed}: {text}"));
            var file = Manifest.Parse("Dockerfile", text);
            DialectCatalogue.Of("dockerfile").Read(file, new(0, document));
        }
    }

    [Fact]
    public void MutatedFilesGiveFindingsAndNothingElse()
    {
        // The long run is asked for by the number of files.
        var count = int.TryParse(Environment.GetEnvironmentVariable("REPAVE_MUTATED_DOCKERFILES"), out var asked) ? asked : 1_500;
        string[] tokens = ["\\\n", "<<EOF ", "\nEOF\n", "${", "}", "\"", "'", "[", "--from=", "--mount=", "ARG ", "FROM ",
            "\t", "\r", "\0", "`",
            "ONBUILD ", "$X", "#", "é", "😀"];
        var seeds = RuleCatalogue.All.Where(r => r.Dialect == "dockerfile").SelectMany(r => new[] { r.Bad, r.Good }).ToList();
        var settings = new Settings { Rules = RuleCatalogue.All.ToDictionary(r => r.Id, r => r.Severity) };
        Parallel.For(0, count, seed =>
        {
            var random = new Random(seed);
            var text = seeds[random.Next(seeds.Count)] + "\n" + seeds[random.Next(seeds.Count)];
            for (var changes = random.Next(1, 6); changes > 0; changes--)
            {
                var at = random.Next(text.Length);
                text = random.Next(4) switch
                {
                    0 => text.Insert(at, tokens[random.Next(tokens.Length)]),
                    1 => text.Remove(at, Math.Min(random.Next(1, 20), text.Length - at)) + "\n",
                    2 => text.Insert(at, text.Substring(at, Math.Min(random.Next(1, 60), text.Length - at))),
                    _ => text[..at] + (char)random.Next(1, 0x250) + text[(at + 1)..],
                };
            }

            var result = ManifestAnalysis.Check([Manifest.Parse("Dockerfile", text)], new AnalysisOptions(settings));
            Assert.All(result.Findings, f => Assert.True(
                f.Rule.Id != "RPV0004" && f.FileSpan.Start >= 0 && f.FileSpan.End <= text.Length && f.FileSpan.Start <= f.FileSpan.End,
                $"{seed}: {f.Rule.Id} {f.Message}\n{text}"));
        });
    }

    private static DockerfileDocument Parse(string text) => (DockerfileDocument)DockerfileLanguage.Instance.ParseDocument(text);

    private static string At(string text, TextSpan span) => text.Substring(span.Start, span.Length);
}
