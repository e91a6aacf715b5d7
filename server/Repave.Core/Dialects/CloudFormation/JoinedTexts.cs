using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation;

/// <summary>Texts that <c>Fn::Join</c> puts together.</summary>
internal static class JoinedTexts
{
    /// <summary>Those below a node that are wanted.</summary>
    public static IEnumerable<EmbeddedText> In(Document document, Node? node, Func<string, bool> isWanted, int depth = 0)
    {
        if (node?.Resolved is not { } value || depth > SyntaxLimits.Depth)
            yield break;
        if (Intrinsic.Of(value) is { Name: "Fn::Join", Items: [ScalarNode separator, ListNode parts] } && Intrinsic.Of(parts) is null)
        {
            var text = Joined(separator.Value, parts, document);
            if (isWanted(text.Text))
                yield return text;
        }

        foreach (var below in value.Held)
        {
            foreach (var text in In(document, below, isWanted, depth + 1))
                yield return text;
        }
    }

    private static EmbeddedText Joined(string separator, ListNode parts, Document document)
    {
        var builder = new EmbeddedText.Builder();
        var isFirst = true;
        foreach (var part in parts.ResolvedItems)
        {
            if (!isFirst)
                builder.AddText(separator, part.Span);
            isFirst = false;
            if (part is ScalarNode scalar && Intrinsic.Of(scalar) is null)
                builder.AddLines(scalar.Value, document.Text, document.LinesOf(scalar));
            else
                builder.AddComputed(part.Span);
        }

        return builder.Build();
    }
}
