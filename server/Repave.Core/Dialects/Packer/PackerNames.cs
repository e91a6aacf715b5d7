using Repave.Core.Model;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Hcl;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Packer;

/// <summary>A name that a template uses.</summary>
/// <param name="Type">What it names: <c>variable</c>, <c>local</c>, <c>data</c> or <c>source</c>.</param>
/// <param name="Name">Its name; of the last two with their type before.</param>
/// <param name="Span">Where the name stands, or its last part.</param>
internal sealed record PackerName(string Type, string Name, TextSpan Span);

/// <summary>The names that a template in HCL uses.</summary>
internal static class PackerNames
{
    /// <summary>Those that a block uses, in the order of the text.</summary>
    public static IEnumerable<PackerName> Of(HclBlock block) => block.Body.AllAttributes.SelectMany(static attribute => attribute.Value.All)
        .Select(Of).OfType<PackerName>().Concat(SourcesOf(block));

    private static PackerName? Of(HclExpression expression)
    {
        if (expression is not HclTraversal { Steps: { Count: > 0 } steps } traversal || steps[0] is not { IsIndex: false, Name: { } first })
            return null;
        switch (traversal.Root)
        {
            case "var":
                return new PackerName("variable", first, steps[0].NameSpan);
            case "local":
                return new PackerName("local", first, steps[0].NameSpan);
            case "data" or "source" when steps.Count > 1 && steps[1] is { IsIndex: false, Name: { } second }:
                return new PackerName(traversal.Root, $"{first}.{second}", steps[1].NameSpan);
            default:
                return null;
        }
    }

    // A build names its sources by texts and by labels, with or without the word before them.
    private static IEnumerable<PackerName> SourcesOf(HclBlock block)
    {
        if (block.Type != "build")
            yield break;
        foreach (var item in (block.Body["sources"] as HclTuple)?.Items ?? [])
        {
            if (item.Text is { } text && item is HclTemplate { Parts: [HclText part] })
                yield return OfText(text, part.Span);
        }

        foreach (var source in block.Body.BlocksOf("source"))
        {
            if (source.Labels is [{ Text: { } text } label])
                yield return OfText(text, label.Inner);
        }
    }

    private static PackerName OfText(string text, TextSpan span)
    {
        var name = text.StartsWith("source.", StringComparison.Ordinal) || text.StartsWith("sources.", StringComparison.Ordinal)
            ? text.Substring(text.IndexOf('.') + 1) : text;
        var last = name.Length - name.LastIndexOf('.') - 1;
        return new PackerName("source", name, new TextSpan(Math.Max(span.Start, span.End - last), span.End));
    }
}
