using System.Globalization;
using Repave.Core.Analysis;
using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Fuzz;

/// <summary>Mutates examples of every language and dialect, and holds each result against what must be true of any text. An input is made
/// from its number alone, so that each can be made again.</summary>
public sealed class Fuzzer
{
    private static readonly string[] Pieces =
    [
        "- ", ": ", "{", "}", "[", "]", "'", "\"", "|\n", ">\n", "&a ", "*a", "!!str ", "!Ref ", "!Sub ", "!", "%", "@", "`", "#", "---\n",
        "...\n", "\t", "\r\n", "\r", "\uFEFF", "\0",
        "<<: *a", "? ", ",", "~", "null", "0777", "yes", "1e309", "9007199254740993", "😀", "\uD83D", "\\ud800", "\u0085", "\u2028",
        "{{ x }}", "-", "\n\n", "  ", "# repave: ignore RPV1001 -- x\n",
        "on: x\n", "$patch: delete", "stringData:", "kind: Secret\n", "Fn::If", "${A}", "${", "apiVersion: v1\n", "Resources:\n", "uid: x",
        "-0", "1Gi", "//", "/*", "true", "{}", "[]",
    ];

    private readonly List<(string Path, string Text)> _seeds;
    private readonly AnalysisOptions _options = new(
        new Settings { Rules = RuleCatalogue.All.ToDictionary(r => r.Id, r => r.Severity == Severity.Off ? Severity.Info : r.Severity) });

    /// <summary>A fuzzer over the rules' own examples, and other texts.</summary>
    public Fuzzer(IEnumerable<(string Path, string Text)>? more = null)
    {
        _seeds = [.. RuleCatalogue.All.SelectMany(
            r => ((string[])[r.Bad, r.Good]).Where(t => t.Length > 0).Select(t => (Path: r.ExampleFile, Text: t))), .. more ?? []];
        // The same as JSON, where it is whole.
        foreach (var (path, text) in _seeds.ToList())
        {
            if (LanguageCatalogue.Of(path, text).ParseDocument(text) is { IsWhole: true, Root: { } root }
                && !text.Contains("---", StringComparison.Ordinal) && !text.Contains('!', StringComparison.Ordinal))
                _seeds.Add(("a.json", Core.Shapes.CanonicalJson.Of(root, asPlatform: true)));
        }
    }

    /// <summary>The slowest input so far, in seconds of CPU time.</summary>
    public (double Seconds, int Number) Slowest { get; private set; }

    /// <summary>The text of an input.</summary>
    public (string Path, string Text, string Before) Make(int number)
    {
        var random = new Random(number);
        var (path, seed) = _seeds[random.Next(_seeds.Count)];
        var before = Mutate(seed, random, random.Next(4));
        return (path, Mutate(before, random, random.Next(1, 4)), before);
    }

    /// <summary>What is wrong with an input; null if nothing is.</summary>
    public string? Run(int number)
    {
        var (path, text, before) = Make(number);
        var start = Environment.CpuUsage.TotalTime.TotalSeconds;
        string? wrong;
        try
        {
            wrong = Check(path, text, before, number);
        }
#pragma warning disable CA1031 // Whatever it is, it is what is looked for.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            wrong = exception.ToString();
        }

