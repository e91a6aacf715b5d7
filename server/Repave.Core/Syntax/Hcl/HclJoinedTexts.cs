using Repave.Core.Text;

namespace Repave.Core.Syntax.Hcl;

/// <summary>Texts that calls of <c>join</c> and <c>format</c> put together, as far as their parts are written there.</summary>
internal static class HclJoinedTexts
{
    /// <summary>Those of a document that are wanted.</summary>
    public static IEnumerable<EmbeddedText> In(HclDocument document, Func<string, bool> isWanted) => document.Body.AllAttributes
        .SelectMany(static attribute => attribute.Value.All).OfType<HclCall>()
        .Select(call => Of(call, document.Text)).OfType<EmbeddedText>().Where(text => isWanted(text.Text));

    /// <summary>Whether a text is what a call fills in, and not yet what that gives.</summary>
    public static bool IsFormat(HclDocument document, HclTemplate template) => document.Body.AllAttributes
        .Where(attribute => attribute.Span.Touches(template.Span.Start)).SelectMany(static attribute => attribute.Value.All)
        .Any(expression => expression is HclCall { Name: "format", Arguments: [var first, ..] } && first == template);

    private static EmbeddedText? Of(HclCall call, string written) => call switch
    {
        { Name: "join", Arguments: [var separator, HclTuple { Items.Count: > 0 } parts], Expands: false }
            when separator.Text is { } between => Joined(between, parts, written),
        { Name: "format", Arguments: [HclTemplate { Parts: [HclText text] }, ..] } => Formatted(text, call),
        _ => null,
    };

    private static EmbeddedText Joined(string between, HclTuple parts, string written)
    {
        var builder = new EmbeddedText.Builder();
        for (var i = 0; i < parts.Items.Count; i++)
        {
            var part = parts.Items[i];
            if (i > 0)
                builder.AddText(between, part.Span);
            foreach (var piece in part is HclTemplate template ? template.Parts : [part])
            {
                if (piece is HclText text)
                    builder.AddLines(text.Value, written, text.Span);
                else if (builder.IsAtLineStart && HclEncodedTexts.ValueOf(piece) is { } encoded)
                    HclEncodedTexts.Add(encoded, builder);
                else
                    builder.AddComputed(piece.Span);
            }
        }

        return builder.Build();
    }

    // What is formatted is as long as its value, so that nothing behind it has a place of its own.
    private static EmbeddedText Formatted(HclText text, HclCall call)
    {
        var next = 1;
        var builder = new EmbeddedText.Builder();
        for (var at = 0; at < text.Value.Length;)
        {
            var verb = text.Value.IndexOf('%', at);
            builder.AddText(text.Value.Substring(at, (verb < 0 ? text.Value.Length : verb) - at), text.Span);
            if (verb < 0)
                break;
            var end = verb + 1;
            while (end < text.Value.Length && !char.IsLetter(text.Value[end]) && text.Value[end] != '%')
                end++;
            if (end == verb + 1 && end < text.Value.Length && text.Value[end] == '%')
                builder.AddText("%", text.Span);
            else if (builder.IsAtLineStart && next < call.Arguments.Count && HclEncodedTexts.ValueOf(call.Arguments[next++]) is { } encoded)
                HclEncodedTexts.Add(encoded, builder);
            else
                builder.AddComputed(text.Span);
            at = end + 1;
        }

        return builder.Build();
    }
}
