namespace Repave.Core.Commands;

/// <summary>A command line whose options are told from its words, as far as its program's are known.</summary>
internal sealed class ParsedCommand
{
    private readonly List<(string Name, string? Value)> _options = [];
    private readonly List<string> _words = [];
    private readonly List<string> _rest = [];

    private ParsedCommand(string? input) => Input = input;

    /// <summary>Its words but for options.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>What is not its own any more: a command that it runs.</summary>
    public IReadOnlyList<string> Rest => _rest;

    /// <summary>What it gets as its input.</summary>
    public string? Input { get; }

    /// <summary>Reads a command line of a program.</summary>
    public static ParsedCommand Of(CommandLine command, ProgramEntry entry)
    {
        var parsed = new ParsedCommand(command.Input);
        var words = command.Words;
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            var stop = entry.StopOf(parsed._words);
            if (word == "--")
            {
                if (stop is not null)
                    parsed._rest.AddRange(words.Skip(i + 1));
                else
                    parsed._words.AddRange(words.Skip(i + 1));
                break;
            }

            if (word.Length > 1 && word[0] == '-')
            {
                i = parsed.TakeOption(word, words, i, entry);
                continue;
            }

            if (stop is { } count && parsed._words.Count >= count)
            {
                parsed._rest.AddRange(words.Skip(i));
                break;
            }

            // Before its command nobody knows whether a word is one or an option, and a stage is no command.
            if (parsed._words.Count == 0 && (entry.Skips.Contains(word) || (word.All(c => c == CommandLine.Unknown) && i + 1 < words.Count
                && entry.Begins(words[i + 1]))))
                continue;
            parsed._words.Add(word);
        }

        return parsed;
    }

    /// <summary>Whether an option is given (and does not say false), or given with this value (<c>--grace-period=0</c>).</summary>
    public bool Has(string option)
    {
        var sign = option.IndexOf('=');
        return sign > 0 ? ValueOf(option.Substring(0, sign)) == option.Substring(sign + 1)
            : _options.Any(o => o.Name == option && o.Value is not ("false" or "none")) || (option[0] != '-' && _words.Contains(option));
    }

    /// <summary>The value of an option; null if it is not given or has none.</summary>
    public string? ValueOf(string option) => _options.FirstOrDefault(o => o.Name == option).Value;

    private int TakeOption(string word, IReadOnlyList<string> words, int at, ProgramEntry entry)
    {
        bool IsValue(int index) => index < words.Count;
        if (entry.IsCmdlet)
        {
            var name = word.ToLowerInvariant();
            var takes = at + 1 < words.Count && !words[at + 1].StartsWith("-", StringComparison.Ordinal);
            _options.Add((name, takes ? words[at + 1] : null));
            return takes ? at + 1 : at;
        }

        var sign = word.IndexOf('=');
        if (word[1] == '-' || entry.IsSingle)
        {
            if (sign > 0)
            {
                _options.Add((word.Substring(0, sign), word.Substring(sign + 1)));
                return at;
            }

            var takes = entry.TakesValue(word, _words) && IsValue(at + 1);
            // What is not measured may take a value all the same: then the command follows behind that.
            takes |= _words.Count == 0 && !entry.IsSingle && at + 2 < words.Count
                && !words[at + 1].StartsWith("-", StringComparison.Ordinal)
                && !entry.Begins(words[at + 1]) && entry.Begins(words[at + 2]);
            _options.Add((word, takes ? words[at + 1] : null));
            return takes ? at + 1 : at;
        }

        // -it, -nprod, -n prod
        for (var i = 1; i < word.Length; i++)
        {
            var name = "-" + word[i];
            if (!entry.TakesValue(name, _words))
            {
                _options.Add((name, word.Length > i + 1 && word[i + 1] == '=' ? word.Substring(i + 2) : null));
                if (i + 1 < word.Length && word[i + 1] == '=')
                    break;
                continue;
            }

            var value = word.Substring(i + 1).TrimStart('=');
            _options.Add((name, value.Length > 0 ? value : IsValue(at + 1) ? words[at + 1] : null));
            // The whole is kept too, for options of one hyphen and several letters.
            _options.Add((word, null));
            return value.Length > 0 ? at : at + 1;
        }

        _options.Add((word, null));
        return at;
    }
}
