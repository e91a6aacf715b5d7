using System.Globalization;
using System.Text;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Terraform.Evaluation;

/// <summary>Functions of texts.</summary>
internal static partial class Functions
{
    private const int MaxLength = 4_000_000;

    // What Go's strings.TrimSpace takes away.
    private static readonly char[] Spaces = ['\t', '\n', '\v', '\f', '\r', ' ', '\u0085', '\u00A0', '\u2028', '\u2029', '\u3000'];

    private static void AddTexts(Adder add)
    {
        add("chomp", [S], S, c => TerraformValue.Of(Chomp(c.Text(0))));
        add("endswith", [S, S], B, c => TerraformValue.Of(c.Text(0).EndsWith(c.Text(1), StringComparison.Ordinal)));
        add("startswith", [S, S], B, c => TerraformValue.Of(c.Text(0).StartsWith(c.Text(1), StringComparison.Ordinal)));
        add("strcontains", [S, S], B, c => TerraformValue.Of(c.Text(0).Contains(c.Text(1), StringComparison.Ordinal)));
        add("format", [S], S, c => Format(c, c.All, 0), FunctionTraits.Null | FunctionTraits.PartlyKnown, Any);
        add("formatlist", [S], ListOfText, FormatList, FunctionTraits.Null | FunctionTraits.PartlyKnown, Any);
        add("indent", [N, S], S, c => c.Number(0).Integer is >= 0 and < 10_000 and var spaces
            ? TerraformValue.Of(c.Text(1).Replace("\n", "\n" + new string(' ', (int)spaces)))
            : c.Fail(0, "The number of spaces is whole and not negative."));
        add("join", [S], S, Join, FunctionTraits.None, ListOfText);
        add("lower", [S], S, c => TerraformValue.Of(c.Text(0).ToLowerInvariant()));
        add("upper", [S], S, c => TerraformValue.Of(c.Text(0).ToUpperInvariant()));
        add("title", [S], S, c => TerraformValue.Of(Title(c.Text(0))));
        add("regex", [S, S], Any, c => RegexOf(c, isAll: false));
        add("regexall", [S, S], ListOfAny, c => RegexOf(c, isAll: true));
        add("replace", [S, S, S], S, Replace);
        add("split", [S, S], ListOfText, c => TerraformValue.List(S, [.. Split(c.Text(0), c.Text(1)).Select(TerraformValue.Of)]));
        add("strrev", [S], S, c => TerraformValue.Of(string.Concat(Characters(c.Text(0)).AsEnumerable().Reverse())));
        add("substr", [S, N, N], S, Substring);
        add("trim", [S, S], S, c => TerraformValue.Of(c.Text(0).Trim(c.Text(1) is { Length: > 0 } set ? set.ToCharArray() : ['\uFFFF'])));
        add("trimprefix", [S, S],
            S, c => TerraformValue.Of(c.Text(1).Length > 0 && c.Text(0).StartsWith(c.Text(1), StringComparison.Ordinal)
                ? c.Text(0).Substring(c.Text(1).Length) : c.Text(0)));
        add("trimsuffix", [S, S], S, c => TerraformValue.Of(c.Text(1).Length > 0 && c.Text(0).EndsWith(c.Text(1), StringComparison.Ordinal)
            ? c.Text(0).Substring(0, c.Text(0).Length - c.Text(1).Length) : c.Text(0)));
        add("trimspace", [S], S, c => TerraformValue.Of(c.Text(0).Trim(Spaces)));
    }

    private static string Chomp(string text) => text.TrimEnd('\r', '\n');

    private static TerraformValue Join(FunctionCall call)
    {
        var items = new List<string>();
        var length = 0;
        for (var i = 1; i < call.Count; i++)
        {
            foreach (var item in call[i].Items)
            {
                if (item.IsNull)
                    return call.Fail(i, "An item of the list is null, which no text can hold.");
                items.Add(item.Text ?? "");
                length += items[items.Count - 1].Length + call.Text(0).Length;
                if (length > MaxLength)
                    return call.Unknown;
            }
        }

        return call.Count < 2 ? call.Fail(0, "At least one list is needed.") : TerraformValue.Of(string.Join(call.Text(0), items));
    }

