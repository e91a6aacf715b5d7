using Repave.Core.Analysis;
using System.Text;
using DiffPlex;
using DiffPlex.Model;
using Repave.Core.Rules;
using Repave.Environments;

namespace Repave.Cli;

/// <summary>Applies fixes to files round after round, until no fix is left, or shows what that would change.</summary>
internal static class FixFiles
{
    private const int MaxRounds = 10;

    /// <summary>Runs a check, fixes what it can, and checks again.</summary>
    /// <param name="check">Checks the files; texts that were fixed but not written are given instead of the files' own.</param>
    /// <param name="showsOnly">Whether to print the changes as a unified diff instead of writing them.</param>
    public static CheckResult Run(Func<IReadOnlyDictionary<string, string>, CheckResult> check, bool showsOnly)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var originals = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var fixedCount = 0;
        var result = check(texts);
        for (var round = 0; round < MaxRounds; round++)
        {
            var changes = FixApplier.Apply(result.Findings);
            if (changes.Applied.Count == 0)
                break;
            fixedCount += changes.Applied.Count;
            foreach (var (manifest, text) in changes.Texts)
            {
                originals.TryAdd(manifest.Path, manifest.Source.Text.Content);
                texts[manifest.Path] = text;
            }

            result = check(texts);
        }

        foreach (var (path, before) in originals)
        {
            if (showsOnly)
                WriteDiff(path, before, texts[path]);
            else
                ManifestFiles.Write(path, texts[path]);
        }

        if (!showsOnly)
            Console.Error.WriteLine($"Fixed {fixedCount} finding{(fixedCount == 1 ? "" : "s")} in {originals.Count} file{(originals.Count == 1 ? "" : "s")}.");
        return result;
    }

    private static void WriteDiff(string path, string before, string after)
    {
        const int context = 3;
        var diff = new Differ().CreateLineDiffs(before, after, ignoreWhitespace: false);
        Console.WriteLine($"--- a/{path}");
        Console.WriteLine($"+++ b/{path}");
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
                lines.Append(' ').Append(diff.PiecesOld[at]).Append('\n');
            for (; at < End(block); at++, removed++)
                lines.Append('-').Append(diff.PiecesOld[at]).Append('\n');
            for (var b = block.InsertStartB; b < block.InsertStartB + block.InsertCountB; b++, added++)
                lines.Append('+').Append(diff.PiecesNew[b]).Append('\n');
        }

        for (; at < endA; at++)
            lines.Append(' ').Append(diff.PiecesOld[at]).Append('\n');
        var startB = diff.DiffBlocks[first].InsertStartB - (diff.DiffBlocks[first].DeleteStartA - startA);
        var count = endA - startA;
        Console.Write($"@@ -{startA + 1},{count} +{startB + 1},{count - removed + added} @@\n{lines}");
    }

    private static int End(DiffBlock block) => block.DeleteStartA + block.DeleteCountA;

    // The text's last line break gives an empty piece that is no line.
    private static int LineCount(IReadOnlyList<string> pieces) => pieces.Count > 0 && pieces[^1].Length == 0 ? pieces.Count - 1 : pieces.Count;
}
