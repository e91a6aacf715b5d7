using System.Globalization;
using System.Text;
using Repave.Core.Syntax.GoTemplate;
using static Repave.Core.Dialects.Kubernetes.Helm.GoArguments;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Sprig's functions on texts.</summary>
internal static class SprigStrings
{
    private static readonly char[] Space = [' ', '\t', '\n', '\v', '\f', '\r', '\x85', '\xA0'];

    public static void AddTo(Dictionary<string, GoFunction> functions)
    {
        functions["trim"] = new("s", (_, a) => Trim(Traced(a[0]), IsSpace));
        functions["upper"] = new("s", (_, a) => Traced(a[0]).With(StringOf(a[0]).ToUpperInvariant()));
        functions["lower"] = new("s", (_, a) => Traced(a[0]).With(StringOf(a[0]).ToLowerInvariant()));
        functions["title"] = new("s", (_, a) => Traced(a[0]).With(Title(StringOf(a[0]))));
        functions["untitle"] = new("s", (_, a) => Traced(a[0]).With(EachWord(StringOf(a[0]), char.ToLowerInvariant)));
        functions["substr"] = new("iis", (_, a) => Substring(Int(a[0]), Int(a[1]), Traced(a[2])));
        functions["trunc"] = new("is", (_, a) => Truncate(Int(a[0]), Traced(a[1])));
        functions["repeat"] = new("is", (_, a) => Repeat(Int(a[0]), Traced(a[1])));
        functions["trimAll"] = functions["trimall"] = new("ss", (_, a) => Trim(Traced(a[1]), c => StringOf(a[0]).IndexOf(c) >= 0));
        functions["trimSuffix"] = new("ss", (_, a) => TrimSuffix(StringOf(a[0]), Traced(a[1])));
        functions["trimPrefix"] = new("ss", (_, a) => TrimPrefix(StringOf(a[0]), Traced(a[1])));
        functions["nospace"] = new("s", (_, a) => Filter(Traced(a[0]), c => !char.IsWhiteSpace(c)));
        functions["initials"] = new("s", (_, a) => new GoText(Initials(StringOf(a[0]))));
        functions["swapcase"] = new("s", (_, a) => Traced(a[0]).With(SwapCase(StringOf(a[0]))));
        functions["snakecase"] = new("s", (_, a) => new GoText(SprigCases.Join(StringOf(a[0]), '_')));
        functions["kebabcase"] = new("s", (_, a) => new GoText(SprigCases.Join(StringOf(a[0]), '-')));
        functions["camelcase"] = new("s", (_, a) => new GoText(SprigCases.Pascal(StringOf(a[0]))));
        functions["wrap"] = new("is", (_, a) => new GoText(Wrap(StringOf(a[1]), Int(a[0]), "\n", false)));
        functions["wrapWith"] = new("iss", (_, a) => new GoText(Wrap(StringOf(a[2]), Int(a[0]), StringOf(a[1]), true)));
        functions["contains"] = new("ss", (_, a) => new GoBool(StringOf(a[1]).Contains(StringOf(a[0]), StringComparison.Ordinal)));
        functions["hasPrefix"] = new("ss", (_, a) => new GoBool(StringOf(a[1]).StartsWith(StringOf(a[0]), StringComparison.Ordinal)));
        functions["hasSuffix"] = new("ss", (_, a) => new GoBool(StringOf(a[1]).EndsWith(StringOf(a[0]), StringComparison.Ordinal)));
        functions["quote"] = new("a*", (_, a) => Join(a, Quote));
        functions["squote"] = new("a*", (_, a) => Join(a, value => new GoTextBuilder().Append('\'').Append(GoFormat.Print(value))
            .Append('\'').ToText()));
        functions["cat"] = new("a*", (_, a) => Join(a, value => GoFormat.Print(value)));
        functions["indent"] = new("is", (_, a) => Indent(Int(a[0]), Traced(a[1]), false));
        functions["nindent"] = new("is", (_, a) => Indent(Int(a[0]), Traced(a[1]), true));
        functions["replace"] = new("sss", (_, a) => Replace(StringOf(a[0]), Traced(a[1]), Traced(a[2])));
        functions["plural"] = new("ssi", (_, a) => Int(a[2]) == 1 ? a[0] : a[1]);
        functions["abbrev"] = new("is", (_, a) => Abbreviate(Traced(a[1]), 0, Int(a[0])));
        functions["abbrevboth"] = new("iis", (_, a) => Abbreviate(Traced(a[2]), Int(a[0]), Int(a[1])));
        functions["toString"] = new("a", (_, a) => ToText(a[0]));
        functions["toStrings"] = new("a", (_, a) => ListOf(ToTexts(a[0])));
        functions["join"] = new("sa", (_, a) => JoinList(Traced(a[0]), ToTexts(a[1])));
        functions["sortAlpha"] = new("a", (_, a) => a[0] is GoList
            ? ListOf(ToTexts(a[0]).OrderBy(text => text.Text, StringComparer.Ordinal)) : ListOf([ToText(a[0])]));
        functions["splitList"] = new("ss", (_, a) => ListOf(Split(Traced(a[1]), StringOf(a[0]), -1)));
        functions["split"] = new("ss", (_, a) => Numbered(Split(Traced(a[1]), StringOf(a[0]), -1)));
        functions["splitn"] = new("sis", (_, a) => Numbered(Split(Traced(a[2]), StringOf(a[0]), Int(a[1]))));
        functions["b64enc"] = new("s", (_, a) => Encode(a[0], Convert.ToBase64String));
        functions["b64dec"] = new("s", (_, a) => new GoText(SprigEncodings.FromBase64(StringOf(a[0])), Traced(a[0]).Computed()));
        functions["b32enc"] = new("s", (_, a) => Encode(a[0], SprigEncodings.ToBase32));
        functions["b32dec"] = new("s", (_, a) => new GoText(SprigEncodings.FromBase32(StringOf(a[0])), Traced(a[0]).Computed()));
        functions["base"] = functions["osBase"] = new("s", (_, a) => new GoText(SprigPaths.Base(StringOf(a[0]))));
        functions["dir"] = functions["osDir"] = new("s", (_, a) => new GoText(SprigPaths.Directory(StringOf(a[0]))));
        functions["clean"] = functions["osClean"] = new("s", (_, a) => new GoText(SprigPaths.Clean(StringOf(a[0]))));
        functions["ext"] = functions["osExt"] = new("s", (_, a) => new GoText(SprigPaths.Extension(StringOf(a[0]))));
        functions["isAbs"] = functions["osIsAbs"] = new("s", (_, a) => new GoBool(StringOf(a[0]).StartsWith('/')));
    }

