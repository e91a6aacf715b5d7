using Repave.Core.Text;

namespace Repave.Core.Syntax.Yaml;

/// <summary>The places of an anchor's name: at the anchor (<c>&amp;name</c>) and at the aliases (<c>*name</c>) that stand for its node.</summary>
internal static class YamlAnchors
{
    /// <summary>The places of the name that an offset touches, without their marks, the anchor's first; none where it touches no name.</summary>
    public static IReadOnlyList<TextSpan> At(Document document, int offset)
    {
        if (document.Root is null || document.Text.IndexOf('&') < 0)
            return [];
        var anchored = new List<Node>();
        var aliases = new List<AliasNode>();
        Collect(document.Root, anchored, aliases);
        foreach (var node in anchored)
        {
            if (NameOf(document.Text, node) is not { } name)
                continue;
            var places = aliases.Where(alias => alias.Target == node).OrderBy(alias => alias.Span.Start)
                .Select(alias => new TextSpan(alias.Span.Start + 1, alias.Span.Start + 1 + alias.Name.Length)).Prepend(name).ToList();
            if (places.Exists(place => place.Touches(offset)))
                return places;
        }

        return [];
    }

    private static void Collect(Node root, List<Node> anchored, List<AliasNode> aliases)
    {
        var open = new Stack<Node>([root]);
        while (open.Count > 0)
        {
            var node = open.Pop();
            if (node.Anchor is not null)
                anchored.Add(node);
            switch (node)
            {
                case AliasNode alias:
                    aliases.Add(alias);
                    break;
                case MapNode map:
                    foreach (var entry in map.Entries)
                    {
                        open.Push(entry.Key);
                        open.Push(entry.Value);
                    }

                    break;
                case ListNode list:
                    foreach (var item in list.Items)
                        open.Push(item);
                    break;
            }
        }
    }

    // The tree keeps the name and not its place: it is the last one that begins before the node does, or where it does.
    private static TextSpan? NameOf(string text, Node node)
    {
        var mark = "&" + node.Anchor;
        var end = Math.Min(text.Length, node.Span.Start + mark.Length);
        for (var at = end - mark.Length; at >= 0; at--)
        {
            if (string.CompareOrdinal(text, at, mark, 0, mark.Length) == 0
                && (at + mark.Length == text.Length || char.IsWhiteSpace(text[at + mark.Length])
                    || text[at + mark.Length] is ',' or ']' or '}')
                && (at == 0 || char.IsWhiteSpace(text[at - 1]) || text[at - 1] is '[' or '{' or ','))
                return new TextSpan(at + 1, at + mark.Length);
        }

        return null;
    }
}
