using System.Text;
using Repave.Core.Commands;

namespace Repave.Core.Text;

/// <summary>What a shell script runs: its commands as text, without what runs nothing. Comments, echoed strings, texts in quotes and
/// here-documents are left out; what stands in substitutions, after <c>sh -c</c>, in <c>eval</c>, in <c>trap</c>, or is piped into a shell
/// is run and stays. Made for looking for commands, not for running any: what cannot be read is taken as it stands.</summary>
public sealed class ShellText
{
    private const int MaxDepth = 6;

    private static readonly HashSet<string> Shells = new(StringComparer.Ordinal) { "sh", "bash", "ash", "dash", "zsh", "ksh" };
    private static readonly HashSet<string> TakeScripts = new(StringComparer.Ordinal) { "su", "runuser", "flock", "script", "watch" };
    private static readonly HashSet<string> Speak = new(StringComparer.Ordinal)
    {
        "echo", "printf", "print", "logger", "log", "info", "warn", "warning", "error", "die", "fail", "fatal", "debug",
        ":", "true", "false",
        "test", "[", "[[", "grep", "egrep", "fgrep", "man", "help", "which", "type", "command", "alias", "wall", "notify-send",
    };

    // Words before the name of the program that is run.
    private static readonly HashSet<string> Before = new(StringComparer.Ordinal)
    {
        "if", "then", "else", "elif", "do", "while", "until", "!", "{", "}", "fi", "done", "esac", "exec", "sudo", "time", "nohup", "env",
        "builtin", "nice", "ionice", "stdbuf", "setsid", "doas",
    };

    private readonly string _text;
    private readonly int _depth;
    private readonly StringBuilder _out = new();
    private readonly List<Word> _words = [];
    private readonly List<(string End, bool StripsTabs)> _awaited = [];
    private readonly StringBuilder _bodies = new();
    private int _at;
    private readonly List<CommandLine>? _commands;
    private string? _spoken;
    private bool _readsBodies;
    private int? _awaitsBody;

    private ShellText(string text, int depth, List<CommandLine>? commands = null) => (_text, _depth, _commands) = (text, depth, commands);

    /// <summary>The commands of a script, one after the other, those in substitutions among them; what stands in their words for a
    /// variable or
    /// a substitution is <see cref="CommandLine.Unknown"/>. Scripts that a command is given are left in its words.</summary>
    public static IReadOnlyList<CommandLine> Read(string script)
    {
        var commands = new List<CommandLine>();
        new ShellText(script, 0, commands).Read();
        return commands;
    }

    /// <summary>What a script runs.</summary>
    public static string CommandsOf(string script) => CommandsOf(script, 0);

    /// <summary>What a list of words runs that is given to a program as it is: texts among them are scripts only behind a shell's
    /// <c>-c</c>.</summary>
    /// <param name="words">The words.</param>
    /// <param name="before">Words that are given before them (a container's command before its args).</param>
    public static string CommandsOf(IReadOnlyList<string> words, IReadOnlyList<string> before)
    {
        var written = new StringBuilder();
        var isShell = before.Any(IsShell) || before.Count == 0;
        var awaitsScript = before.Any(IsShell) && before.Count > 0 && IsScriptOption(before[before.Count - 1]);
        var speaks = before.Count > 0 && Speak.Contains(NameOf(before[0]));
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (awaitsScript)
            {
                written.Append(' ').Append(CommandsOf(word, 0));
                awaitsScript = false;
                continue;
            }

            if (before.Count + i == 0)
                speaks = Speak.Contains(NameOf(word));
            else if (speaks)
                continue;
            // Whoever takes a first argument of several lines runs it.
            if (i == 0 && before.Count == 0 && word.Contains('\n'))
                written.Append(CommandsOf(word, 0));
            else
                written.Append(i == 0 ? "" : " ").Append(HasSpace(word) ? "\"\"" : word);
            awaitsScript = isShell && IsScriptOption(word);
            isShell |= IsShell(word);
        }

