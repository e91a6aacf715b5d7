namespace Repave.Core.Commands;

/// <summary>What is known of one program.</summary>
/// <param name="names">Its names; under the first its options are measured unless it says otherwise.</param>
/// <param name="measured">All measured options, by command.</param>
internal sealed class ProgramEntry(string[] names, Dictionary<string, HashSet<string>> measured)
{
    private readonly HashSet<string> _value = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asks = new(StringComparer.Ordinal) { "--help", "--version" };
    private readonly List<(string[] Command, int Words)> _stops = [];
    private readonly List<ProgramRow> _rows = [];
    private string _options = names[0];

    /// <summary>Its names.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>What its findings are about.</summary>
    public CommandKind Kind { get; private set; } = CommandKind.Machine;

    /// <summary>How many words of its own it has before the program that it runs; null if it runs none.</summary>
    public int? Wraps { get; private set; }

    /// <summary>Options with one of which nothing is changed.</summary>
    public HashSet<string> Dry { get; } = new(StringComparer.Ordinal);

    /// <summary>Options with one of which it only asks.</summary>
    public HashSet<string> Asks => _asks;

    /// <summary>Words before the command that are passed over.</summary>
    public HashSet<string> Skips { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether long options begin with one hyphen.</summary>
    public bool IsSingle { get; private set; }

    /// <summary>Whether it is a command of PowerShell.</summary>
    public bool IsCmdlet { get; private set; }

    /// <summary>What its commands do.</summary>
    public IReadOnlyList<ProgramRow> Rows => _rows;

    /// <summary>Reads a line of the program's section.</summary>
    public void Read(string line)
    {
        var words = ProgramTable.WordsOf(line);
        switch (words[0])
        {
            case "kind" when words.Length == 2 && Enum.TryParse<CommandKind>(words[1], ignoreCase: true, out var kind):
                Kind = kind;
                break;
            case "options":
                _options = string.Join(" ", words.Skip(1));
                break;
            case "value":
                _value.UnionWith(words.Skip(1));
                break;
            case "asks":
                _asks.UnionWith(words.Skip(1));
                break;
            case "dry":
                Dry.UnionWith(words.Skip(1));
                break;
            case "skips":
                Skips.UnionWith(words.Skip(1));
                break;
            case "single" when words.Length == 1:
                IsSingle = true;
                break;
            case "cmdlet" when words.Length == 1:
                IsCmdlet = true;
                break;
            case "stops":
                _stops.Add(([.. words.Skip(1).Take(words.Length - 2).Where(w => w != ".")], int.Parse(words[words.Length - 1])));
                break;
            case "wraps":
                Wraps = int.Parse(words[1]);
                _stops.Add(([], Wraps.Value));
                break;
            default:
                _rows.Add(ProgramRow.Read(line));
                break;
        }
    }

    /// <summary>Whether an option takes the next word, behind the words of a command that were read so far.</summary>
    public bool TakesValue(string option, IReadOnlyList<string> command)
    {
        if (_value.Contains(option))
            return true;
        var path = _options;
        if (measured.TryGetValue(path, out var ofAll) && ofAll.Contains(option) && command.Count == 0)
            return true;
        var (deepest, isMeasured) = (ofAll, false);
        foreach (var word in command)
        {
            path += " " + word;
            if (!measured.TryGetValue(path, out var ofCommand))
                break;
            (deepest, isMeasured) = (ofCommand, true);
        }

        // A command's own -f may stand alone where the program's takes a value.
        return deepest?.Contains(option) == true || (ofAll?.Contains(option) == true && (!isMeasured
            || option.StartsWith("--", StringComparison.Ordinal)
            || option is "-n" or "-s" or "-v"));
    }

    /// <summary>After how many words of its own a command ends that has begun so; null if it does not end.</summary>
    public int? StopOf(IReadOnlyList<string> words)
    {
        (string[] Command, int Words)? best = null;
        foreach (var stop in _stops)
        {
            if (stop.Command.Length <= words.Count && (best is null || stop.Command.Length > best.Value.Command.Length)
                && stop.Command.Select((c, i) => c == words[i]).All(same => same))
                best = stop;
        }

        return best is { } found ? found.Command.Length + found.Words : null;
    }

    /// <summary>Whether a word begins one of its commands.</summary>
    public bool Begins(string word) => Skips.Contains(word) || _rows.Any(r => r.Begins(word));
}
