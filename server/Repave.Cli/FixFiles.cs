using System.Text;
using DiffPlex;
using DiffPlex.Model;
using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Environments;
using Repave.Environments.Files;

namespace Repave.Cli;

/// <summary>Applies fixes to files round after round, until no fix is left, or shows what that would change.</summary>
internal static class FixFiles
{
    private const int MaxRounds = 10;

    /// <summary>Runs a check, fixes what it can, and checks again.</summary>
    /// <param name="run">The check.</param>
    /// <param name="report">What of a result is reported; nothing else is fixed.</param>
    /// <param name="showsOnly">Whether to print the changes as a unified diff instead of writing them.</param>
    public static CheckResult Run(CheckRun run, Func<CheckResult, CheckResult> report, bool showsOnly)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var originals = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var together = new FileGroups();
        var fixes = new List<string>();
        var result = run.Check(texts);
        for (var round = 0; round < MaxRounds; round++)
        {
            // A fix that would change a file that is not written is not made at all.
            var changes =
                FixApplier.Apply(report(result).Findings.Where(f => f.Fix?.Written?.Any(e => !MayWrite(run, e.File.Path)) != true));
            if (changes.Applied.Count == 0)
                break;
            foreach (var finding in changes.Applied)
            {
                var files = finding.Fix!.Written!.Select(e => e.File.Path).ToList();
                fixes.Add(files[0]);
                together.Join(files);
            }

            foreach (var (manifest, text) in changes.Texts)
            {
                originals.TryAdd(manifest.Path, manifest.Source.Text.Content);
                texts[manifest.Path] = text;
            }

            result = run.Check(texts);
        }

        if (showsOnly)
        {
            foreach (var (path, before) in originals)
                WriteDiff(path, before, texts[path]);
            return result;
        }

        var failed = Write(run, together.Of(originals.Keys), originals, texts);
        var count = fixes.Count(path => !failed.Contains(path));
        var written = originals.Count - failed.Count;
        Console.Error.WriteLine($"Fixed {count} finding{(count == 1 ? "" : "s")} in {written} file{(written == 1 ? "" : "s")}.");
        if (failed.Count == 0)
            return result;
        // What could not be written stands as it did.
        foreach (var path in failed)
            texts.Remove(path);
        return run.Check(texts);
    }

    // Files that nobody named are not written. What a fixture holds is what it is for, whoever names it.
    private static bool MayWrite(CheckRun run, string path) =>
        run.Inputs.Has(path) && !run.Inputs.Flawed.ContainsKey(path) && !ManifestFiles.IsIn(run.Inputs.FileOf(path), run.Settings.LeaveOut);

    // The files that were not written: those of a group all or none.
    private static HashSet<string> Write(
        CheckRun run,
        IReadOnlyList<IReadOnlyList<string>> groups,
        SortedDictionary<string, string> originals,
        Dictionary<string, string> texts)
    {
        FileWrite WriteOf(string path)
        {
            var file = run.Inputs.FileOf(path);
            var before = run.Inputs.BytesOf(path, originals[path]);
            return new FileWrite(file.Place, run.Inputs.BytesOf(path, texts[path])) { Before = before, Within = file.Within };
        }

        var writes = groups.Select(group => (IReadOnlyList<FileWrite>)[.. group.Select(WriteOf)]).ToList();
        var failed = new HashSet<string>(StringComparer.Ordinal);
        var places = run.Inputs.Files.ToDictionary(file => file.Place, file => file.Path, StringComparer.Ordinal);
        foreach (var problem in SafeWriter.Write(writes))
        {
            var path = places[problem.Path];
            var group = groups.First(g => g.Contains(path));
            failed.UnionWith(group);
            var names = string.Join(", ", group.Where(other => other != path).Select(other => $"'{other}'"));
            var others = group.Count == 1 ? "" : $" Nothing was changed in {names} either, which would change with it.";
            Complaints.Fail(problem + others);
        }

        return failed;
    }

    /// <summary>Prints how a text changes, as a unified diff, without what is secret in it.</summary>
    public static void WriteDiff(string path, string before, string after)
    {
        const int context = 3;
        var diff = new Differ().CreateLineDiffs(before, after, ignoreWhitespace: false);
        Mask(path, before, diff.PiecesOld);
        Mask(path, after, diff.PiecesNew);
        Console.WriteLine($"--- a/{Printable.Of(path)}");
        Console.WriteLine($"+++ b/{Printable.Of(path)}");
        for (var i = 0; i < diff.DiffBlocks.Count;)
        {
            // Blocks whose surroundings touch share a hunk.
            var last = i;
            while (last + 1 < diff.DiffBlocks.Count && diff.DiffBlocks[last + 1].DeleteStartA - End(diff.DiffBlocks[last]) <= 2 * context)
                last++;
            WriteHunk(diff, i, last, context);
            i = last + 1;
        }
    }

    // The lines as they may be shown: without what is secret in them.
    private static void Mask(string path, string text, IReadOnlyList<string> pieces)
    {
        var masked = new StringBuilder();
        var source = Manifest.Parse(path, text).Source;
        var last = 0;
        foreach (var slot in source.Documents)
        {
            masked.Append(text, last, slot.Start - last).Append(Secrets.Of(slot.Document).Mask(slot.Document.Text));
            last = slot.Start + slot.Document.Text.Length;
        }

        masked.Append(text, last, text.Length - last);
        IReadOnlyList<string> lines = new Differ().CreateLineDiffs(masked.ToString(), "", ignoreWhitespace: false).PiecesOld;
        for (var i = 0; i < pieces.Count && i < lines.Count; i++)
            ((IList<string>)pieces)[i] = lines[i];
    }

    private static void WriteHunk(DiffResult diff, int first, int last, int context)
    {
        var startA = Math.Max(0, diff.DiffBlocks[first].DeleteStartA - context);
        var endA = Math.Min(LineCount(diff.PiecesOld), End(diff.DiffBlocks[last]) + context);
        var lines = new StringBuilder();
        var added = 0;
        var removed = 0;
        var at = startA;
        for (var i = first; i <= last; i++)
        {
            var block = diff.DiffBlocks[i];
            for (; at < block.DeleteStartA; at++)
                lines.Append(' ').Append(Printable.Line(diff.PiecesOld[at])).Append('\n');
            for (; at < End(block); at++, removed++)
                lines.Append('-').Append(Printable.Line(diff.PiecesOld[at])).Append('\n');
            for (var b = block.InsertStartB; b < block.InsertStartB + block.InsertCountB; b++, added++)
                lines.Append('+').Append(Printable.Line(diff.PiecesNew[b])).Append('\n');
        }

        for (; at < endA; at++)
            lines.Append(' ').Append(Printable.Line(diff.PiecesOld[at])).Append('\n');
        var startB = diff.DiffBlocks[first].InsertStartB - (diff.DiffBlocks[first].DeleteStartA - startA);
        var count = endA - startA;
        Console.Write($"@@ -{startA + 1},{count} +{startB + 1},{count - removed + added} @@\n{lines}");
    }

    private static int End(DiffBlock block) => block.DeleteStartA + block.DeleteCountA;

    // The text's last line break gives an empty piece that is no line.
    private static int LineCount(IReadOnlyList<string> pieces) =>
        pieces.Count > 0 && pieces[^1].Length == 0 ? pieces.Count - 1 : pieces.Count;
}