        var seconds = Environment.CpuUsage.TotalTime.TotalSeconds - start;
        if (seconds > Slowest.Seconds)
            Slowest = (seconds, number);
        return wrong ?? (seconds > 1 ? $"{seconds:0.0} s of CPU time" : null);
    }

    private string? Check(string path, string text, string before, int number)
    {
        var (old, manifest) = (Manifest.Parse(path, before), Manifest.Parse(path, text));
        var fresh = ManifestAnalysis.Of([manifest], _options);
        var findings = fresh.Findings(path);
        foreach (var finding in findings)
        {
            if (finding.FileSpan.Start < 0 || finding.FileSpan.End > text.Length || finding.FileSpan.End < finding.FileSpan.Start
                || finding.Message.Length == 0)
                return $"a finding outside its text: {finding.Rule.Id} {finding.FileSpan}";
            if (finding.Rule is RuleFailed)
                return finding.Message;
        }

        return CheckEdit(old, manifest, fresh) ?? (number % 4 == 0 ? CheckPlan(manifest, old) : null)
            ?? (number % 8 == 1 ? CheckFixes(path, text) : null);
    }

    // An edited state is what a fresh one is.
    private string? CheckEdit(Manifest old, Manifest manifest, ManifestAnalysis fresh)
    {
        if (old.Source.Language != manifest.Source.Language)
            return null;
        var edit = EditBetween(old.Source.Text.Content, manifest.Source.Text.Content);
        var edited = old.Source.With(edit);
        if (edited.Text.Content != manifest.Source.Text.Content)
            return "an edit gives another text";
        string Slots(SourceFile file) =>
            string.Join(";", file.Documents.Select(d => $"{d.Start}+{d.Document.Text.Length} {d.Document.Issues.Count}"));
        if (Slots(edited) != Slots(manifest.Source))
            return $"an edited file has other documents: {Slots(edited)} and not {Slots(manifest.Source)}";
        var settled = ManifestAnalysis.Of([old], _options).With(new Manifest(manifest.Path, edited)).Settle([], []);
        return Compare(Lines(fresh, manifest.Path), Lines(settled, manifest.Path), "an edited state is not what a fresh one is");
    }

    private static string? CheckPlan(Manifest manifest, Manifest old)
    {
        Planner.Plan([manifest], new Baseline("old", [old]) { IsEarlierState = true }, Settings.Default, new PlanOptions());
        var same = Planner.Plan([manifest], new Baseline("same", [manifest]) { IsEarlierState = true },
            Settings.Default, new PlanOptions());
        // What has no name, or stands twice, is no one thing that could stay.
        var names = new HashSet<ResourceId>();
        var once = new HashSet<ResourceId>();
        foreach (var change in same.Changes)
        {
            if (!names.Add(change.Id))
                once.Add(change.Id);
        }

        if (same.Changes.FirstOrDefault(c => c.Action is not (PlanAction.None or PlanAction.Unknown) && c.Id.Name.Length > 0
            && !once.Contains(c.Id)) is { } changed)
            return $"planned against itself, {changed.Id} is {changed.Action}: "
                + $"{string.Join("; ", changed.Reasons.Select(r => $"{r.Path} {r.From} {r.To}"))}";
        if (manifest.Source.Documents.Any(d => !d.Document.IsWhole))
            return null;
        var key = new byte[32];
        var texts = DialectCatalogue.All.OfType<ISnapshots>().Select(d => d.Snapshot(new Baseline("old", [manifest]), key, holdsKey: true));
        var text = string.Join("---\n", texts.Where(t => t.Length > 0));
        var against = Planner.Plan([manifest], new Baseline("snapshot", [Manifest.Parse("snapshot.yaml", text)]) { HashKey = key },
            Settings.Default, new PlanOptions());
        return against.Changes.FirstOrDefault(c => c.Action is not (PlanAction.None or PlanAction.Unknown)
            && c.Id.Name.Length > 0 && !once.Contains(c.Id) && DialectCatalogue.Of(c.Id.Dialect) is ISnapshots) is { } other
            ? "planned against its "
                + $"snapshot, {other.Id} is {other.Action}: {string.Join("; ", other.Reasons.Select(r => $"{r.Path} {r.From} {r.To}"))}"
            : null;
    }

    private string? CheckFixes(string path, string text)
    {
        for (var round = 0; round < 20; round++)
        {
            var manifest = Manifest.Parse(path, text);
            var findings = ManifestAnalysis.Of([manifest], _options).Findings(path).Where(f => f.Fix is not null).ToList();
            if (findings.Count == 0 || !FixApplier.Apply(findings).Texts.TryGetValue(manifest, out var next) || next == text)
                return null;
            text = next;
        }

        return "fixes do not settle";
    }

    private static string Lines(ManifestAnalysis analysis, string path) =>
        string.Join("\n", analysis.Findings(path)
            .Select(f => $"{f.Rule.Id} {f.FileSpan.Start.ToString(CultureInfo.InvariantCulture)} {f.Severity} {f.Message}"));

    private static string? Compare(string one, string other, string what) => one == other ? null : $"{what}:\n{one}\n--\n{other}";

    private static TextEdit EditBetween(string before, string after)
    {
        var start = 0;
        while (start < before.Length && start < after.Length && before[start] == after[start])
            start++;
        var (oldEnd, newEnd) = (before.Length, after.Length);
        while (oldEnd > start && newEnd > start && before[oldEnd - 1] == after[newEnd - 1])
            (oldEnd, newEnd) = (oldEnd - 1, newEnd - 1);
        return new TextEdit(new TextSpan(start, oldEnd), after[start..newEnd]);
    }

    private static string Mutate(string text, Random random, int times)
    {
        for (; times > 0; times--)
        {
            var at = random.Next(text.Length + 1);
            var length = Math.Min(random.Next(16), text.Length - at);
            text = random.Next(6) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, text.Substring(at, length)),
                2 => text.Insert(at, text[..Math.Min(text.Length, random.Next(400))]),
                _ => text.Remove(at, random.Next(2) * length).Insert(at, Pieces[random.Next(Pieces.Length)]),
            };
        }

        return text;
    }
}
