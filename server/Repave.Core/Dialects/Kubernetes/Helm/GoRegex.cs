using System.Text;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Regular expressions as Go's regexp package takes them, which is RE2's syntax.</summary>
internal sealed class GoRegex
{
    private readonly BoundedRegex _regex;

    private GoRegex(BoundedRegex regex) => _regex = regex;

    /// <summary>A pattern of Go's.</summary>
    /// <exception cref="GoException">It is none, or none that can be matched here.</exception>
    public static GoRegex Of(TemplateExecutor executor, string pattern)
    {
        var key = "regex\0" + pattern;
        if (executor.Memory.TryGetValue(key, out var known))
            return (GoRegex)known;
        var regex = BoundedRegex.TryCreate(Translate(pattern))
            ?? throw GoArguments.Error($"error parsing regexp: cannot read the pattern: `{pattern}`");
        var made = new GoRegex(regex);
        executor.Memory[key] = made;
        return made;
    }

    /// <summary>A pattern of Go's; null where it is none, or none that can be matched here.</summary>
    public static GoRegex? TryCreate(string pattern) =>
        BoundedRegex.TryCreate(Translate(pattern)) is { } regex ? new GoRegex(regex) : null;

    public bool Matches(string text) => _regex.Matches(text);

    /// <summary>Where it is found, one after another, each with its groups (by number and by name).</summary>
    public IEnumerable<BoundedMatch> All(string text, int limit = -1)
    {
        var at = 0;
        var previousEnd = -1;
        var count = 0;
        while (at <= text.Length && (limit < 0 || count < limit))
        {
            if (_regex.MatchGroups(text, at) is not { } match)
                yield break;
            var span = match.Span;
            // An empty match right after another is none to Go.
            if (span.Length == 0 && span.Start == previousEnd)
            {
                at = span.End + (span.End < text.Length && char.IsSurrogatePair(text, span.End) ? 2 : 1);
                if (at > text.Length)
                    yield break;
                continue;
            }

            yield return match;
            count++;
            GoLimits.CheckCount(count);
            previousEnd = span.End;
            at = span.Length == 0 ? span.End + 1 : span.End;
        }
    }

    /// <summary>A replacement with the groups put in where it names them.</summary>
    public static void Expand(GoTextBuilder expanded, GoText replacement, GoText text, BoundedMatch match)
    {
        var template = replacement.Text;
        var start = 0;
        for (var at = template.IndexOf('$'); at >= 0; at = template.IndexOf('$', start))
        {
            expanded.Append(replacement, start, at - start);
            start = at + 1;
            if (start < template.Length && template[start] == '$')
            {
                expanded.Append('$');
                start++;
                continue;
            }

            var braces = start < template.Length && template[start] == '{';
            var from = braces ? start + 1 : start;
            var end = from;
            while (end < template.Length && (template[end] == '_' || char.IsLetterOrDigit(template[end])))
                end++;
            if (end == from || (braces && (end == template.Length || template[end] != '}')))
            {
                expanded.Append('$');
                continue;
            }

            if (match.Group(template.Substring(from, end - from)) is { } group)
                expanded.Append(text, group.Start, group.Length);
            start = braces ? end + 1 : end;
        }

        expanded.Append(replacement, start, template.Length - start);
    }

