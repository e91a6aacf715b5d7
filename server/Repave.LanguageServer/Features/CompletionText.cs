using System.Globalization;
using System.Text;
using Repave.Core.Dialects;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.LanguageServer.Features;

/// <summary>How keys and values are written where a cursor stands: in lines, in braces, or as JSON.</summary>
internal sealed class CompletionText
{
    private const int MaxDepth = 3;

    private readonly Cursor _cursor;
    private readonly string _text;

    public CompletionText(Cursor cursor, string text, bool takesSnippets) => (_cursor, _text, TakesSnippets) = (cursor, text, takesSnippets);

    /// <summary>Whether the client takes tab stops.</summary>
    public bool TakesSnippets { get; }

    /// <summary>Where the key under the cursor ends, with the quote behind it.</summary>
    public int KeyEnd => _cursor is { Quote: { } quote, IsQuoteClosed: true } && _text.IndexOf(quote, _cursor.Word.End) is >= 0 and var end
        ? end + (_cursor.HasColon ? 0 : 1) : _cursor.Word.End;

    private bool IsJson => _cursor.Style == CursorStyle.Json;

    // Fields behind it need a comma before them.
    private string Comma => !_cursor.NeedsComma ? "" : IsJson ? "," : ", ";

    /// <summary>A key with the structure that it needs; of one that has its colon, the key alone.</summary>
    public string Key(ShapeField field)
    {
        var quote = _cursor.Quote ?? (IsJson ? '"' : '\0');
        var name = (_cursor.Quote is null && quote != '\0' ? "\"" : "") + field.Name;
        if (_cursor.HasColon)
            return name + (_cursor.Quote is null || _cursor.IsQuoteClosed ? "" : quote.ToString());
        var text = new StringBuilder(name);
        if (quote != '\0')
            text.Append(quote);
        var snippet = new Snippet(text, TakesSnippets);
        if (_cursor.Style == CursorStyle.Block)
            AppendBlock(snippet, field.Shape, TakesSnippets ? "" : new string(' ', _cursor.Indent), 0);
        else
            AppendFlow(snippet, field.Shape, 0);
        return text.Append(Comma).ToString();
    }

    /// <summary>A value.</summary>
    /// <param name="value">The value, without quotes.</param>
    /// <param name="shape">What it has to be, where that is no text; null for a text.</param>
    public string Value(string value, Shape? shape)
    {
        if (_cursor.IsInText)
            return value;
        if (_cursor.Quote is { } quote)
            return value + (_cursor.IsQuoteClosed ? "" : quote + Comma);
        if (IsJson)
            return (shape is null ? $"\"{value}\"" : value) + Comma;
        // What a reader would take for something else than a text.
        var isOther = shape is null && value.Length > 0 && value[0] is not ('!' or '$')
            && _cursor.Reading.KindOfPlain(value, asPlatform: true) != ScalarKind.String;
        return (isOther ? $"\"{value}\"" : value) + Comma;
    }

    /// <summary>A field in lines, for an edit that is no completion.</summary>
    public static string Insertion(ShapeField field, int indent)
    {
        var text = new StringBuilder(field.Name);
        AppendBlock(new Snippet(text, false), field.Shape, new string(' ', indent), 0);
        return text.ToString();
    }

    /// <summary>A whole resource in lines.</summary>
    public static string Whole(WholeResource resource, bool takesSnippets)
    {
        var text = new StringBuilder();
        var snippet = new Snippet(text, takesSnippets) { HasSamples = true };
        snippet.Fill(resource.Head + resource.Standard);
        if (resource.Skeleton is { } skeleton)
        {
            snippet.Fill("\n" + skeleton);
        }
        else if (resource.Body is { } body)
        {
            text.Append('\n').Append(body.Name);
            AppendBlock(snippet, body.Shape, "", 0);
        }

        return text.ToString();
    }

    // Clients indent further lines of a snippet themselves.
    private static void AppendBlock(Snippet snippet, Shape shape, string indent, int depth)
    {
        var text = snippet.Text.Append(':');
        if (shape.Types == ShapeTypes.Array)
        {
            text.Append('\n').Append(indent).Append("  - ");
            if (shape.Items is { Fields: not null } items)
                AppendRequired(snippet, items, indent + "    ", depth + 1);
            else
                snippet.Stop(shape.Items ?? Shape.Anything);
        }
        else if (IsStructure(shape))
        {
            text.Append('\n').Append(indent).Append("  ");
            AppendRequired(snippet, shape, indent + "  ", depth + 1);
        }
        else
        {
            text.Append(' ');
            snippet.Stop(shape);
        }
    }

