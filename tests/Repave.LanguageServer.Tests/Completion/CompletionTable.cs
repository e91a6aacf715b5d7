using Repave.Core.Tests.Support;

namespace Repave.LanguageServer.Tests.Completion;

/// <summary>A place in a text, and what must be offered there.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="File">The file's path in the workspace.</param>
/// <param name="Text">The text, with the cursor (<c>¦</c>) in it.</param>
/// <param name="Expected">What must hold: a word and its labels.</param>
internal sealed record CompletionCase(string Title, string File, string Text, IReadOnlyList<(string Word, string Labels)> Expected);

/// <summary>A table of places, read from a text file beside this one. Its lines:
/// <list type="bullet">
/// <item><c>== title @ file</c> begins a case; the file is that of the case before if it is left out. The lines below are its text.</item>
/// <item><c>--&gt; has a, b</c>, <c>not a, b</c>, <c>only a, b</c>, <c>none</c>: which labels are offered.</item>
/// <item><c>--&gt; first a, b</c>: which come first, in the order in which an editor sorts them.</item>
/// <item><c>--&gt; inserts label = text</c>: what the text becomes from the cursor's line on when that item is taken, <c>\n</c> for
/// a line's end; tab stops stay.</item>
/// <item><c>:: name</c> begins lines that a line <c>&lt;name</c> of a case stands for; <c>:: with file</c> a file of the workspace.</item>
/// </list></summary>
internal sealed class CompletionTable
{
    public const char Cursor = '¦';

    private CompletionTable(IReadOnlyList<CompletionCase> cases, IReadOnlyDictionary<string, string> files) =>
        (Cases, Files) = (cases, files);

    /// <summary>The places.</summary>
    public IReadOnlyList<CompletionCase> Cases { get; }

    /// <summary>The files of the workspace.</summary>
    public IReadOnlyDictionary<string, string> Files { get; }

    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "Repave.LanguageServer.Tests", "Completion");

    public static CompletionTable Read(string name)
    {
        var cases = new List<CompletionCase>();
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        var lines = File.ReadAllLines(Path.Combine(Folder, name + ".txt"));
        var file = "a.yaml";
        for (var i = 0; i < lines.Length;)
        {
            var head = lines[i++];
            if (head.Length == 0 || head[0] == '#')
                continue;
            var below = new List<string>();
            while (i < lines.Length && !IsHead(lines[i]) && !lines[i].StartsWith("--> ", StringComparison.Ordinal))
                below.Add(lines[i++]);
            if (head.StartsWith(":: with ", StringComparison.Ordinal))
            {
                files.Add(head[8..], Joined(below, parts));
            }
            else if (head.StartsWith(":: ", StringComparison.Ordinal))
            {
                parts.Add(head[3..], Joined(below, parts));
            }
            else
            {
                var at = head.IndexOf(" @ ", StringComparison.Ordinal);
                file = at < 0 ? file : head[(at + 3)..];
                var expected = new List<(string, string)>();
                for (; i < lines.Length && lines[i].StartsWith("--> ", StringComparison.Ordinal); i++)
                {
                    var space = lines[i].IndexOf(' ', 4);
                    expected.Add(space < 0 ? (lines[i][4..], "") : (lines[i][4..space], lines[i][(space + 1)..]));
                }

                var text = Joined(below, parts);
                if (expected.Count == 0 || text.Count(c => c == Cursor) != 1)
                    throw new InvalidDataException($"{name}: '{head}' expects nothing, or has no cursor");
                cases.Add(new CompletionCase(at < 0 ? head[3..] : head[3..at], file, text, expected));
            }
        }

        return new CompletionTable(cases, files);
    }

    private static bool IsHead(string line) =>
        line.StartsWith("== ", StringComparison.Ordinal) || line.StartsWith(":: ", StringComparison.Ordinal);

    // The empty lines at the end are the table's own.
    private static string Joined(List<string> lines, Dictionary<string, string> parts)
    {
        var count = lines.Count;
        while (count > 0 && lines[count - 1].Length == 0)
            count--;
        return string.Concat(lines.Take(count).Select(line => line.StartsWith('<') ? parts[line[1..]] : line + "\n"));
    }
}