    /// <summary>The parts of a text between separators; a limit makes the last part the rest.</summary>
    public static List<GoText> Split(GoText text, string separator, int limit)
    {
        var parts = new List<GoText>();
        if (limit == 0)
            return parts;
        var value = text.Text;
        if (separator.Length == 0)
        {
            for (var i = 0; i < value.Length;)
            {
                var length = limit > 0 && parts.Count == limit - 1 ? value.Length - i : char.IsSurrogatePair(value, i) ? 2 : 1;
                parts.Add(text.Slice(i, length));
                i += length;
                GoLimits.CheckCount(parts.Count);
            }

            return parts;
        }

        var start = 0;
        for (var at = value.IndexOf(separator, StringComparison.Ordinal); at >= 0 && (limit < 0 || parts.Count < limit - 1);
            at = value.IndexOf(separator, start, StringComparison.Ordinal))
        {
            parts.Add(text.Slice(start, at - start));
            start = at + separator.Length;
            GoLimits.CheckCount(parts.Count);
        }

        parts.Add(text.Slice(start, value.Length - start));
        return parts;
    }

    /// <summary>A text with another in place of each of a third.</summary>
    public static GoText Replace(string old, GoText replacement, GoText text)
    {
        var value = text.Text;
        var replaced = new GoTextBuilder();
        if (old.Length == 0)
        {
            for (var i = 0; i < value.Length;)
            {
                var length = char.IsSurrogatePair(value, i) ? 2 : 1;
                replaced.Append(replacement).Append(text, i, length);
                i += length;
            }

            return replaced.Append(replacement).ToText();
        }

        var at = value.IndexOf(old, StringComparison.Ordinal);
        if (at < 0)
            return text;
        var start = 0;
        for (; at >= 0; at = value.IndexOf(old, start, StringComparison.Ordinal))
        {
            replaced.Append(text, start, at - start).Append(replacement);
            start = at + old.Length;
        }

        return replaced.Append(text, start, value.Length - start).ToText();
    }