        return written.ToString();
    }

    private static string CommandsOf(string script, int depth)
    {
        if (depth > MaxDepth)
            return script;
        var reader = new ShellText(script, depth);
        reader.Read();
        return reader._out.ToString();
    }

    private static bool IsShell(string word) => Shells.Contains(NameOf(word));

    // -c, and with other options before it: -ec, -lc, -euxc.
    private static bool IsScriptOption(string word) =>
        word.Length is > 1 and < 8 && word[0] == '-' && word[word.Length - 1] == 'c' && word.Skip(1).All(c => c is >= 'a' and <= 'z');

    private static string NameOf(string word) => word.Substring(word.LastIndexOf('/') + 1);

    private static bool HasSpace(string text) => text.Any(char.IsWhiteSpace);

    private void Read()
    {
        while (_at < _text.Length)
        {
            var c = _text[_at];
            switch (c)
            {
                case '\n':
                    _at++;
                    End("\n");
                    ReadBodies();
                    break;
                case ' ' or '\t' or '\r':
                    _at++;
                    break;
                case '#':
                    while (_at < _text.Length && _text[_at] != '\n')
                        _at++;
                    break;
                case ';' or '&' or '|' or '(' or ')':
                    ReadOperator();
                    break;
                case '<' or '>':
                    ReadRedirection();
                    break;
                default:
                    ReadWord();
                    break;
            }
        }

        End("");
        ReadBodies();
    }

    private void ReadOperator()
    {
        var start = _at++;
        // "&>" and ">&" send output somewhere.
        if (_text[start] == '&' && _at < _text.Length && _text[_at] == '>')
        {
            ReadRedirection();
            return;
        }

        while (_at < _text.Length && _text[_at] == _text[start] && _text[start] is ';' or '&' or '|' && _at - start < 2)
            _at++;
        End(_text.Substring(start, _at - start));
    }

    private void ReadRedirection()
    {
        if (string.CompareOrdinal(_text, _at, "<<", 0, 2) == 0 && string.CompareOrdinal(_text, _at, "<<<", 0, 3) != 0)
        {
            _at += 2;
            var strips = _at < _text.Length && _text[_at] == '-';
            if (strips)
                _at++;
            while (_at < _text.Length && _text[_at] is ' ' or '\t')
                _at++;
            var end = TakeWord();
            if (end.Value.Length > 0)
                _awaited.Add((end.Value, strips));
            return;
        }

        if (_at + 1 < _text.Length && _text[_at] == '<' && _text[_at + 1] == '(')
        {
            ReadWord();
            return;
        }

        var start = _at;
        // The number before it says what is sent.
        var number = "";
        if (start > 0 && char.IsDigit(_text[start - 1]) && _words.Count > 0 && _words[_words.Count - 1].Value.All(char.IsDigit))
        {
            number = _words[_words.Count - 1].Value;
            _words.RemoveAt(_words.Count - 1);
        }

        while (_at < _text.Length && _text[_at] is '<' or '>' or '&' or '|')
            _at++;
        var sign = _text.Substring(start, _at - start);
        while (_at < _text.Length && _text[_at] is ' ' or '\t')
            _at++;
        var place = _at < _text.Length && _text[_at] is not ('\n' or ';' or '|' or '&' or '(' or ')') ? TakeWord() : default;
        var space = number.Length == 0 && sign is ">" or ">>" or "<" ? " " : "";
        _words.Add(new Word(sign + place.Value, $"{number}{sign}{space}{place.Shown}", false, true));
    }

    private void ReadWord()
    {
        var at = _at;
        var word = TakeWord();
        // Whatever stops a word where it begins is taken as it stands.
        if (_at == at)
            _at++;
        else
            _words.Add(word);
    }

    private Word TakeWord()
    {
        var value = new StringBuilder();
        var runs = new StringBuilder();
        var isQuoted = false;
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (c is ' ' or '\t' or '\r' or '\n' or ';' or '&' or '|' or ')' or '>')
                break;
            if (c is '(' or '<' && !(c == '<' && Next() == '('))
                break;
            switch (c)
            {
                case '\\':
                    _at++;
                    if (_at < _text.Length && _text[_at] != '\n')
                        value.Append(_text[_at]);
                    _at++;
                    break;
                case '\'':
                    isQuoted = true;
                    var end = _text.IndexOf('\'', _at + 1);
                    if (end < 0)
                        end = _text.Length;
                    value.Append(_text, _at + 1, end - _at - 1);
                    _at = Math.Min(_text.Length, end + 1);
                    break;
                case '"':
                    isQuoted = true;
                    TakeQuoted(value, runs);
                    break;
                case '$' or '`' or '<':
                    TakeExpansion(value, runs);
                    break;
                default:
                    value.Append(c);
                    _at++;
                    break;
            }
        }

        var text = value.ToString();
        var isText = isQuoted && HasSpace(text);
        return new Word(text, isText ? $"\"{runs}\"" : text, isText, false);
    }

    private char Next() => _at + 1 < _text.Length ? _text[_at + 1] : '\0';

    private void TakeQuoted(StringBuilder value, StringBuilder runs)
    {
        _at++;
        while (_at < _text.Length && _text[_at] != '"')
        {
            if (_text[_at] == '\\' && _at + 1 < _text.Length)
            {
                if (Next() is not ('"' or '$' or '`' or '\\' or '\n'))
                    value.Append('\\');
                if (Next() != '\n')
                    value.Append(Next());
                _at += 2;
            }
            else if (_text[_at] is '$' or '`')
            {
                TakeExpansion(value, runs);
            }
            else
            {
                value.Append(_text[_at++]);
            }
        }

        _at = Math.Min(_text.Length, _at + 1);
    }

    // $(…), `…`, <(…), ${…}, $((…)), $NAME.
    private void TakeExpansion(StringBuilder value, StringBuilder runs)
    {
        var start = _at;
        if (_text[_at] == '`')
        {
            var end = _text.IndexOf('`', _at + 1);
            if (end < 0)
                end = _text.Length;
            Run("$(", start + 1, end, value, runs);
            _at = Math.Min(_text.Length, end + 1);
        }
        else if (Next() == '(')
        {
            var isSum = _text[_at] == '$' && _at + 2 < _text.Length && _text[_at + 2] == '(';
            var end = EndOf(_at + 2, '(', ')');
            if (isSum && _commands is not null)
                value.Append(CommandLine.Unknown);
            else if (isSum)
                value.Append(_text, start, end - start);
            else
                Run(_text.Substring(start, 2), start + 2, end, value, runs);
            _at = Math.Min(_text.Length, end + 1);
        }
        else if (Next() == '{')
        {
            var end = EndOf(_at + 2, '{', '}');
            if (_commands is not null)
                value.Append(CommandLine.Unknown);
            else
                value.Append(_text, start, Math.Min(_text.Length, end + 1) - start);
            _at = Math.Min(_text.Length, end + 1);
        }
        else if (_commands is not null && (char.IsLetterOrDigit(Next()) || Next() is '_' or '@' or '*' or '#' or '?' or '!'))
        {
            _at += 2;
            while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] == '_') && !char.IsDigit(_text[start + 1]))
                _at++;
            value.Append(CommandLine.Unknown);
        }
        else
        {
            value.Append(_text[_at++]);
        }
    }

    private void Run(string sign, int start, int end, StringBuilder value, StringBuilder runs)
    {
        if (_commands is not null)
        {
            if (_depth < MaxDepth)
                new ShellText(_text.Substring(start, Math.Max(0, end - start)), _depth + 1, _commands).Read();
            value.Append(CommandLine.Unknown);
            return;
        }

        var run = $"{sign}{CommandsOf(_text.Substring(start, Math.Max(0, end - start)), _depth + 1).Trim()})";
        value.Append(run);
        runs.Append(run);
    }

    // Where a bracket closes, quotes and brackets within left alone; the end of the text if nowhere.
    private int EndOf(int at, char open, char close)
    {
        var depth = 1;
        for (; at < _text.Length; at++)
        {
            var c = _text[at];
            if (c == '\\')
                at++;
            else if (c == '\'')
                at = _text.IndexOf('\'', at + 1) is var quote && quote < 0 ? _text.Length : quote;
            else if (c == open)
                depth++;
            else if (c == close && --depth == 0)
                return at;
        }

        return _text.Length;
    }

    // The command is whole.
    private void End(string sign)
    {
        var words = _words.ToList();
        _words.Clear();
        var first = words.FindIndex(w => !w.IsRedirection && !Before.Contains(w.Value) && !IsAssignment(w.Value)
            && !(w.Value.Length > 1 && w.Value[0] == '-' && words[0].Value is "sudo" or "env" or "nice" or "exec" or "doas"));
        var name = first < 0 ? "" : NameOf(words[first].Value);
        var arguments = first < 0 ? [] : words.Skip(first + 1).Where(w => !w.IsRedirection).ToList();
        if (_commands is not null)
        {
            Collect(words, sign);
            return;
        }

        var asked = new List<string>();
        if (Speak.Contains(name))
        {
            _out.Append(' ').Append(name);
            foreach (var word in words)
            {
                if (word.IsRedirection || word.Shown.Contains("$(", StringComparison.Ordinal))
                    _out.Append(' ').Append(word.Shown);
            }
        }
        else
        {
            foreach (var word in words)
                _out.Append(' ').Append(word.Shown);
            asked.AddRange(ScriptsOf(name, arguments));
        }

        // What was said goes to the shell that reads it.
        if (_spoken is not null && Shells.Contains(name) && arguments.All(a => a.Value.StartsWith("-", StringComparison.Ordinal)))
            asked.Add(_spoken);
        _spoken = sign == "|" && name is "echo" or "printf" ? string.Join(" ", arguments.Select(a => a.Value)) : null;
        if (_awaited.Count > 0)
            _readsBodies = Shells.Contains(name) && asked.Count == 0;
        foreach (var script in asked)
            _out.Append('\n').Append(CommandsOf(script, _depth + 1)).Append('\n');
        _out.Append(sign.Length == 0 ? "" : " " + sign);
    }

    // Words of the language before the program are none of a command's; programs that run others are.
    private void Collect(List<Word> words, string sign)
    {
        var first = words.FindIndex(w => !w.IsRedirection && !(Before.Contains(w.Value) && IsOfLanguage(w.Value))
            && !IsAssignment(w.Value));
        if (first < 0)
        {
            _awaitsBody = null;
            return;
        }

        var arguments = words.Skip(first + 1).Where(w => !w.IsRedirection).Select(w => w.Value).ToList();
        var given = words.Find(w => w.IsRedirection && w.Value.StartsWith("<<<", StringComparison.Ordinal)).Value;
        var command = new CommandLine(words[first].Value, arguments)
        {
            Input = given?.Substring(3) ?? _spoken,
            WritesFile = words.Exists(w => w.IsRedirection && w.Value.Length > 1 && w.Value[0] is '>' or '&' && w.Value.Contains('>')
                && !w.Value.EndsWith("/dev/null", StringComparison.Ordinal) && !w.Value.EndsWith("&1", StringComparison.Ordinal)
                && !w.Value.EndsWith("&2", StringComparison.Ordinal)),
        };
        _spoken = sign == "|" && command.Name is "echo" or "printf" ? string.Join(" ", arguments) : null;
        if (_awaited.Count > 0)
            _awaitsBody = _commands!.Count;
        _commands!.Add(command);
    }

    private static bool IsOfLanguage(string word) =>
        word is "if" or "then" or "else" or "elif" or "do" or "while" or "until" or "!" or "{" or "}" or "fi" or "done" or "esac";

    private static IEnumerable<string> ScriptsOf(string name, List<Word> arguments)
    {
        if (name == "eval")
            yield return string.Join(" ", arguments.Select(a => a.Value));
        if (name is "trap" or "watch" && arguments.FirstOrDefault(a => a.IsText) is { Value: { } code })
            yield return code;
        var takes = Shells.Contains(name) || TakeScripts.Contains(name);
        for (var i = 0; i + 1 < arguments.Count; i++)
        {
            if (takes && IsScriptOption(arguments[i].Value) && arguments[i + 1].IsText)
                yield return arguments[i + 1].Value;
            takes |= IsShell(arguments[i].Value);
        }
    }

    private static bool IsAssignment(string word)
    {
        var equals = word.IndexOf('=');
        return equals > 0 && word.Take(equals).All(c => char.IsLetterOrDigit(c) || c == '_');
    }

    private void ReadBodies()
    {
        foreach (var (end, strips) in _awaited)
        {
            _bodies.Clear();
            while (_at < _text.Length)
            {
                var stop = _text.IndexOf('\n', _at);
                if (stop < 0)
                    stop = _text.Length;
                var line = _text.Substring(_at, stop - _at);
                _at = Math.Min(_text.Length, stop + 1);
                if ((strips ? line.TrimStart('\t') : line).TrimEnd('\r') == end)
                    break;
                _bodies.Append(line).Append('\n');
            }

            if (_commands is not null && _awaitsBody is { } index)
                _commands[index] = _commands[index] with { Input = _bodies.ToString() };
            else if (_readsBodies)
                _out.Append(CommandsOf(_bodies.ToString(), _depth + 1)).Append('\n');
        }

        _awaited.Clear();
        _awaitsBody = null;
        _readsBodies = false;
    }

    private readonly record struct Word(string Value, string Shown, bool IsText, bool IsRedirection);
}
