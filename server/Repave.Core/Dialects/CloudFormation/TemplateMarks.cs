using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects.CloudFormation;

/// <summary>What words of a template are: its functions, what they name, and the names that the template gives.</summary>
internal static class TemplateMarks
{
    /// <summary>The words, in the order of the text.</summary>
    public static IReadOnlyList<TextMark> Of(Document document)
    {
        if (document.Root is not MapNode)
            return [];
        var template = Template.Of(document);
        // Of two at one place (a variable of Fn::Sub within the text that holds it) the shorter is the word.
        var marks = new Dictionary<int, TextMark>();
        AddFunctions(document.Root, document.Text, marks, 0);
        foreach (var reference in TemplateReference.In(document.Root, document.Text))
        {
            var isParameter = reference.Kind == ReferenceKind.Ref && template.Parameters.ContainsKey(reference.Name);
            Add(marks, new TextMark(reference.Span, isParameter ? TextRole.Parameter : TextRole.Variable));
        }

        AddNames(document.Root, "Parameters", TextRole.Parameter, marks);
        foreach (var section in new[] { "Mappings", "Conditions", "Resources", "Outputs" })
            AddNames(document.Root, section, TextRole.Variable, marks);
        return [.. marks.Values.OrderBy(mark => mark.Span.Start)];
    }

    private static void AddNames(Node root, string section, TextRole role, Dictionary<int, TextMark> marks)
    {
        if (((MapNode)root)[section] is not MapNode names)
            return;
        foreach (var entry in names.Entries)
        {
            if (entry.Name is { } name && !name.StartsWith("Fn::", StringComparison.Ordinal))
                Add(marks, new TextMark(entry.Key.Span, role, IsDeclaration: true));
        }
    }

    private static void AddFunctions(Node node, string text, Dictionary<int, TextMark> marks, int depth)
    {
        if (depth > SyntaxLimits.Depth)
            return;
        if (node.Tag is { Length: > 1 } tag && tag[0] == '!' && tag[1] != '!' && TagBefore(text, tag, node.Span) is { } span)
            Add(marks, new TextMark(span, TextRole.Function));
        if (node is MapNode { Entries: [.., { Name: { } name } last] } mapping && Intrinsic.Untagged(mapping)?.Name == name)
            Add(marks, new TextMark(last.Key.Span, TextRole.Function));
        foreach (var held in node.Held)
            AddFunctions(held, text, marks, depth + 1);
    }

    // A tag stands at the beginning of its node or, with nothing but white space between, before it.
    private static TextSpan? TagBefore(string text, string tag, TextSpan node)
    {
        if (string.CompareOrdinal(text, node.Start, tag, 0, tag.Length) == 0)
            return new TextSpan(node.Start, node.Start + tag.Length);
        var end = node.Start;
        while (end > 0 && char.IsWhiteSpace(text[end - 1]))
            end--;
        var start = end - tag.Length;
        return start >= 0 && string.CompareOrdinal(text, start, tag, 0, tag.Length) == 0 ? new TextSpan(start, end) : null;
    }

    private static void Add(Dictionary<int, TextMark> marks, TextMark mark)
    {
        if (mark.Span.Length > 0 && (!marks.TryGetValue(mark.Span.Start, out var other) || other.Span.Length > mark.Span.Length))
            marks[mark.Span.Start] = mark;
    }
}