    private static bool IsSpace(char c) => Array.IndexOf(Space, c) >= 0 || (c > 0xFF && char.IsWhiteSpace(c));

    private static GoText Encode(GoValue? value, Func<byte[], string> encode) =>
        new(encode(GoQuoting.BytesOf(StringOf(value))), Traced(value).Computed());

    private static GoText Trim(GoText text, Func<char, bool> isTrimmed)
    {
        int start = 0, end = text.Text.Length;
        while (start < end && isTrimmed(text.Text[start]))
            start++;
        while (end > start && isTrimmed(text.Text[end - 1]))
            end--;
        return text.Slice(start, end - start);
    }

    private static GoText TrimSuffix(string suffix, GoText text) => text.Text.EndsWith(suffix, StringComparison.Ordinal)
        ? text.Slice(0, text.Text.Length - suffix.Length) : text;

    private static GoText TrimPrefix(string prefix, GoText text) => text.Text.StartsWith(prefix, StringComparison.Ordinal)
        ? text.Slice(prefix.Length, text.Text.Length - prefix.Length) : text;

    private static GoText Filter(GoText text, Func<char, bool> stays)
    {
        var filtered = new GoTextBuilder();
        for (var i = 0; i < text.Text.Length; i++)
        {
            if (stays(text.Text[i]))
                filtered.Append(text, i, 1);
        }

        return filtered.ToText();
    }

    // Go counts bytes here; a text of ASCII alone keeps its pieces.
    private static GoText Bytes(GoText text, int start, int end)
    {
        if (GoQuoting.IsAscii(text.Text))
            return start > end || end > text.Text.Length || start < 0 ? throw OutOfRange(start, end, text.Text.Length)
                : text.Slice(start, end - start);
        var bytes = GoQuoting.BytesOf(text.Text);
        return start > end || end > bytes.Length || start < 0 ? throw OutOfRange(start, end, bytes.Length)
            : new GoText(GoQuoting.TextOf(bytes, start, end - start), text.Trace?.AsWhole());
    }

    private static GoException OutOfRange(int start, int end, int length) => Error(end > length
        ? $"runtime error: slice bounds out of range [:{end}] with length {length}"
            : $"runtime error: slice bounds out of range [{start}:{end}]");

    private static GoText Substring(int start, int end, GoText text)
    {
        var length = GoQuoting.LengthOf(text.Text);
        if (start < 0)
            return Bytes(text, 0, end);
        return end < 0 || end > length ? Bytes(text, start, length) : Bytes(text, start, end);
    }

    private static GoText Truncate(int count, GoText text)
    {
        var length = GoQuoting.LengthOf(text.Text);
        if (count < 0 && length + count > 0)
            return Bytes(text, length + count, length);
        return count >= 0 && length > count ? Bytes(text, 0, count) : text;
    }

    private static GoText Repeat(int count, GoText text)
    {
        if (count < 0)
            throw Error("strings: negative Repeat count");
        GoLimits.Check((long)count * text.Text.Length);
        var repeated = new GoTextBuilder();
        for (var i = 0; i < count && text.Text.Length > 0; i++)
            repeated.Append(text);
        return repeated.ToText();
    }

    private static GoText Quote(GoValue? value)
    {
        var text = ToText(value);
        var quoted = GoQuoting.Quote(text.Text);
        return quoted.Length == text.Text.Length + 2 ? new GoTextBuilder().Append('"').Append(text).Append('"').ToText()
            : new GoText(quoted, text.Trace?.AsWhole());
    }

    private static GoText Join(GoValue?[] values, Func<GoValue?, GoText> write)
    {
        var joined = new GoTextBuilder();
        var first = true;
        foreach (var value in values)
        {
            if (value is null)
                continue;
            if (!first)
                joined.Append(' ');
            first = false;
            joined.Append(write(value));
        }

        return joined.ToText();
    }

    private static GoText JoinList(GoText separator, List<GoText> texts)
    {
        var joined = new GoTextBuilder();
        for (var i = 0; i < texts.Count; i++)
        {
            if (i > 0)
                joined.Append(separator);
            joined.Append(texts[i]);
        }

        return joined.ToText();
    }

