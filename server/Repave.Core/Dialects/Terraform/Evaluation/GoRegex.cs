using System.Globalization;
using System.Text;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Terraform.Evaluation;

/// <summary>A regular expression as Go reads it, said in the words of this platform's.</summary>
internal sealed class GoRegex
{
    private const int MaxMatches = 50_000;

    // The POSIX classes that Go has, as ranges.
    private static readonly Dictionary<string, string> Classes = new(StringComparer.Ordinal)
    {
        ["alnum"] = "0-9A-Za-z",
        ["alpha"] = "A-Za-z",
        ["ascii"] = "\\x00-\\x7F",
        ["blank"] = "\\t ",
        ["cntrl"] = "\\x00-\\x1F\\x7F",
        ["digit"] = "0-9",
        ["graph"] = "!-~",
        ["lower"] = "a-z",
        ["print"] = " -~",
        ["punct"] = "!-/:-@\\[-`{-~",
        ["space"] = "\\t\\n\\v\\f\\r ",
        ["upper"] = "A-Z",
        ["word"] = "0-9A-Za-z_",
        ["xdigit"] = "0-9A-Fa-f",
    };

    private readonly BoundedRegex _regex;

    private GoRegex(BoundedRegex regex, int groups, IReadOnlyList<string> names) => (_regex, Groups, Names) = (regex, groups, names);

    /// <summary>How many groups it has.</summary>
    public int Groups { get; }

    /// <summary>The names of groups that have one.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Reads a pattern; null for what is none.</summary>
    public static GoRegex? Of(string pattern)
    {
        if (Translate(pattern, out var groups, out var names) is not { } translated)
            return null;
        return BoundedRegex.TryCreate(translated) is { } regex ? new GoRegex(regex, groups, names) : null;
    }

    /// <summary>Every place where it is found; null where that was given up.</summary>
    public IReadOnlyList<BoundedMatch>? All(string text, int limit = int.MaxValue)
    {
        var found = new List<BoundedMatch>();
        var at = 0;
        while (at <= text.Length && found.Count < limit)
        {
            if (!_regex.Find(text, at, out var place))
                return null;
            if (place is not { } span)
                break;
            if (_regex.MatchGroups(text, at) is not { } match || found.Count > MaxMatches)
                return null;
            // Go finds no empty text directly behind what it has found.
            if (span.Length > 0 || found.Count == 0 || found[found.Count - 1].Span.End < span.Start)
                found.Add(match);
            at = span.Length > 0 ? span.End : span.End + (char.IsHighSurrogate(CharAt(text, span.End)) ? 2 : 1);
        }

        return found;
    }

    /// <summary>Writes a replacement, in which <c>$1</c> and <c>${name}</c> stand for groups.</summary>
    public static void Expand(string replacement, string text, BoundedMatch match, StringBuilder result)
    {
        for (var i = 0; i < replacement.Length; i++)
        {
            if (replacement[i] != '$' || i + 1 == replacement.Length)
            {
                result.Append(replacement[i]);
                continue;
            }

            if (replacement[i + 1] == '$')
            {
                result.Append('$');
                i++;
                continue;
            }

            var isBraced = replacement[i + 1] == '{';
            var start = i + (isBraced ? 2 : 1);
            var end = start;
            while (end < replacement.Length && (char.IsLetterOrDigit(replacement[end]) || replacement[end] == '_'))
                end++;
            if (end == start || (isBraced && CharAt(replacement, end) != '}'))
            {
                result.Append('$');
                continue;
            }

            if (match.Group(replacement.Substring(start, end - start)) is { } span)
                result.Append(text, span.Start, span.Length);
            i = isBraced ? end : end - 1;
        }
    }

    private static char CharAt(string text, int at) => at < text.Length ? text[at] : '\0';

    private static string? Translate(string pattern, out int groups, out List<string> names)
    {
        groups = 0;
        names = [];
        var result = new StringBuilder();
        var isMultiline = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            switch (c)
            {
                case '\\':
                    if (i + 1 == pattern.Length)
                        return null;
                    i++;
                    if (!Escape(pattern, ref i, result, inClass: false))
                        return null;
                    break;
                case '[':
                    if (!Class(pattern, ref i, result))
                        return null;
                    break;
                case '$' when !isMultiline:
                    result.Append("\\z");
                    break;
                case '(' when CharAt(pattern, i + 1) == '?':
                    var rest = pattern.Substring(i);
                    if (rest.StartsWith("(?P<", StringComparison.Ordinal) || (rest.StartsWith("(?<", StringComparison.Ordinal)
                        && CharAt(rest, 3) is not ('=' or '!')))
                    {
                        var start = rest[2] == 'P' ? 4 : 3;
                        var end = rest.IndexOf('>');
                        if (end < 0)
                            return null;
                        groups++;
                        names.Add(rest.Substring(start, end - start));
                        result.Append("(?<").Append(names[names.Count - 1]).Append('>');
                        i += end;
                        break;
                    }

                    // Go neither looks around nor back.
                    if (CharAt(rest, 2) is '=' or '!' or '<' or '>' or '#')
                        return null;
                    for (var at = 2; at < rest.Length && rest[at] is not (':' or ')' or '-'); at++)
                        isMultiline |= rest[at] == 'm';
                    result.Append("(?");
                    i++;
                    break;
                case '(':
                    groups++;
                    result.Append(c);
                    break;
                // A possessive or lazy mark behind a repetition means what it means here.
                default:
                    result.Append(c);
                    break;
            }
        }