    private static void AppendRequired(Snippet snippet, Shape shape, string indent, int depth)
    {
        var required = RequiredOf(shape, depth);
        for (var i = 0; i < required.Count; i++)
        {
            if (i > 0)
                snippet.Text.Append('\n').Append(indent);
            snippet.Text.Append(required[i].Name);
            AppendBlock(snippet, required[i].Shape, indent, depth);
        }

        if (required.Count == 0)
            snippet.Stop("");
    }

    private void AppendFlow(Snippet snippet, Shape shape, int depth)
    {
        var text = snippet.Text.Append(": ");
        if (shape.Types == ShapeTypes.Array)
        {
            text.Append('[');
            if (shape.Items is { Fields: not null } items && RequiredOf(items, depth + 1).Count > 0)
                AppendBraces(snippet, items, depth + 1);
            else
                AppendScalar(snippet, shape.Items ?? Shape.Anything);
            text.Append(']');
        }
        else if (IsStructure(shape))
        {
            AppendBraces(snippet, shape, depth + 1);
        }
        else
        {
            AppendScalar(snippet, shape);
        }
    }

    private void AppendBraces(Snippet snippet, Shape shape, int depth)
    {
        var text = snippet.Text.Append('{');
        var required = RequiredOf(shape, depth);
        for (var i = 0; i < required.Count; i++)
        {
            text.Append(i > 0 ? ", " : "").Append(IsJson ? $"\"{required[i].Name}\"" : required[i].Name);
            AppendFlow(snippet, required[i].Shape, depth);
        }

        if (required.Count == 0)
            snippet.Stop("");
        snippet.Close();
    }

    private void AppendScalar(Snippet snippet, Shape shape)
    {
        var isText = IsJson && shape.Types == ShapeTypes.String;
        snippet.Text.Append(isText ? "\"" : "");
        snippet.Stop(shape);
        snippet.Text.Append(isText ? "\"" : "");
    }

    private static bool IsStructure(Shape shape) => shape.Fields is not null || shape.Additional is not null
        || shape.Types == ShapeTypes.Object;

    private static List<ShapeField> RequiredOf(Shape shape, int depth) =>
        depth > MaxDepth ? [] : shape.Fields?.All.Where(Describe.IsRequired).ToList() ?? [];

    // Some value that a shape takes, for its author to replace.
    private static string SampleOf(Shape shape) => shape switch
    {
        // What begins otherwise may mean something else without quotes ('*').
        { Enum: [var first, ..] } => first.Trim('"') is var value && value.Length > 0 && char.IsLetterOrDigit(value[0]) ? value
            : $"\"{value}\"",
        { Types: ShapeTypes.Boolean } => "false",
        { Format: "quantity" } => "1Gi",
        { Format: "date-time" } => "2030-01-01T00:00:00Z",
        { Types: ShapeTypes.Integer or ShapeTypes.Number } => Math.Max(1, shape.Minimum ?? 1).ToString(CultureInfo.InvariantCulture),
        _ when shape.Types.HasFlag(ShapeTypes.String) && shape.Types != ShapeTypes.Any => "name",
        _ => "",
    };

    private static string OnlyValue(Shape shape) => shape.Enum is { Count: 1 } only ? only[0].Trim('"') : "";

    /// <summary>A text with numbered tab stops, where the client takes such.</summary>
    private sealed class Snippet(StringBuilder text, bool takesSnippets)
    {
        private int _stop = 1;

        private readonly Dictionary<string, int> _stops = new(StringComparer.Ordinal);

        public StringBuilder Text => text;

        /// <summary>Whether what is to be written has some value already.</summary>
        public bool HasSamples { get; init; }

        public void Stop(Shape shape) => Stop(OnlyValue(shape) is { Length: > 0 } only ? only : HasSamples ? SampleOf(shape) : "");

        /// <summary>A text in which what stands in braces is to be replaced; what stands there twice is replaced together.</summary>
        public void Fill(string skeleton)
        {
            var at = 0;
            for (var open = skeleton.IndexOf('{'); open >= 0; open = skeleton.IndexOf('{', at))
            {
                var close = skeleton.IndexOf('}', open);
                var standard = skeleton[(open + 1)..close];
                text.Append(skeleton, at, open - at);
                at = close + 1;
                if (!takesSnippets)
                    text.Append(standard);
                else if (standard.Length > 0 && _stops.TryGetValue(standard, out var same))
                    text.Append($"${{{same}:{standard}}}");
                else
                    Stop(_stops[standard] = _stop, standard);
            }

            text.Append(skeleton, at, skeleton.Length - at);
        }

        public void Stop(string standard)
        {
            if (takesSnippets)
                Stop(_stop, standard);
            else
                text.Append(standard);
        }

        private void Stop(int number, string standard)
        {
            _stop = number + 1;
            text.Append(standard.Length == 0 ? $"${number}" : $"${{{number}:{standard}}}");
        }

        public void Close() => text.Append('}');
    }
}
