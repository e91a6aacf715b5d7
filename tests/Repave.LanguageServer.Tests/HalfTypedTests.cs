using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Tests.Support;
using Repave.LanguageServer.Features;
using Repave.LanguageServer.Protocol;

namespace Repave.LanguageServer.Tests;

/// <summary>While a line is half typed, what is said of the other lines stays. Public manifests, in states between two keys; the long form
/// (REPAVE_LONG=1) takes 10,000, REPAVE_HALF_TYPED=N takes N.</summary>
public class HalfTypedTests(ITestOutputHelper output)
{
    private const int Seed = 20261126;
    private const int MaxFileLength = 20_000;
    private const int MaxLines = 400;
    private const int HoversAState = 12;

    [Fact]
    public void WhatIsSaidOfOtherLinesStays()
    {
        var states = int.TryParse(Environment.GetEnvironmentVariable("REPAVE_HALF_TYPED"), out var wanted) ? wanted
            : Environment.GetEnvironmentVariable("REPAVE_LONG") == "1" ? 10_000 : 200;
        var files = Directory.EnumerateFiles(SharedData.Require("data/corpus"), "*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".yaml", StringComparison.Ordinal) || f.EndsWith(".yml", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(File.ReadAllText).Where(t => t.Length < MaxFileLength)
            .Select(text => text.Replace("\r\n", "\n", StringComparison.Ordinal)).ToList();
        var random = new Random(Seed);
        var (kept, all, added, worst) = (0, 0, 0, new List<(int Lost, int Of, string Edit)>());
        for (var made = 0; made < states;)
        {
            var text = files[random.Next(files.Count)];
            var before = new State(text);
            if (!before.Analysis.Resources.Any() || text.Split('\n') is { Length: < 4 or > MaxLines })
                continue;
            made++;
            var (edited, line, linesAdded, what) = HalfType(text, random);
            var after = new State(edited);
            // The line itself, and one that was put in behind it.
            bool IsEdited(int at) => at == line || (linesAdded > 0 && at == line + 1);
            int Moved(int at) => at > line ? at + linesAdded : at;
            var old = before.Said(random.Next(), HoversAState).Where(s => s.Line != line)
                .Select(s => (Moved(s.Line), s.Text)).ToList();
            var now = after.Everything();
            var stays = old.Count(now.Contains);
            kept += stays;
            all += old.Count;
            added += after.Findings().Count(f => !IsEdited(f.Line)
                && !before.Findings().Contains((f.Line > line ? f.Line - linesAdded : f.Line, f.Text)));
            if (old.Count > 0 && stays < old.Count)
                worst.Add((old.Count - stays, old.Count, what));
        }

        var share = (double)kept / all;
        output.WriteLine($"{states} states: {kept:N0} of {all:N0} stay as they were ({share:P2}); {added} findings come to other lines.");
        foreach (var (lost, of, edit) in worst.OrderByDescending(w => w.Lost).Take(60))
            output.WriteLine($"{lost} of {of}: {edit}");
        Assert.True(share >= Least, $"{share:P2} stay");
    }

    // What stays of 10,000 states; the few of the short form scatter.
    private const double Least = 0.98;

    // What is true of the other lines of a document depends on these.
    private static bool SaysWhatItIs(string line) => line.TrimStart() is var text && (text.StartsWith("kind:", StringComparison.Ordinal)
        || text.StartsWith("apiVersion:", StringComparison.Ordinal) || text.StartsWith("Type:", StringComparison.Ordinal)
        || text.StartsWith("Resources:", StringComparison.Ordinal));

    private static (string Text, int Line, int LinesAdded, string What) HalfType(string text, Random random)
    {
        var lines = text.Split('\n').ToList();
        int line;
        do
        {
            line = random.Next(lines.Count);
        }
        while (lines[line].Trim().Length < 3 || lines[line].StartsWith("---", StringComparison.Ordinal)
            || lines[line].TrimStart().StartsWith('#') || SaysWhatItIs(lines[line]));
        var old = lines[line];
        var indentation = old.Length - old.TrimStart().Length;
        var other = lines[random.Next(lines.Count)].Trim();
        switch (random.Next(3))
        {
            case 0:
                // As it stood before its last keys were typed.
                lines[line] = old[..random.Next(indentation + 1, old.Length)];
                return (string.Join('\n', lines), line, 0, $"'{old}' as '{lines[line]}'");
            case 1:
                // The beginning of a key on a line of its own.
                var key = other.Length > 0 && char.IsLetter(other[0]) ? other : "template";
                var begun = new string(' ', indentation) + key[..Math.Min(key.Length, random.Next(1, 7))];
                lines.Insert(line + 1, begun);
                return (string.Join('\n', lines), line, 1, $"'{begun}' behind '{old}'");
            default:
                var piece = other.Length == 0 ? "x" : other[..random.Next(1, other.Length + 1)];
                var at = random.Next(indentation, old.Length + 1);
                lines[line] = old[..at] + piece + old[at..];
                return (string.Join('\n', lines), line, 0, $"'{old}' as '{lines[line]}'");
        }
    }

    private sealed class State
    {
        private static readonly Positions Places = new(isUtf8: false);
        private readonly OpenDocument _document;
        private List<(int Line, string Text)>? _findings;

        public State(string text)
        {
            var manifest = Manifest.Parse("a.yaml", text);
            Analysis = ManifestAnalysis.Of(1, _ => manifest, new AnalysisOptions(Settings.Default));
            _document = new OpenDocument("file:///a.yaml", 1, manifest);
        }

        public ManifestAnalysis Analysis { get; }

        public List<(int Line, string Text)> Findings() => _findings ??=
            [.. Analysis.Findings("a.yaml").Select(f => (f.Range.Start.Line, $"finding {f.Rule.Id} {f.Message}"))];

        public List<(int Line, string Text)> Said(int seed, int hovers)
        {
            var random = new Random(seed);
            var count = _document.Text.PositionOf(_document.Text.Content.Length).Line + 1;
            return [.. Findings(), .. Outline(),
                .. Enumerable.Range(0, hovers).Select(_ => random.Next(count)).Distinct().SelectMany(Hover)];
        }

        public HashSet<(int Line, string Text)> Everything()
        {
            var count = _document.Text.PositionOf(_document.Text.Content.Length).Line + 1;
            return [.. Findings(), .. Outline(), .. Enumerable.Range(0, count).SelectMany(Hover)];
        }

        private IEnumerable<(int Line, string Text)> Hover(int line)
        {
            var text = _document.Text.LineText(line);
            var column = text.Length - text.TrimStart(' ', '-').Length;
            if (column < text.Length && Hovers.At(_document, new Position(line, column), Analysis, Places) is { } hover)
                yield return (line, "hover " + hover.Contents.Value);
        }

        private IEnumerable<(int Line, string Text)> Outline() =>
            Symbols.Of(_document, Analysis, Places).SelectMany(Flat);

        private static IEnumerable<(int Line, string Text)> Flat(DocumentSymbol symbol) =>
            symbol.Children.SelectMany(Flat).Prepend((symbol.SelectionRange.Start.Line, $"symbol {symbol.Name}"));
    }
}