    private static GoText Indent(int spaces, GoText text, bool startsLine)
    {
        if (spaces < 0)
            throw Error("strings: negative Repeat count");
        var indented = new GoTextBuilder();
        if (startsLine)
            indented.Append('\n');
        var value = text.Text;
        for (var start = 0; ;)
        {
            GoLimits.Check((long)indented.Length + spaces);
            indented.Append(' ', spaces);
            var end = value.IndexOf('\n', start);
            if (end < 0)
                return indented.Append(text, start, value.Length - start).ToText();
            indented.Append(text, start, end + 1 - start);
            start = end + 1;
        }
    }

    private static string Title(string text)
    {
        var title = new StringBuilder(text);
        var previous = ' ';
        for (var i = 0; i < text.Length; i++)
        {
            if (IsSeparator(previous))
                title[i] = char.ToUpperInvariant(text[i]);
            previous = text[i];
        }

        return title.ToString();
    }

    private static bool IsSeparator(char c) => c < 0x80 ? !(char.IsLetterOrDigit(c) || c == '_')
        : !char.IsLetter(c) && !char.IsDigit(c) && char.IsWhiteSpace(c);

    private static string EachWord(string text, Func<char, char> change)
    {
        var changed = new StringBuilder(text);
        var begins = true;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsWhiteSpace(text[i]))
                begins = true;
            else if (begins)
                (changed[i], begins) = (change(text[i]), false);
        }

        return changed.ToString();
    }

    private static string SwapCase(string text)
    {
        var swapped = new StringBuilder(text);
        var previousIsSpace = true;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsUpper(c))
                (swapped[i], previousIsSpace) = (char.ToLowerInvariant(c), false);
            else if (char.IsLower(c))
                (swapped[i], previousIsSpace) = (previousIsSpace ? char.ToUpperInvariant(c) : char.ToUpperInvariant(c), false);
            else
                previousIsSpace = char.IsWhiteSpace(c);
        }

        return swapped.ToString();
    }

    private static string Initials(string text)
    {
        var initials = new StringBuilder();
        var begins = true;
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c))
                begins = true;
            else if (begins)
                (begins, _) = (false, initials.Append(c));
        }

        return initials.ToString();
    }

    private static string Wrap(string text, int width, string separator, bool breaksWords)
    {
        if (text.Length == 0)
            return "";
        if (separator.Length == 0)
            separator = "\n";
        width = Math.Max(1, width);
        var wrapped = new StringBuilder(text.Length + 32);
        var at = 0;
        while (text.Length - at > width)
        {
            if (text[at] == ' ')
            {
                at++;
                continue;
            }

            var space = text.LastIndexOf(' ', Math.Min(at + width, text.Length - 1), Math.Min(width + 1, text.Length - at));
            if (space >= at)
            {
                wrapped.Append(text, at, space - at).Append(separator);
                at = space + 1;
            }
            else if (breaksWords)
            {
                wrapped.Append(text, at, width).Append(separator);
                at += width;
            }
            else
            {
                space = text.IndexOf(' ', at + width);
                if (space < 0)
                {
                    wrapped.Append(text, at, text.Length - at);
                    at = text.Length;
                }
                else
                {
                    wrapped.Append(text, at, space - at).Append(separator);
                    at = space + 1;
                }
            }
        }

        return wrapped.Append(text, at, text.Length - at).ToString();
    }

    private static GoText Abbreviate(GoText text, int offset, int width)
    {
        if (width < 4 || (offset > 0 && width < 7))
            return text;
        var value = text.Text;
        if (value.Length <= width)
            return text;
        offset = Math.Min(offset, value.Length);
        if (value.Length - offset < width - 3)
            offset = value.Length - (width - 3);
        if (offset <= 4)
            return new GoTextBuilder().Append(text, 0, width - 3).Append("...").ToText();
        if (offset + width - 3 < value.Length)
        {
            return new GoTextBuilder().Append("...").Append(text, offset, width - 6).Append("...").ToText();
        }

        return new GoTextBuilder().Append("...").Append(text, value.Length - (width - 3), width - 3).ToText();
    }

    private static GoMap Numbered(List<GoText> parts)
    {
        var map = new GoMap(new Dictionary<string, GoValue?>(StringComparer.Ordinal), "string");
        for (var i = 0; i < parts.Count; i++)
            map.Entries["_" + i.ToString(CultureInfo.InvariantCulture)] = parts[i];
        return map;
    }
}
