using Repave.Core.Model;
using Repave.Core.Syntax;
using Repave.Core.Syntax.GoTemplate;
using Repave.Core.Syntax.Yaml;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Reads YAML as Helm does: by way of JSON, so that every number is a float and every key a text.</summary>
internal sealed class GoYamlReader
{
    private const int MaxDepth = 200;

    // What aliases may multiply a text to.
    private const int MaxNodes = 1_000_000;

    private readonly Func<TextSpan, int, Trace?> _traceOf;
    private int _nodes;

    private GoYamlReader(Func<TextSpan, int, Trace?> traceOf) => _traceOf = traceOf;

    /// <summary>The documents of a file, merged as Helm merges those of a values file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="error">What is wrong with it.</param>
    /// <param name="at">Where that is.</param>
    public static GoMap ReadFile(Manifest file, out string? error, out TextSpan at)
    {
        (error, at) = (null, default);
        var all = new GoMap();
        var text = file.Source.Text.Content;
        var source = file.Source.Language is YamlLanguage ? file.Source : YamlLanguage.Instance.Parse(text);
        var documents = source.Documents;
        if (source.IsTooLong)
            error = "it is too long";
        foreach (var slot in documents)
        {
            if (slot.Document.Issues.FirstOrDefault() is { } issue && IsFatal(issue))
            {
                (error, at) = (issue.Message, issue.Span.Shift(slot.Start));
                return all;
            }

            var reader = new GoYamlReader((span, _) => new Trace(file, span.Shift(slot.Start), true, true, null));
            var value = slot.Document.Root is { } root ? reader.Node(root, slot.Document.Text, 0) : null;
            switch (value)
            {
                case GoMap map:
                    all = Merge(all, map);
                    all.Trace ??= map.Trace;
                    break;
                case null:
                    break;
                default:
                    error = $"json: cannot unmarshal {Kind(value)} into Go value of type map[string]interface {{}}";
                    at = slot.Document.Root!.Span.Shift(slot.Start);
                    return all;
            }
        }

        return all;
    }

    /// <summary>The first document of a text that a template made.</summary>
    /// <exception cref="GoException">It is no YAML.</exception>
    public static GoValue? Read(GoText text)
    {
        if (text.Text.Trim().Length == 0)
            return null;
        var source = YamlLanguage.Instance.Parse(text.Text);
        if (source.IsTooLong)
            throw new GoException(new GoError("error converting YAML to JSON: yaml: it is too long"));
        foreach (var slot in source.Documents)
        {
            if (slot.Document.Issues.FirstOrDefault() is { } issue && IsFatal(issue))
            {
                var line = source.Text.PositionOf(issue.Span.Start + slot.Start).Line + 1;
                throw new GoException(new GoError($"error converting YAML to JSON: yaml: line {line}: {issue.Message}"));
            }

            var reader = new GoYamlReader((span, length) =>
            {
                var piece = text.Slice(slot.Start + span.Start, span.Length);
                return piece.Pieces.Count == 0 ? piece.Trace : TraceOf(piece, length);
            });
            if (slot.Document.Root is { } root)
                return reader.Node(root, slot.Document.Text, 0);
        }

        return null;
    }

    /// <summary>What Go calls a value that stands where another should.</summary>
    public static string Kind(GoValue? value) => value?.Kind switch
    {
        GoKind.Bool => "bool",
        GoKind.Int or GoKind.Float => "number",
        GoKind.String => "string",
        GoKind.Slice => "array",
        _ => "object",
    };

    /// <summary>Two mappings, of which the second counts.</summary>
    public static GoMap Merge(GoMap one, GoMap other)
    {
        var merged = new GoMap(new Dictionary<string, GoValue?>(one.Entries, StringComparer.Ordinal)) { Trace = one.Trace };
        foreach (var entry in other.Entries)
        {
            merged.Entries[entry.Key] = entry.Value is GoMap inner && merged[entry.Key] is GoMap before ? Merge(before, inner)
                : entry.Value;
        }

        return merged;
    }

    // A value that was put together from several pieces comes from the first of them that is a value.
    internal static Trace? TraceOf(GoText text, int length)
    {
        if (text.Pieces.Count == 0)
            return text.Trace;
        foreach (var piece in text.Pieces)
        {
            if (piece.Trace.IsValue)
                return Narrow(piece, length == text.Text.Length && piece.Length == text.Text.Length);
        }

        return Narrow(text.Pieces[0], length == text.Text.Length && text.Pieces[0].Length == text.Text.Length);
    }

    private static Trace Narrow(TextPiece piece, bool isWhole)
    {
        var trace = piece.Trace;
        if (!trace.IsCopy || trace.At.Start + piece.Skip + piece.Length > trace.At.End)
            return trace.IsCopy ? trace with { IsCopy = false } : trace;
        var start = trace.At.Start + piece.Skip;
        return trace with { At = new TextSpan(start, start + piece.Length), IsCopy = isWhole };
    }

    private static bool IsFatal(SyntaxIssue issue) => issue.Kind == SyntaxIssueKind.Syntax;

