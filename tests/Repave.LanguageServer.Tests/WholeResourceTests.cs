using System.Text.RegularExpressions;
using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.LanguageServer.Protocol;

namespace Repave.LanguageServer.Tests;

/// <summary>Whatever is offered as a whole resource is valid as it is inserted, with the texts of its tab stops.</summary>
public sealed partial class WholeResourceTests(ITestOutputHelper output)
{
    private const int Structure = 22;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WhatIsInsertedIsValid(bool takesSnippets)
    {
        var manifest = Manifest.Parse("a.yaml", "");
        var options = new AnalysisOptions(Settings.Default);
        var document = new OpenDocument("file:///a.yaml", 1, manifest);
        var analysisOfNothing = ManifestAnalysis.Of(1, _ => manifest, options);
        var items = Features.Completion.At(document, new Position(0, 0), analysisOfNothing, new Positions(isUtf8: false), takesSnippets)
            .Items.Where(i => i.Kind == Structure).ToList();
        Assert.True(items.Count > 30, $"{items.Count} kinds");
        var wrong = new List<string>();
        foreach (var item in items)
        {
            var text = item.TextEdit.NewText;
            if (takesSnippets)
            {
                Assert.Equal(2, item.InsertTextFormat);
                Assert.Contains("${1:", text, StringComparison.Ordinal);
                text = Stop().Replace(text, stop => stop.Groups["text"].Value.Replace("\\}", "}", StringComparison.Ordinal));
            }

            Assert.DoesNotContain("$", text, StringComparison.Ordinal);
            var analysis = ManifestAnalysis.Of([Manifest.Parse("a.yaml", text)], options);
            Assert.Equal(item.Label, Assert.Single(analysis.Resources).Id.Type.Split('/')[^1].Split('.')[0]);
            foreach (var error in analysis.Findings("a.yaml").Where(f => f.Severity == Severity.Error))
                wrong.Add($"{item.Label}: {error.Rule.Id} {error.Message}\n{text}");
        }

        output.WriteLine($"{items.Count} kinds");
        Assert.True(wrong.Count == 0, string.Join("\n\n", wrong));
    }

    [GeneratedRegex(@"\$\{\d+:(?<text>(?:\\\}|[^}])*)\}|\$\d+")]
    private static partial Regex Stop();
}
