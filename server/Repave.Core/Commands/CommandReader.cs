using System.Text;
using Repave.Core.Text;

namespace Repave.Core.Commands;

/// <summary>Tells what command lines do to running systems. Shells, and programs that run others, are looked through.</summary>
public static class CommandReader
{
    private const int MaxDepth = 8;

    // Longer texts than people write for one start are not read.
    private const int MaxLength = 200_000;

    // Nor are more commands of one text judged.
    private const int MaxCommands = 5_000;

    private static readonly HashSet<string> Shells = new(StringComparer.Ordinal) { "sh", "bash", "ash", "dash", "zsh", "ksh", "fish" };

    private static readonly HashSet<string> Asking = new(StringComparer.Ordinal)
    {
        "--version", "-version", "-v", "-V", "version", "--help", "-help", "-h", "help", "/?", "-?",
    };

    private static readonly CommandKind[] Elsewhere = [CommandKind.Live, CommandKind.Release, CommandKind.Plan, CommandKind.Cloud];

    /// <summary>What a command line does; null if it changes nothing that is known to run.</summary>
    public static CommandEffect? EffectOf(CommandLine command) => Judge(command, 0).Effect;

    /// <summary>What a script for a POSIX shell does, the first such thing; null if nothing.</summary>
    public static CommandEffect? EffectOf(string script) => Judge(ReadShell(script), 0).Effect;

    /// <summary>Every command of a script for a POSIX shell that changes something, and what it does.</summary>
    public static IEnumerable<CommandEffect> EffectsOf(string script)
    {
        foreach (var command in ReadShell(script).Take(MaxCommands))
        {
            if (Judge(command, 0).Effect is { } effect)
                yield return effect;
        }
    }

    /// <summary>What words do that are given to a program as they are, as a container's command is; a first word of several lines, or
    /// options
    /// alone, are a shell's.</summary>
    public static IEnumerable<CommandEffect> EffectsOf(IReadOnlyList<string> words)
    {
        if (words.Count == 0)
            return [];
        if (words[0].Any(char.IsWhiteSpace))
            return EffectsOf(words[0]);
        var isShell = words[0].Length > 0 && words[0][0] == '-';
        var command = isShell ? new CommandLine("sh", words) : new CommandLine(words[0], [.. words.Skip(1)]);
        // A shell's script may do more than one thing.
        return Scripts(command, command.Name) is { } script ? script.Select(c => Judge(c, 1).Effect).OfType<CommandEffect>()
            : EffectOf(command) is { } effect ? [effect] : [];
    }

    /// <summary>Whether a command line is known to read only.</summary>
    public static bool OnlyReads(CommandLine command) => Judge(command, 0).Reads;

    /// <summary>Whether a script for a POSIX shell is known to read only.</summary>
    public static bool OnlyReads(string script) => Judge(ReadShell(script), 0).Reads;

    /// <summary>Whether a program is one that the table knows to change things, or runs others: whether its words are worth
    /// finding.</summary>
    public static bool IsKnown(CommandLine command) =>
        Shells.Contains(command.Name) || command.Name is "cmd" or "pwsh" or "powershell" or "eval" or "iex" or "invoke-expression"
            or "start-process"
            or "saps" || ProgramTable.Instance.Find(command.Name) is not null;

    private static Judgement Judge(IReadOnlyList<CommandLine> commands, int depth)
    {
        var all = new Judgement(null, commands.Count > 0);
        if (commands.Count > MaxCommands)
            return Judge([.. commands.Take(MaxCommands)], depth) with { Reads = false };
        foreach (var command in commands)
        {
            var one = Judge(command, depth);
            if (one.Effect is not null)
                return one;
            all = new Judgement(null, all.Reads && one.Reads);
        }

        return all;
    }