    private static string Title(string text)
    {
        var result = new StringBuilder(text.Length);
        var isStart = true;
        foreach (var c in text)
        {
            result.Append(isStart ? char.ToUpperInvariant(c) : c);
            isStart = !(char.IsLetterOrDigit(c) || c == '_') && (c < 128 || char.IsWhiteSpace(c));
        }

        return result.ToString();
    }

    private static IEnumerable<string> Split(string separator, string text)
    {
        if (separator.Length > 0)
            return text.Split([separator], StringSplitOptions.None);
        return text.Length == 0 ? [] : Runes(text);
    }

    /// <summary>What a reader takes for the characters of a text.</summary>
    internal static List<string> Characters(string text)
    {
        var characters = new List<string>();
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
            characters.Add(elements.GetTextElement());
        return characters;
    }

    private static TerraformValue Substring(FunctionCall call)
    {
        if (call.Number(1).Integer is not { } offset || call.Number(2).Integer is not { } length)
            return call.Fail(1, "Offset and length are whole numbers.");
        var characters = Characters(call.Text(0));
        if (offset < 0)
            offset += characters.Count;
        if (offset < 0 || offset > characters.Count)
            return offset < 0 ? TerraformValue.Of(SubstringOf(characters, 0, length < 0 ? characters.Count : Math.Max(0, length + offset)))
                : TerraformValue.Of("");
        return TerraformValue.Of(SubstringOf(characters, offset, length < 0 ? characters.Count - offset : length));
    }

    private static string SubstringOf(List<string> characters, long offset, long length) =>
        string.Concat(characters.Skip((int)offset).Take((int)Math.Min(length, characters.Count)));

    private static TerraformValue Replace(FunctionCall call)
    {
        var (text, what, with) = (call.Text(0), call.Text(1), call.Text(2));
        if (what.Length <= 1 || what[0] != '/' || what[what.Length - 1] != '/')
        {
            if (what.Length == 0)
                return text.Length * (with.Length + 1) > MaxLength ? call.Unknown
                    : TerraformValue.Of(with + string.Concat(Runes(text).Select(r => r + with)));
            return TerraformValue.Of(text.Replace(what, with));
        }

        if (GoRegex.Of(what.Substring(1, what.Length - 2)) is not { } regex)
            return call.Fail(1, "The text between the slashes is not a regular expression.");
        if (regex.All(text) is not { } matches)
            return call.Unknown;
        var result = new StringBuilder();
        var at = 0;
        foreach (var match in matches)
        {
            result.Append(text, at, match.Span.Start - at);
            GoRegex.Expand(with, text, match, result);
            at = match.Span.End;
            if (result.Length > MaxLength)
                return call.Unknown;
        }

        return TerraformValue.Of(result.Append(text, at, text.Length - at).ToString());
    }

    private static IEnumerable<string> Runes(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var length = char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1;
            yield return text.Substring(i, length);
            i += length - 1;
        }
    }

    private static TerraformValue RegexOf(FunctionCall call, bool isAll)
    {
        if (GoRegex.Of(call.Text(0)) is not { } regex)
            return call.Fail(0, "This is not a regular expression.");
        if (regex.All(call.Text(1), isAll ? int.MaxValue : 1) is not { } matches)
            return call.Unknown;
        if (isAll)
        {
            var all = matches.Select(m => Captured(call.Text(1), regex, m)).ToList();
            var element = all.Count > 0 ? all[0].Type : regex.Names.Count == 0 ? S : Any;
            return TerraformValue.List(element, all);
        }

        return matches.Count == 0 ? call.Fail(1, "The pattern is not found in the text.") : Captured(call.Text(1), regex, matches[0]);
    }

    private static TerraformValue Captured(string text, GoRegex regex, BoundedMatch match)
    {
        TerraformValue Group(string name) => match.Group(name) is { } span ? TerraformValue.Of(text.Substring(span.Start, span.Length))
            : TerraformValue.NullOf(S);
        if (regex.Names.Count > 0)
            return TerraformValue.Object(regex.Names.Select(n => new KeyValuePair<string, TerraformValue>(n, Group(n))));
        return regex.Groups > 0
            ? TerraformValue.Tuple([.. Enumerable.Range(1, regex.Groups).Select(i => Group(i.ToString(CultureInfo.InvariantCulture)))])
            : TerraformValue.Of(text.Substring(match.Span.Start, match.Span.Length));
    }
}
