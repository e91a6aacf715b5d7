using System.Text;
using Repave.Core.Text;

namespace Repave.Core.Syntax.Json;

/// <summary>Edits of JSON.</summary>
public sealed class JsonEdits : TreeEdits
{
    /// <inheritdoc/>
    public override TextEdit? Replace(ScalarNode scalar, string value) => scalar.Span.Length == 0
        ? null
        : new TextEdit(scalar.Span, scalar.Style == NodeStyle.Plain && IsLiteral(value) ? value : Quote(value));

    /// <inheritdoc/>
    public override TextEdit? AddQuotes(Document document, ScalarNode scalar) =>
        scalar.Style == NodeStyle.Plain && scalar.Span.Length > 0 ? new TextEdit(scalar.Span, Quote(scalar.Value)) : null;

    /// <inheritdoc/>
    public override TextEdit? RemoveQuotes(ScalarNode scalar) =>
        scalar.Style == NodeStyle.DoubleQuoted && IsLiteral(scalar.Value) ? new TextEdit(scalar.Span, scalar.Value) : null;

    /// <inheritdoc/>
    public override TextEdit? Remove(Document document, MapNode map, MapEntry entry)
    {
        var index = map.Entries.ToList().IndexOf(entry);
        if (index < 0 || map.Entries.Count < 2)
            return null;
        return index + 1 < map.Entries.Count
            ? new TextEdit(new TextSpan(entry.Span.Start, map.Entries[index + 1].Span.Start), "")
            : new TextEdit(new TextSpan(map.Entries[index - 1].Span.End, entry.Span.End), "");
    }

    /// <inheritdoc/>
    public override TextEdit? Append(Document document, MapNode map, string key, string value, bool isText)
    {
        if (map.Entries.Count == 0)
            return null;
        var text = document.Text;
        var last = map.Entries[map.Entries.Count - 1];
        // The new entry stands as the last one does: behind white space of the same width, on a line of its own or not.
        var before = last.Span.Start;
        while (before > map.Span.Start + 1 && text[before - 1] is ' ' or '\t' or '\r' or '\n')
            before--;
        var gap = map.Entries.Count == 1 && before == last.Span.Start ? " " : text.Substring(before, last.Span.Start - before);
        return new TextEdit(new TextSpan(last.Span.End, last.Span.End), $",{gap}{Quote(key)}: {(isText ? Quote(value) : value)}");
    }

    private static bool IsLiteral(string value) =>
        value is "true" or "false" or "null" || JsonScalarReading.NumberKindOf(value) is not null;

    private static string Quote(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"' or '\\':
                    text.Append('\\').Append(c);
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                case < ' ':
                    text.Append("\\u").Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
                    break;
                default:
                    text.Append(c);
                    break;
            }
        }

        return text.Append('"').ToString();
    }
}