    private static Judgement Judge(CommandLine command, int depth)
    {
        if (depth > MaxDepth)
            return default;
        var name = command.Name;
        if (command.Words.Count > 0 && command.Words.All(Asking.Contains) && !command.WritesFile && !(name is "service" or "net"))
            return new Judgement(null, true);
        if (Scripts(command, name) is { } script)
            return Judge(script, depth + 1);
        if (ProgramTable.Instance.Find(name) is not { } entry)
            return default;
        if (entry.Wraps is not null)
            return Judge(Wrapped(command, name, entry), depth + 1);
        if (name == "find" && InFind(command) is { } found)
            return Judge(found, depth + 1);
        var parsed = ParsedCommand.Of(command, entry);
        if (entry.Asks.Any(parsed.Has) || entry.Dry.Any(parsed.Has) || parsed.Words is ["help" or "version", ..])
            return new Judgement(null, !command.WritesFile);

        CommandEffect? inner = null;
        bool Reads(CommandLine? line, string text)
        {
            var judged = line is not null
                ? Judge(name is "ssh" or "plink" or "autossh" or "mosh" or "gcloud" or "pssh" or "parallel-ssh" or "pdsh"
                    ? ReadShell(string.Join(" ", line.Words.Prepend(line.Program))) : [line], depth + 1)
                : text.Length == 0 ? default : Judge(text[0] == '{' ? PowerShellText.Read(text.Substring(1).TrimEnd('}'))
                    : ReadShell(text), depth + 1);
            // What works somewhere else says more than where it is run.
            if (judged.Effect is { } effect && Elsewhere.Contains(effect.Kind))
                inner = effect;
            return judged.Reads;
        }

        foreach (var row in entry.Rows)
        {
            if (!row.Fits(parsed, Reads))
                continue;
            if (inner is not null)
                return new Judgement(inner, false);
            // Programs that put something around another have no effect of their own.
            if (row.Changes is "runs")
                return Judge(CommandLine.Of(parsed.Rest) is { } run ? [run] : [], depth + 1);
            return row.Changes is { } what ? new Judgement(new CommandEffect(entry.Kind, name, what), false)
                : new Judgement(null, !command.WritesFile);
        }

        return entry.Kind == CommandKind.Container ? Judge(InImage(parsed), depth + 1) : default;
    }

    // docker run registry/kubectl:1.36 patch …
    private static List<CommandLine> InImage(ParsedCommand parsed)
    {
        if (parsed.Words is not ["run", var image] || parsed.Rest.Count == 0)
            return [];
        var name = image.Substring(image.LastIndexOf('/') + 1).Split(':', '@')[0];
        return ProgramTable.Instance.Find(name) is { } entry && Elsewhere.Contains(entry.Kind) ? [new CommandLine(name, parsed.Rest)] : [];
    }

    private static List<CommandLine>? InFind(CommandLine command)
    {
        var start = command.Words.ToList().FindIndex(w => w is "-exec" or "-execdir" or "-ok");
        return start < 0 || CommandLine.Of([.. command.Words.Skip(start + 1).TakeWhile(w =>
            w is not (";" or "+" or "\\;"))]) is not { } run ? null : [run];
    }

    private static List<CommandLine> Wrapped(CommandLine command, string name, ProgramEntry entry)
    {
        var parsed = ParsedCommand.Of(command, entry);
        if (entry.Asks.Any(parsed.Has))
            return [new CommandLine("true", [])];
        if (name is "su" or "runuser" or "flock" or "script")
        {
            var at = command.Words.ToList().FindIndex(w => w is "-c" or "--command" || (w.Length > 1 && w[0] == '-' && w[1] != '-'
                && w[w.Length - 1] == 'c'));
            if (at >= 0 && at + 1 < command.Words.Count)
                return [.. ReadShell(command.Words[at + 1])];
        }

        var words = parsed.Rest.SkipWhile(w => name is "env" or "sudo" or "doas" && IsAssignment(w)).ToList();
        if (name == "watch" && words is [var text] && text.Contains(' '))
            return [.. ReadShell(text)];
        // What comes from elsewhere is a word nobody knows.
        if (name is "xargs" or "parallel")
            words = words.Exists(w => w.Contains("{}")) ? [.. words.Select(w => w.Replace("{}", CommandLine.Unknown.ToString()))]
                : [.. words, CommandLine.Unknown.ToString()];
        return CommandLine.Of(words) is { } run ? [run with { Input = command.Input, WritesFile = command.WritesFile }] : [];
    }

    private static bool IsAssignment(string word) => word.IndexOf('=') > 0 && word[0] != '-';

