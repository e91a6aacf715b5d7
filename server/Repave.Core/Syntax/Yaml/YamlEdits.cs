using Repave.Core.Text;

namespace Repave.Core.Syntax.Yaml;

/// <summary>Edits of YAML. Block scalars are left alone.</summary>
public sealed class YamlEdits : TreeEdits
{
    /// <inheritdoc/>
    public override TextEdit? Replace(ScalarNode scalar, string value) => scalar.Style switch
    {
        NodeStyle.DoubleQuoted => new TextEdit(scalar.Span, Quote(value)),
        NodeStyle.SingleQuoted => new TextEdit(scalar.Span, "'" + value.Replace("'", "''") + "'"),
        NodeStyle.Plain when scalar.Span.Length > 0 => new TextEdit(scalar.Span, IsPlainText(value) ? value : Quote(value)),
        _ => null,
    };

    /// <inheritdoc/>
    public override TextEdit? AddQuotes(Document document, ScalarNode scalar)
    {
        var text = document.Text.Substring(scalar.Span.Start, scalar.Span.Length);
        return scalar.Style == NodeStyle.Plain && text.Length > 0 && text == scalar.Value && scalar.Anchor is null && scalar.Tag is null
            ? new TextEdit(scalar.Span, Quote(text))
            : null;
    }

    /// <inheritdoc/>
    public override TextEdit? RemoveQuotes(ScalarNode scalar) =>
        scalar.Style is NodeStyle.DoubleQuoted or NodeStyle.SingleQuoted ? new TextEdit(scalar.Span, scalar.Value) : null;

    /// <inheritdoc/>
    public override TextEdit? Remove(Document document, MapNode mapping, MapEntry entry)
    {
        if (mapping.Entries.Count < 2)
            return null;
        var index = mapping.Entries.ToList().IndexOf(entry);
        if (index < 0)
            return null;
        if (mapping.Style == NodeStyle.Flow)
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

    /// <inheritdoc/>
    public override TextEdit? Append(Document document, MapNode mapping, string key, string value, bool isText)
    {
        if (mapping.Entries.Count == 0)
            return null;
        if (isText && !IsPlainText(value))
            value = Quote(value);
        var last = mapping.Entries[mapping.Entries.Count - 1];
        if (mapping.Style == NodeStyle.Flow)
            return new TextEdit(new TextSpan(last.Span.End, last.Span.End), $", {key}: {value}");
        var text = document.Text;
        var indent = Column(text, mapping.Entries[0].Key.Span.Start);
        var end = last.Span.End;
        while (end < text.Length && text[end] is not ('\r' or '\n'))
            end++;
        return new TextEdit(new TextSpan(end, end), $"{LineBreak(text)}{new string(' ', indent)}{key}: {value}");
    }

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
        value.Length > 0 && YamlScalars.KindOf11(value) == ScalarKind.String
            && value.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '/') && char.IsLetterOrDigit(value[0]);

    private static string Quote(string value) => "\"" + value.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";
}
