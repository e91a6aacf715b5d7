namespace Repave.Environments.Git;

/// <summary>One line of a .gitignore. Matching steps through all ways at once, so that no pattern takes longer than its length times the
/// path's.</summary>
internal sealed class IgnorePattern
{
    private const int MaxLength = 4096;

    private readonly string _text;
    private readonly Token[]? _tokens;
    private readonly bool _isAnchored;
    private readonly bool _isSuffix;

    private IgnorePattern(string text, bool isNegated, bool isFolderOnly, bool isAnchored)
    {
        (IsNegated, IsFolderOnly, _isAnchored) = (isNegated, isFolderOnly, isAnchored);
        _isSuffix = !isAnchored && text.Length > 1 && text[0] == '*' && text.AsSpan(1).IndexOfAny("*?[\\") < 0;
        _text = _isSuffix ? text[1..] : text;
        if (!_isSuffix && text.AsSpan().IndexOfAny("*?[\\") >= 0)
            _tokens = Read(text);
    }

    private enum Kind
    {
        One,
        Any,
        Class,
        Star,
        // Any number of whole folders: at the beginning of one, and inside of one.
        Folders,
        InFolder,
        Rest,
    }

    /// <summary>Whether it takes back what an earlier line ignores.</summary>
    public bool IsNegated { get; }

    /// <summary>Whether it means folders only.</summary>
    public bool IsFolderOnly { get; }

    /// <summary>The pattern of a line; null for one that says nothing.</summary>
    public static IgnorePattern? Parse(string line)
    {
        var text = line.TrimEnd('\r');
        while (text.EndsWith(' ') && !text.EndsWith("\\ ", StringComparison.Ordinal))
            text = text[..^1];
        if (text.Length is 0 or > MaxLength || text[0] == '#')
            return null;
        var isNegated = text[0] == '!';
        if (isNegated)
            text = text[1..];
        var isFolderOnly = text.EndsWith('/');
        if (isFolderOnly)
            text = text[..^1];
        var isAnchored = text.Contains('/');
        if (text.StartsWith('/'))
            text = text[1..];
        return text.Length == 0 ? null : new IgnorePattern(text, isNegated, isFolderOnly, isAnchored);
    }

    /// <summary>Whether it means a file or folder.</summary>
    /// <param name="path">Its path from the folder of the .gitignore, with slashes.</param>
    /// <param name="name">Its name.</param>
    public bool Matches(string path, string name)
    {
        var subject = _isAnchored ? path : name;
        if (_isSuffix)
            return subject.EndsWith(_text, StringComparison.Ordinal);
        return _tokens is null ? subject == _text : Matches(_tokens, subject);
    }

    private static bool Matches(Token[] tokens, string subject)
    {
        Span<bool> now = tokens.Length < 500 ? stackalloc bool[tokens.Length + 1] : new bool[tokens.Length + 1];
        Span<bool> next = tokens.Length < 500 ? stackalloc bool[tokens.Length + 1] : new bool[tokens.Length + 1];
        Enter(tokens, now, 0);
        foreach (var c in subject)
        {
            next.Clear();
            for (var i = 0; i < tokens.Length; i++)
            {
                if (!now[i])
                    continue;
                var token = tokens[i];
                switch (token.Kind)
                {
                    case Kind.Star when c != '/':
                        Enter(tokens, next, i);
                        break;
                    case Kind.Folders:
                        Enter(tokens, next, c == '/' ? i : i + 1);
                        break;
                    case Kind.InFolder:
                        Enter(tokens, next, c == '/' ? i - 1 : i);
                        break;
                    case Kind.Rest:
                        next[i] = true;
                        next[i + 1] = true;
                        break;
                    case Kind.One when c == token.Char:
                    case Kind.Any when c != '/':
                    case Kind.Class when c != '/' && token.Holds(c):
                        Enter(tokens, next, i + 1);
                        break;
                }
            }

            var before = now;
            now = next;
            next = before;
        }

        return now[tokens.Length];
    }

    // A state, and those that are reached from it without a character.
    private static void Enter(Token[] tokens, Span<bool> states, int at)
    {
        while (!states[at])
        {
            states[at] = true;
            if (at == tokens.Length)
                return;
            switch (tokens[at].Kind)
            {
                case Kind.Star:
                    at++;
                    break;
                case Kind.Folders:
                    at += 2;
                    break;
                default:
                    return;
            }
        }
    }

    private static Token[] Read(string text)
    {
        var tokens = new List<Token>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '*')
            {
                var stars = 1;
                while (i + 1 < text.Length && text[i + 1] == '*')
                    (i, stars) = (i + 1, stars + 1);
                var begins = i - stars < 0 || text[i - stars] == '/';
                if (stars == 2 && begins && i + 1 < text.Length && text[i + 1] == '/')
                {
                    tokens.Add(new Token(Kind.Folders));
                    tokens.Add(new Token(Kind.InFolder));
                    i++;
                }
                else
                {
                    tokens.Add(new Token(stars == 2 && begins && i + 1 == text.Length ? Kind.Rest : Kind.Star));
                }
            }
            else if (c == '?')
            {
                tokens.Add(new Token(Kind.Any));
            }
            else if (c == '[' && Class(text, ref i) is { } set)
            {
                tokens.Add(set);
            }
            else
            {
                if (c == '\\' && i + 1 < text.Length)
                    i++;
                tokens.Add(new Token(Kind.One) { Char = text[i] });
            }
        }

        return [.. tokens];
    }

    private static Token? Class(string text, ref int at)
    {
        var i = at + 1;
        var isNot = i < text.Length && text[i] is '!' or '^';
        if (isNot)
            i++;
        var ranges = new List<(char From, char To)>();
        for (var first = i; i < text.Length && (text[i] != ']' || i == first); i++)
        {
            if (text[i] == '[' && i + 1 < text.Length && text[i + 1] == ':'
                && text.IndexOf(":]", i + 2, StringComparison.Ordinal) is > 0 and var end)
            {
                ranges.AddRange(Named(text[(i + 2)..end]));
                i = end + 1;
                continue;
            }

            if (text[i] == '\\' && i + 1 < text.Length)
                i++;
            var from = text[i];
            if (i + 2 < text.Length && text[i + 1] == '-' && text[i + 2] != ']')
            {
                i += 2;
                if (text[i] == '\\' && i + 1 < text.Length)
                    i++;
                ranges.Add((from, text[i]));
            }
            else
            {
                ranges.Add((from, from));
            }
        }

        if (i >= text.Length)
            return null;
        at = i;
        return new Token(Kind.Class) { Ranges = [.. ranges], IsNot = isNot };
    }

    private static (char From, char To)[] Named(string name) => name switch
    {
        "alnum" => [('0', '9'), ('A', 'Z'), ('a', 'z')],
        "alpha" => [('A', 'Z'), ('a', 'z')],
        "digit" => [('0', '9')],
        "lower" => [('a', 'z')],
        "upper" => [('A', 'Z')],
        "space" => [(' ', ' '), ('\t', '\r')],
        "punct" => [('!', '/'), (':', '@'), ('[', '`'), ('{', '~')],
        "xdigit" => [('0', '9'), ('A', 'F'), ('a', 'f')],
        _ => [],
    };

    private readonly record struct Token(Kind Kind)
    {
        public char Char { get; init; }

        public (char From, char To)[]? Ranges { get; init; }

        public bool IsNot { get; init; }

        public bool Holds(char c)
        {
            foreach (var (from, to) in Ranges!)
            {
                if (c >= from && c <= to)
                    return !IsNot;
            }

            return IsNot;
        }
    }
}
