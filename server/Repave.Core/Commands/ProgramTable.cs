using Repave.Core.Shapes;

namespace Repave.Core.Commands;

/// <summary>What programs do to running systems: <c>schemas/commands/programs.facts</c>, whose head explains its form, and the options that
/// take a value, <c>options.facts</c>.</summary>
internal sealed class ProgramTable
{
    private static readonly Lazy<ProgramTable> TheOne = new(() => new ProgramTable(
        EmbeddedPacks.Text("commands", "programs.facts"), EmbeddedPacks.Text("commands", "options.facts")));

    private readonly Dictionary<string, ProgramEntry> _entries = new(StringComparer.Ordinal);

    private ProgramTable(string programs, string options)
    {
        var measured = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var line in options.Split('\n'))
        {
            var sign = line.IndexOf(" =", StringComparison.Ordinal);
            if (sign > 0 && line[0] != '#')
                measured[line.Substring(0, sign)] = new HashSet<string>(WordsOf(line.Substring(sign + 2)), StringComparer.Ordinal);
        }

        ProgramEntry? entry = null;
        foreach (var raw in programs.Split('\n'))
        {
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#')
                continue;
            // "[" is a program's name too.
            if (line[0] == '[' && line[line.Length - 1] == ']' && line.Length > 2)
            {
                var names = WordsOf(line.Substring(1, line.Length - 2));
                entry = new ProgramEntry(names, measured);
                foreach (var name in names)
                    _entries[name] = entry;
            }
            else
            {
                entry?.Read(line);
            }
        }
    }

    /// <summary>The table.</summary>
    public static ProgramTable Instance => TheOne.Value;

    /// <summary>Every program, once.</summary>
    public IEnumerable<ProgramEntry> Entries => _entries.Values.Distinct();

    /// <summary>What is known of a program; null if nothing.</summary>
    public ProgramEntry? Find(string name) => _entries.TryGetValue(name, out var entry) ? entry : null;

    internal static string[] WordsOf(string text) => text.Split([' '], StringSplitOptions.RemoveEmptyEntries);
}
