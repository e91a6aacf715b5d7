using System.Text;

namespace Repave.Core.Dialects.Compose.Loading;

/// <summary>Texts with variables: <c>$NAME</c>, <c>${NAME}</c>, <c>${NAME:-default}</c>, <c>${NAME:?message}</c>,
/// <c>${NAME:+other}</c>.</summary>
internal sealed class VariableText(Func<string, string?> lookup)
{
    private const int MaxDepth = 32;

    // In the order in which those that stand at the same place are tried.
    private static readonly string[] Operators = [":?", "?", ":-", "-", ":+", "+"];

    private int _steps;

    /// <summary>What is wrong; null if nothing is.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether a variable is demanded that has no value.</summary>
    public bool IsDemand { get; private set; }

    /// <summary>The variables that have no value here, and no default.</summary>
    public List<string> Unset { get; } = [];

    /// <summary>The text with its variables filled in.</summary>
    public string Fill(string text) => text.IndexOf('$') < 0 ? text : Fill(text, 0);

    private string Fill(string text, int depth)
    {
        if (text.IndexOf('$') < 0)
            return text;
        if (depth > MaxDepth || ++_steps > 10_000)
        {
            Problem ??= "its variables are nested too deeply";
            return text;
        }

        var result = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            if (text[at] != '$' || at + 1 == text.Length)
            {
                result.Append(text[at++]);
                continue;
            }

            var next = text[at + 1];
            if (next == '$')
            {
                result.Append('$');
                at += 2;
            }
            else if (IsStart(next))
            {
                var end = NameEnd(text, at + 1);
                result.Append(ValueOf(text.Substring(at + 1, end - at - 1)));
                at = end;
            }
            else if (next == '{')
            {
                if (BracedEnd(text, at) is not { } end)
                {
                    Problem ??= "it has a '$' that begins no variable; write '$$' for the sign itself";
                    return text;
                }

                result.Append(Braced(text.Substring(at, end - at), depth));
                at = end;
            }
            else
            {
                result.Append(text[at++]);
            }
        }

        return result.ToString();
    }

    private string Braced(string match, int depth)
    {
        var operation = Operators.Select(o => (Operator: o, At: match.IndexOf(o, StringComparison.Ordinal))).Where(o => o.At >= 0)
            .OrderBy(o => o.At).Select(o => o.Operator).FirstOrDefault();
        var closing = FirstClosing(match);
        var rest = "";
        if (closing >= 0)
            (rest, match) = (match.Substring(closing + 1), match.Substring(0, closing + 1));
        var inner = match.Substring(2, Math.Max(0, match.Length - (match.EndsWith('}') ? 3 : 2)));
        var sign = operation is null ? -1 : inner.IndexOf(operation, StringComparison.Ordinal);
        if (sign < 0)
            return ValueOf(inner) + Fill(rest, depth + 1);
        var name = inner.Substring(0, sign);
        var word = Fill(inner.Substring(sign + operation!.Length), depth + 1);
        var value = lookup(name);
        var counts = value is not null && (operation[0] != ':' || value.Length > 0);
        string filled;
        switch (operation[operation.Length - 1])
        {
            case '-':
                filled = counts ? value! : word;
                break;
            case '+':
                filled = counts ? word : value ?? "";
                break;
            default:
                if (!counts)
                {
                    IsDemand = true;
                    Unset.Add(name);
                    Problem ??= $"the variable '{name}' must be given{(word.Length > 0 ? $": {word}" : "")}";
                }

                filled = value ?? "";
                break;
        }

        return filled + Fill(rest, depth + 1);
    }

    private string ValueOf(string name)
    {
        if (lookup(name) is { } value)
            return value;
        Unset.Add(name);
        return "";
    }

    // ${name} or, with an operator, everything up to the last brace of the line.
    private static int? BracedEnd(string text, int at)
    {
        var name = at + 2;
        if (name >= text.Length || !IsStart(text[name]))
            return null;
        var end = NameEnd(text, name);
        if (end < text.Length && text[end] == '}')
            return end + 1;
        if (end < text.Length && text[end] == ':')
            end++;
        if (end >= text.Length || text[end] is not ('-' or '+' or '?'))
            return null;
        var line = text.IndexOf('\n', end);
        var last = text.LastIndexOf('}', (line < 0 ? text.Length : line) - 1);
        return last > end ? last + 1 : null;
    }

    private static int FirstClosing(string text)
    {
        var open = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '}' && --open == 0)
                return i;
            if (text[i] == '{')
            {
                open++;
                i++;
            }
        }

        return -1;
    }

    private static bool IsStart(char c) => c is '_' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');

    private static int NameEnd(string text, int from)
    {
        while (from < text.Length && (IsStart(text[from]) || text[from] is >= '0' and <= '9'))
            from++;
        return from;
    }
}