    // .NET's syntax for the same: its classes know more characters, and its end of text allows a line feed after it.
    private static string Translate(string pattern)
    {
        var translated = new StringBuilder(pattern.Length + 8);
        var inClass = false;
        var isMultiline = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            var next = i + 1 < pattern.Length ? pattern[i + 1] : '\0';
            switch (c)
            {
                case '\\' when next == 'Q':
                    var end = pattern.IndexOf("\\E", i + 2, StringComparison.Ordinal);
                    var quoted = end < 0 ? pattern.Substring(i + 2) : pattern.Substring(i + 2, end - i - 2);
                    translated.Append(BoundedRegex.Escape(quoted));
                    i = end < 0 ? pattern.Length : end + 1;
                    break;
                case '\\':
                    i++;
                    Escape(translated, pattern, ref i, next, inClass);
                    break;
                case '[' when inClass && next == ':':
                    var close = pattern.IndexOf(":]", i + 2, StringComparison.Ordinal);
                    var name = close < 0 ? null : Class(pattern.Substring(i + 2, close - i - 2));
                    if (name is null)
                    {
                        translated.Append("\\[");
                        break;
                    }

                    translated.Append(name);
                    i = close + 1;
                    break;
                case '[' when inClass:
                    translated.Append("\\[");
                    break;
                case '[':
                    inClass = true;
                    translated.Append('[');
                    if (next == '^')
                    {
                        translated.Append('^');
                        i++;
                    }

                    // A bracket right at the beginning stands for itself.
                    if (i + 1 < pattern.Length && pattern[i + 1] == ']')
                    {
                        translated.Append("\\]");
                        i++;
                    }

                    break;
                case ']' when inClass:
                    inClass = false;
                    translated.Append(']');
                    break;
                case '-' when inClass && next == '[' && (i + 2 >= pattern.Length || pattern[i + 2] != ':'):
                    translated.Append("\\-");
                    break;
                case '(' when !inClass && next == '?' && i + 2 < pattern.Length && pattern[i + 2] == 'P':
                    translated.Append("(?");
                    i += 2;
                    break;
                case '(' when !inClass && next == '?':
                    var stop = i + 2;
                    while (stop < pattern.Length && (char.IsLetter(pattern[stop]) || pattern[stop] == '-'))
                        stop++;
                    var flags = pattern.Substring(i + 2, stop - i - 2);
                    isMultiline |= flags.Contains('m') && (!flags.Contains('-') || flags.IndexOf('m') < flags.IndexOf('-'));
                    translated.Append("(?").Append(flags.Replace("U", ""));
                    i = stop - 1;
                    break;
                case '$' when !inClass && !isMultiline:
                    translated.Append("\\z");
                    break;
                default:
                    translated.Append(c);
                    break;
            }
        }

        return translated.ToString();
    }

    private static void Escape(StringBuilder translated, string pattern, ref int i, char c, bool inClass)
    {
        switch (c)
        {
            case 'd': translated.Append(inClass ? "0-9" : "[0-9]"); break;
            case 'D': translated.Append(inClass ? "\\D" : "[^0-9]"); break;
            case 'w': translated.Append(inClass ? "0-9A-Za-z_" : "[0-9A-Za-z_]"); break;
            case 'W': translated.Append(inClass ? "\\W" : "[^0-9A-Za-z_]"); break;
            case 's': translated.Append(inClass ? "\\t\\n\\f\\r " : "[\\t\\n\\f\\r ]"); break;
            case 'S': translated.Append(inClass ? "\\S" : "[^\\t\\n\\f\\r ]"); break;
            case 'C': translated.Append('.'); break;
            case 'p' or 'P' when i + 1 < pattern.Length && pattern[i + 1] != '{':
                translated.Append('\\').Append(c).Append('{').Append(pattern[++i]).Append('}');
                break;
            case 'x' when i + 1 < pattern.Length && pattern[i + 1] == '{':
                var close = pattern.IndexOf('}', i);
                if (close > 0 && int.TryParse(pattern.Substring(i + 2, close - i - 2), System.Globalization.NumberStyles.AllowHexSpecifier,
                    System.Globalization.CultureInfo.InvariantCulture, out var rune) && rune is >= 0 and <= 0xFFFF)
                {
                    translated.Append("\\u").Append(rune.ToString("X4", System.Globalization.CultureInfo.InvariantCulture));
                    i = close;
                }

                break;
            case '\0': translated.Append('\\'); break;
            default:
                if (char.IsLetterOrDigit(c))
                    translated.Append('\\').Append(c);
                else
                    translated.Append("<>\"'/ :=!@%&,;~`_".IndexOf(c) >= 0 ? "" : "\\").Append(c);
                break;
        }
    }

    private static string? Class(string name)
    {
        var negated = name.StartsWith('^');
        return negated ? null : name switch
        {
            "alnum" => "0-9A-Za-z",
            "alpha" => "A-Za-z",
            "ascii" => "\\x00-\\x7F",
            "blank" => "\\t ",
            "cntrl" => "\\x00-\\x1F\\x7F",
            "digit" => "0-9",
            "graph" => "!-~",
            "lower" => "a-z",
            "print" => " -~",
            "punct" => "!-/:-@\\[-`{-~",
            "space" => "\\t\\n\\v\\f\\r ",
            "upper" => "A-Z",
            "word" => "0-9A-Za-z_",
            "xdigit" => "0-9A-Fa-f",
            _ => null,
        };
    }
}
