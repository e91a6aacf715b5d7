namespace Repave.Core.Commands;

/// <summary>A row of the table of programs: a command, its conditions, and what it does.</summary>
internal sealed class ProgramRow
{
    private readonly string[][] _command;
    private readonly string[] _conditions;

    private ProgramRow(string[][] command, string[] conditions, string what) => (_command, _conditions, What) = (command, conditions, what);

    /// <summary>What it does, as the end of "this …"; null if it only reads.</summary>
    public string? Changes => What == "reads" ? null : What;

    private string What { get; }

    /// <summary>Reads a row.</summary>
    public static ProgramRow Read(string line)
    {
        var sign = line.IndexOf(" -- ", StringComparison.Ordinal);
        var head = ProgramTable.WordsOf(sign < 0 ? line : line.Substring(0, sign));
        bool IsCondition(string word) => word.Length > 1 && word[0] is '+' or '@' || (word.Length > 1 && word[0] == '!');
        return new ProgramRow([.. head.Where(w => !IsCondition(w)).Select(w => w.Split('|'))], [.. head.Where(IsCondition)],
            sign < 0 ? "reads" : line.Substring(sign + 4).Trim());
    }

    /// <summary>The command and its conditions, as the table has them.</summary>
    public string Head => string.Join(" ", _command.Select(c => string.Join("|", c)).Concat(_conditions));

    /// <summary>Whether a word begins its command.</summary>
    public bool Begins(string word) => _command[0].Contains(word);

    /// <summary>Whether it fits a command.</summary>
    /// <param name="parsed">The command.</param>
    /// <param name="reads">Whether a command line only reads, for commands that run others.</param>
    public bool Fits(ParsedCommand parsed, Func<CommandLine?, string, bool> reads)
    {
        var words = parsed.Words;
        if (_command is [["."]])
            return _conditions.All(c => Holds(c, parsed, 0, reads));
        if (words.Count < _command.Length)
            return _command.Length == 1 && words.Count == 0 && _command[0].Contains(".")
                && _conditions.All(c => Holds(c, parsed, 0, reads));
        for (var i = 0; i < _command.Length; i++)
        {
            if (!_command[i].Any(pattern => IsLike(pattern, words[i])))
                return false;
        }

        return _conditions.All(c => Holds(c, parsed, _command.Length, reads));
    }

    private static bool IsLike(string pattern, string word) =>
        pattern == "*" || pattern == word || word.Equals(pattern, StringComparison.OrdinalIgnoreCase)
        || (pattern.Length > 1 && pattern[pattern.Length - 1] == '*'
            && word.StartsWith(pattern.Substring(0, pattern.Length - 1), StringComparison.Ordinal))
        || (pattern.Length > 1 && pattern[0] == '*' && word.EndsWith(pattern.Substring(1), StringComparison.Ordinal));

    private static bool Holds(string condition, ParsedCommand parsed, int at, Func<CommandLine?, string, bool> reads)
    {
        var argument = condition.IndexOf(':') is > 0 and var colon ? condition.Substring(colon + 1) : "";
        switch (condition[0])
        {
            case '+':
                return condition.Substring(1).Split('|').Any(parsed.Has);
            case '!':
                return !condition.Substring(1).Split('|').Any(parsed.Has);
        }

        var follows = parsed.Words.Count > at ? parsed.Words[at] : null;
        switch (argument.Length == 0 ? condition : condition.Substring(0, condition.IndexOf(':')))
        {
            case "@named":
                return follows is not null || parsed.Rest.Count > 0;
            case "@alone":
                return follows is null && parsed.Rest.Count == 0;
            case "@host":
                return parsed.Rest.Count == 0 && parsed.Input is null;
            case "@git":
                return follows?.StartsWith("git@", StringComparison.Ordinal) == true && parsed.Rest.Count == 0;
            case "@inside":
                var inside = parsed.Rest.Count > 0 ? CommandLine.Of(parsed.Rest) : null;
                return !reads(inside, inside is null ? parsed.ValueOf("--command") ?? parsed.Input ?? "" : "");
            case "@block":
                var block = parsed.ValueOf("-scriptblock") ?? parsed.Words.Concat(parsed.Rest).FirstOrDefault(w =>
                    w.StartsWith("{", StringComparison.Ordinal));
                return block is null || !reads(null, block);
            case "@image":
                return follows is not null && MovesAsImage(follows);
            case "@remote":
                return parsed.Words.Count > at && IsRemote(parsed.Words[parsed.Words.Count - 1]);
            case "@first":
                var first = (follows ?? "").Split('/', ',')[0].ToLowerInvariant();
                return argument.Split(',').Contains(first) && (follows!.Contains('/') || parsed.Words.Count > at + 1
                    || parsed.Rest.Count > 0
                    || parsed.Has("-l") || parsed.Has("--selector") || parsed.Has("--all"));
            case "@set":
                return parsed.Words.Contains(argument);
            case "@module":
                return (parsed.ValueOf("-m") ?? parsed.ValueOf("--module-name")) is { } module && argument.Split(',').Contains(module);
            case "@args":
                return (parsed.ValueOf("-m") ?? parsed.ValueOf("--module-name")
                    ?? "command") is "command" or "shell" or "ansible.builtin.command"
                    or "ansible.builtin.shell" && (parsed.ValueOf("-a") ?? parsed.ValueOf("--args")) is { } command && reads(null, command);
            case "@puts":
                return parsed.Has("-b") || (parsed.Input is { } batch && batch.Split('\n').Any(line =>
                    ProgramTable.WordsOf(line) is [var verb, ..]
                    && verb.TrimStart('-') is "put" or "mput" or "reput" or "rm" or "rename" or "chmod" or "chown" or "mkdir"
                        or "rmdir" or "ln"
                        or "symlink"));
            default:
                return false;
        }
    }

    // web:/etc/x, shop/web-0:/tmp, user@web:, rsync://web/x; C:\x is a place here.
    private static bool IsRemote(string place)
    {
        var colon = place.IndexOf(':');
        return colon > 1 || (colon == 1 && (!char.IsLetter(place[0]) || place[0] == CommandLine.Unknown)
            && (place.Length == 2 || place[2] is not ('\\' or '/') || place[0] == CommandLine.Unknown));
    }

    // What the tag says is known only where the end of the name is.
    private static bool MovesAsImage(string image)
    {
        if (image.Length == 0 || image[0] == '-' || image.Contains('@') || image[image.Length - 1] == CommandLine.Unknown)
            return false;
        var name = image.Substring(image.LastIndexOf('/') + 1);
        var colon = name.LastIndexOf(':');
        if (colon >= 0)
            return name.Substring(colon + 1) == "latest";
        return name.IndexOf(CommandLine.Unknown) < 0 && name.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.');
    }
}