    // The script that a shell is given; null if the program is no shell, and no commands if nobody knows them.
    private static IReadOnlyList<CommandLine>? Scripts(CommandLine command, string name)
    {
        var words = command.Words;
        if (Shells.Contains(name))
        {
            for (var i = 0; i < words.Count; i++)
            {
                if (words[i].Length > 1 && words[i][0] == '-' && words[i][1] != '-' && words[i].IndexOf('c') > 0)
                {
                    // Behind a script's other words stand names for it; a script of one word has lost its quotes.
                    return i + 1 >= words.Count ? []
                        : ReadShell(words[i + 1].Any(char.IsWhiteSpace) ? words[i + 1] : string.Join(" ", words.Skip(i + 1)));
                }

                if (words[i].Length > 0 && words[i][0] is not ('-' or '+'))
                    return [];
                if (words[i] is "-o" or "-O" or "+o" or "--rcfile" or "--init-file")
                    i++;
            }

            return command.Input is { } input ? ReadShell(input) : [];
        }

        switch (name)
        {
            case "cmd":
                var at = IndexOf(words, w => w.Length > 1 && w[0] == '/' && w[1] is 'c' or 'C' or 'k' or 'K' or 'r' or 'R');
                if (at < 0)
                    return [];
                // "/ckubectl …" is read as well.
                var lines = words.Skip(at + 1).ToList();
                if (words[at].Length > 2)
                    lines.Insert(0, words[at].Substring(2));
                return lines.Count == 1 ? CmdText.Read(lines[0]) : CmdText.Read(string.Join(" ", lines.Select(Quoted)));
            case "pwsh" or "powershell":
                return PowerShell(words, command.Input);
            case "eval":
                return ReadShell(string.Join(" ", words));
            case "trap":
                return words.Count > 0 ? ReadShell(words[0]) : [];
            case "iex" or "invoke-expression":
                return words.Count > 0 ? PowerShellText.Read(words[words.Count - 1]) : [];
            case "start-process" or "saps" or "start" when command.IsPowerShell:
                return StartProcess(words);
            default:
                return null;
        }
    }

    private static string Quoted(string word) => word.Length == 0 || word.Any(c => char.IsWhiteSpace(c)) ? $"\"{word}\"" : word;

    private static IReadOnlyList<CommandLine> PowerShell(IReadOnlyList<string> words, string? input)
    {
        for (var i = 0; i < words.Count; i++)
        {
            var option = words[i].ToLowerInvariant().Replace('/', '-');
            if (option.Length > 1 && "-command".StartsWith(option, StringComparison.Ordinal) || option == "-commandwithargs")
                return PowerShellText.Read(string.Join(" ", words.Skip(i + 1)).TrimStart('&', ' '));
            if (option is "-e" or "-ec" or "-enc" || (option.Length > 3 && "-encodedcommand".StartsWith(option, StringComparison.Ordinal)))
                return i + 1 < words.Count ? PowerShellText.Read(Decoded(words[i + 1])) : [];
            if (option.Length > 1 && "-file".StartsWith(option, StringComparison.Ordinal))
                return [];
            if (option is "-ep" or "-ex" or "-exec" or "-executionpolicy" or "-wd" or "-workingdirectory" or "-version" or "-outputformat"
                or "-inputformat" or "-configurationname" or "-windowstyle" or "-w" or "-o" or "-of" or "-settingsfile"
                    or "-custompipename")
                i++;
            else if (option.Length == 0 || option[0] != '-')
                return PowerShellText.Read(string.Join(" ", words.Skip(i)));
        }

        return input is null ? [] : PowerShellText.Read(input);
    }

    private static string Decoded(string word)
    {
        try
        {
            return Encoding.Unicode.GetString(Convert.FromBase64String(word));
        }
        catch (FormatException)
        {
            return "";
        }
    }

    private static List<CommandLine> StartProcess(IReadOnlyList<string> words)
    {
        string? program = null;
        var arguments = new List<string>();
        for (var i = 0; i < words.Count; i++)
        {
            var option = words[i].ToLowerInvariant();
            var isOption = option.Length > 1 && option[0] == '-';
            if (option is "-filepath" or "-path" && i + 1 < words.Count)
            {
                program = words[++i];
            }
            else if (option is "-argumentlist" or "-args" or "-arg" || (!isOption && program is not null && arguments.Count == 0))
            {
                for (i = isOption ? i + 1 : i; i < words.Count && (words[i] == "," || !IsParameter(words[i])); i++)
                {
                    if (words[i] == ",")
                        continue;
                    arguments.AddRange(words[i].Any(char.IsWhiteSpace) && arguments.Count == 0 ? ArgumentText.Split(words[i]) : [words[i]]);
                }

                i--;
            }
            else if (isOption && option is "-verb" or "-workingdirectory" or "-windowstyle" or "-credential" or "-redirectstandardoutput"
                or "-redirectstandarderror" or "-redirectstandardinput")
            {
                i++;
            }
            else if (!isOption)
            {
                program ??= words[i];
            }
        }

        return program is null ? [] : [new CommandLine(program, arguments)];

        static bool IsParameter(string word) => word.ToLowerInvariant() is "-wait" or "-nonewwindow" or "-passthru" or "-verb"
            or "-workingdirectory"
            or "-windowstyle" or "-credential" or "-filepath";
    }

    private static int IndexOf(IReadOnlyList<string> words, Func<string, bool> fits)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (fits(words[i]))
                return i;
        }

        return -1;
    }

    private static IReadOnlyList<CommandLine> ReadShell(string script) => script.Length > MaxLength ? [] : ShellText.Read(script);

    private readonly record struct Judgement(CommandEffect? Effect, bool Reads);
}