        return result.ToString();
    }

    private static bool Escape(string pattern, ref int i, StringBuilder result, bool inClass)
    {
        var c = pattern[i];
        switch (c)
        {
            case 'd':
                result.Append(inClass ? "0-9" : "[0-9]");
                return true;
            case 'D':
                result.Append(inClass ? "\\x00-/:-\\uFFFF" : "[^0-9]");
                return true;
            case 'w':
                result.Append(inClass ? "0-9A-Za-z_" : "[0-9A-Za-z_]");
                return true;
            case 'W':
                result.Append(inClass ? "\\x00-/:-@\\[-^`{-\\uFFFF" : "[^0-9A-Za-z_]");
                return true;
            case 's':
                result.Append(inClass ? "\\t\\n\\f\\r " : "[\\t\\n\\f\\r ]");
                return true;
            case 'S':
                result.Append(inClass ? "\\x00-\\x08\\x0B\\x0E-\\x1F!-\\uFFFF" : "[^\\t\\n\\f\\r ]");
                return true;
            case 'Q':
                var end = pattern.IndexOf("\\E", i, StringComparison.Ordinal);
                var text = end < 0 ? pattern.Substring(i + 1) : pattern.Substring(i + 1, end - i - 1);
                result.Append(BoundedRegex.Escape(text));
                i = end < 0 ? pattern.Length - 1 : end + 1;
                return true;
            case 'x' when CharAt(pattern, i + 1) == '{':
                var close = pattern.IndexOf('}', i);
                if (close < 0
                    || !int.TryParse(pattern.Substring(i + 2, close - i - 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture,
                        out var code) || code is > 0xFFFF or < 0)
                    return false;
                result.Append("\\u").Append(code.ToString("X4", CultureInfo.InvariantCulture));
                i = close;
                return true;
            case 'p' or 'P' when CharAt(pattern, i + 1) is var letter && char.IsLetter(letter):
                result.Append('\\').Append(c).Append('{').Append(letter).Append('}');
                i++;
                return true;
            case 'p' or 'P':
                result.Append('\\').Append(c);
                return true;
            case 'z':
                result.Append("\\z");
                return !inClass;
            case 'A' or 'b' or 'B':
                result.Append('\\').Append(c);
                return !inClass;
            case 'a' or 'f' or 't' or 'n' or 'r' or 'v' or 'x':
                result.Append('\\').Append(c);
                return true;
            default:
                // A letter or digit that means nothing is a mistake, and Go does not look back at groups.
                if (char.IsLetterOrDigit(c) && c != '0')
                    return false;
                result.Append(c == '0' ? "\\0" : BoundedRegex.Escape(c.ToString()) is { Length: 1 } plain && c is ']' or '-' or '}'
                    ? "\\" + c
                    : BoundedRegex.Escape(c.ToString()));
                return true;
        }
    }

    private static bool Class(string pattern, ref int i, StringBuilder result)
    {
        result.Append('[');
        i++;
        if (CharAt(pattern, i) == '^')
        {
            result.Append('^');
            i++;
        }

        var isFirst = true;
        for (; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == ']' && !isFirst)
            {
                result.Append(']');
                return true;
            }

            isFirst = false;
            if (c == '[' && CharAt(pattern, i + 1) == ':' && pattern.IndexOf(":]", i, StringComparison.Ordinal) is var end and > 0)
            {
                if (!Classes.TryGetValue(pattern.Substring(i + 2, end - i - 2), out var ranges))
                    return false;
                result.Append(ranges);
                i = end + 1;
            }
            else if (c == '\\')
            {
                if (++i == pattern.Length || !Escape(pattern, ref i, result, inClass: true))
                    return false;
            }
            else if (c is '[' or ']')
            {
                result.Append('\\').Append(c);
            }
            else
            {
                result.Append(c);
            }
        }

        return false;
    }
}
