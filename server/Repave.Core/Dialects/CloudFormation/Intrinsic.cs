using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation;

/// <summary>A function of CloudFormation's in a template: what it is called in its long form, and what it is given.</summary>
/// <param name="Name">The long name (<c>Ref</c>, <c>Fn::GetAtt</c>).</param>
/// <param name="Argument">What it is given; for a short form the tagged node itself.</param>
/// <param name="IsShort">Whether it is written as a tag, so that the argument's tag is its own name and no function below it.</param>
internal readonly record struct Intrinsic(string Name, Node Argument, bool IsShort)
{
    private const string Prefix = "Fn::";

    /// <summary>The function that a node is; null if it is none.</summary>
    public static Intrinsic? Of(Node node)
    {
        if (node.Tag is { Length: > 1 } tag && tag[0] == '!' && tag[1] != '!')
            return new Intrinsic(tag is "!Ref" or "!Condition" ? tag.Substring(1) : Prefix + tag.Substring(1), node, IsShort: true);
        return Untagged(node);
    }

    /// <summary>The function that a node is in its long form, whatever short form stands before it; null if it is none.</summary>
    public static Intrinsic? Untagged(Node node)
    {
        if (node is not MapNode { Entries.Count: > 0 } mapping
            || mapping.Entries[mapping.Entries.Count - 1] is not { Name: { } name } entry)
            return null;
        // Of a key that stands twice readers keep the last.
        for (var i = 0; i < mapping.Entries.Count - 1; i++)
        {
            if (mapping.Entries[i].Name != name)
                return null;
        }

        return name == "Ref" || name.StartsWith(Prefix, StringComparison.Ordinal)
            ? new Intrinsic(name, entry.Value.Resolved ?? entry.Value, IsShort: false)
            : null;
    }

    /// <summary>The nodes directly below one. A long form under a tag (<c>!Base64 {Fn::Sub: …}</c>) is one mapping and two functions:
    /// below the tag's stands the other, as a mapping without the tag.</summary>
    public static IEnumerable<Node> Below(Node node)
    {
        if (node is not MapNode { Tag: not null } tagged || Of(tagged) is not { IsShort: true } || Untagged(tagged) is null)
            return node.Held;
        var inner = new MapNode(tagged.Span, tagged.Style) { Parent = tagged.Parent };
        foreach (var entry in tagged.Entries)
            inner.Share(entry);
        return [inner];
    }

    /// <summary>The function that is given to a long form; null where that is given values.</summary>
    public Intrinsic? Inner => IsShort ? null : Of(Argument);

    /// <summary>The items of an argument that is a list; the argument itself where it is none.</summary>
    public IReadOnlyList<Node> Items => Argument is ListNode sequence && Inner is null ? [.. sequence.ResolvedItems] : [Argument];

    /// <summary>The text of an argument that is a scalar; null where it is none, or is a function itself.</summary>
    public string? Text => Argument is ScalarNode scalar && Inner is null ? scalar.Value : null;
}