    private GoValue? Node(Node node, string text, int depth)
    {
        if (depth > MaxDepth || ++_nodes > MaxNodes)
            throw new GoException(new GoError("error converting YAML to JSON: yaml: document contains excessive aliasing"));
        switch (node.Resolved)
        {
            case ScalarNode scalar:
                return Scalar(scalar, text);
            case ListNode list:
                var items = new List<GoValue?>(list.Items.Count);
                foreach (var item in list.Items)
                    items.Add(Node(item, text, depth + 1));
                return new GoList(items) { Trace = _traceOf(list.Span, 0)?.AsWhole() };
            case MapNode map:
                var entries = new GoMap { Trace = _traceOf(map.Span, 0)?.AsWhole() };
                foreach (var entry in map.AllEntries)
                {
                    var key = KeyOf(entry.Key.Resolved);
                    if (key is null)
                        continue;
                    var value = Node(entry.Value, text, depth + 1);
                    if (value is GoText { Text.Length: 0, Trace: null } empty)
                        empty.Trace = _traceOf(entry.Key.Span, 0)?.AsWhole();
                    entries.Entries[key] = value;
                }

                return entries;
            default:
                return null;
        }
    }

    private GoValue? Scalar(ScalarNode scalar, string text)
    {
        var kind = YamlScalarReading.Instance.KindOf(scalar, true);
        if (kind == ScalarKind.Null)
            return null;
        var trace = _traceOf(scalar.Span, scalar.Value.Length);
        switch (kind)
        {
            case ScalarKind.Boolean:
                return new GoBool(YamlScalars.BooleanOf(scalar.Value)) { Trace = trace?.AsWhole() };
            case ScalarKind.Integer or ScalarKind.Float when YamlScalars.NumberOf(scalar.Value) is { } number:
                // A whole number that JSON has no place for stays what it was in Go; written back it is the same.
                return new GoFloat(number) { Trace = trace?.AsWhole() };
        }

        if (scalar.Tag == "tag:yaml.org,2002:binary")
        {
            try
            {
                return new GoText(GoQuoting.TextOf(Convert.FromBase64String(scalar.Value)), trace?.AsWhole());
            }
            catch (FormatException)
            {
                return new GoText(scalar.Value, trace?.AsWhole());
            }
        }

        return TextOf(scalar, text, trace);
    }

    /// <summary>The text of a scalar, each piece from where it stands.</summary>
    /// <param name="scalar">The scalar.</param>
    /// <param name="text">The text of its document.</param>
    /// <param name="trace">Where the scalar stands.</param>
    public static GoText TextOf(ScalarNode scalar, string text, Trace? trace)
    {
        if (trace is null)
            return new GoText(scalar.Value);
        if (trace.IsCopy)
        {
            // In quotes the text begins one later; where it is written with escapes it stands nowhere as it is.
            var start = scalar.Span.Start + (scalar.Style is NodeStyle.Plain ? 0 : 1);
            if (start + scalar.Value.Length <= text.Length
                && string.CompareOrdinal(text, start, scalar.Value, 0, scalar.Value.Length) == 0)
            {
                var at = trace.At.Start + start - scalar.Span.Start;
                return new GoText(scalar.Value, trace with { At = new TextSpan(at, at + scalar.Value.Length) });
            }

            if (scalar.Value.IndexOf('\n') >= 0 && Lines(scalar, text, trace) is { } lines)
                return lines;
        }

        return new GoText(scalar.Value, trace.AsWhole());
    }

    // The lines of a block, each where it stands.
    private static GoText? Lines(ScalarNode scalar, string text, Trace trace)
    {
        var made = new GoTextBuilder();
        var at = scalar.Span.Start;
        var limit = Math.Min(text.Length, scalar.Span.End);
        var start = 0;
        var value = scalar.Value;
        while (start < value.Length)
        {
            var end = value.IndexOf('\n', start);
            if (end < 0)
                end = value.Length;
            var line = value.Substring(start, end - start);
            if (line.Length > 0)
            {
                var found = text.IndexOf(line, at, limit - at, StringComparison.Ordinal);
                if (found < 0)
                    return null;
                var from = trace.At.Start + found - scalar.Span.Start;
                made.Append(line, trace with { At = new TextSpan(from, from + line.Length) });
                at = found + line.Length;
            }

            if (end < value.Length)
                made.Append("\n", trace.AsWhole());
            start = end + 1;
        }

        return made.ToText();
    }

    // JSON's keys are texts: numbers and truth values are written out.
    internal static string? KeyOf(Node? key)
    {
        if (key is not ScalarNode scalar)
            return null;
        return YamlScalarReading.Instance.KindOf(scalar, true) switch
        {
            ScalarKind.Null => "null",
            ScalarKind.Boolean => YamlScalars.BooleanOf(scalar.Value) ? "true" : "false",
            ScalarKind.Integer when YamlScalars.IntegerOf(scalar.Value) is { } whole =>
                whole.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ScalarKind.Float when YamlScalars.NumberOf(scalar.Value) is { } real => GoNumbers.Format(real, 'g'),
            _ => scalar.Value,
        };
    }
}
