using Repave.Core.Text;

namespace Repave.Core.Yaml;

/// <summary>Edits of a document that keep comments, quoting, indentation and order elsewhere. Offsets are the document's.</summary>
public static class YamlEdits
{
    /// <summary>Gives a scalar another value, in the quotes that it has; block scalars are left alone (null).</summary>
    public static TextEdit? Replace(YamlScalar scalar, string value) => scalar.Style switch
    {
        YamlStyle.DoubleQuoted => new TextEdit(scalar.Span, Quote(value)),
        YamlStyle.SingleQuoted => new TextEdit(scalar.Span, "'" + value.Replace("'", "''") + "'"),
        YamlStyle.Plain when scalar.Span.Length > 0 => new TextEdit(scalar.Span, IsPlainText(value) ? value : Quote(value)),
        _ => null,
    };

    /// <summary>Puts an unquoted scalar in double quotes, as it is written.</summary>
    public static TextEdit? AddQuotes(YamlDocument document, YamlScalar scalar)
    {
        var text = document.Text.Substring(scalar.Span.Start, scalar.Span.Length);
        return scalar.Style == YamlStyle.Plain && text.Length > 0 && text == scalar.Value && scalar.Anchor is null && scalar.Tag is null
            ? new TextEdit(scalar.Span, Quote(text))
            : null;
    }

    /// <summary>Takes a quoted scalar out of its quotes.</summary>
    public static TextEdit? RemoveQuotes(YamlScalar scalar) =>
        scalar.Style is YamlStyle.DoubleQuoted or YamlStyle.SingleQuoted ? new TextEdit(scalar.Span, scalar.Value) : null;

    /// <summary>Removes an entry with its lines; null where that would leave an empty mapping behind or tear a line apart.</summary>
    public static TextEdit? Remove(YamlDocument document, YamlMapping mapping, YamlEntry entry)
    {
        if (mapping.Entries.Count < 2)
            return null;
        var index = mapping.Entries.ToList().IndexOf(entry);
        if (index < 0)
            return null;
        if (mapping.Style == YamlStyle.Flow)
        {
            return index + 1 < mapping.Entries.Count
                ? new TextEdit(new TextSpan(entry.Span.Start, mapping.Entries[index + 1].Span.Start), "")
                : new TextEdit(new TextSpan(mapping.Entries[index - 1].Span.End, entry.Span.End), "");
        }

        var text = document.Text;
        var start = entry.Key.Span.Start;
        while (start > 0 && text[start - 1] is (' ' or '\t'))
            start--;
        var end = LineEnd(text, entry.Span.End);
        if (start == 0 || text[start - 1] is '\n' or '\r')
            return new TextEdit(new TextSpan(start, end), "");
        // The first entry of a list item shares its line with the dash: the next entry takes its place.
        return index + 1 < mapping.Entries.Count && index == 0
            ? new TextEdit(new TextSpan(entry.Key.Span.Start, mapping.Entries[1].Key.Span.Start), "")
            : null;
    }

    /// <summary>Adds an entry behind the last one of a mapping, on a line of its own where the mapping is written so; null where it has no
    /// entry to stand behind.</summary>
    public static TextEdit? Append(YamlDocument document, YamlMapping mapping, string key, string value)
    {
        if (mapping.Entries.Count == 0)
            return null;
        var last = mapping.Entries[mapping.Entries.Count - 1];
        if (mapping.Style == YamlStyle.Flow)
            return new TextEdit(new TextSpan(last.Span.End, last.Span.End), $", {key}: {value}");
        var text = document.Text;
        var indent = Column(text, mapping.Entries[0].Key.Span.Start);
        var end = last.Span.End;
        while (end < text.Length && text[end] is not ('\r' or '\n'))
            end++;
        return new TextEdit(new TextSpan(end, end), $"{LineBreak(text)}{new string(' ', indent)}{key}: {value}");
    }

    /// <summary>The line break that a text uses.</summary>
    public static string LineBreak(string text) => text.IndexOf("\r\n", StringComparison.Ordinal) >= 0 ? "\r\n" : "\n";

    private static int Column(string text, int offset)
    {
        var start = offset;
        while (start > 0 && text[start - 1] is not ('\r' or '\n'))
            start--;
        return offset - start;
    }

    private static int LineEnd(string text, int offset)
    {
        while (offset < text.Length && text[offset] is not '\n')
            offset++;
        return Math.Min(offset + 1, text.Length);
    }

    private static bool IsPlainText(string value) =>
        value.Length > 0 && YamlScalars.KindOf11(value) == ScalarKind.String && value.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '/') && char.IsLetterOrDigit(value[0]);

    private static string Quote(string value) => "\"" + value.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";
}
