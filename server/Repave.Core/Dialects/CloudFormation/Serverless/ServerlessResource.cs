using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Serverless;

/// <summary>A resource of the Serverless Application Model, with what the section Globals says of all of its type.</summary>
internal sealed class ServerlessResource
{
    private const string Prefix = "AWS::Serverless::";
    private const int MaxDepth = 60;

    public ServerlessResource(string name, MapEntry entry, MapNode? globals)
    {
        (Name, Entry) = (name, entry);
        Root = (MapNode)entry.Value.Resolved!;
        Type = (Root.TextAt("Type") ?? "").Replace(Prefix, "");
        Nodes = new TemplateNodes(entry.Key.Span);
        var own = Root["Properties"] as MapNode;
        Properties = globals is null ? own is null ? Nodes.Map() : (MapNode)TemplateNodes.Copy(own) : Merge(globals, own, 0) as MapNode
            ?? Nodes.Map();
    }

    public string Name { get; }

    public MapEntry Entry { get; }

    public MapNode Root { get; }

    /// <summary>The type without its prefix.</summary>
    public string Type { get; }

    /// <summary>The properties, merged; a copy, whose parts may be taken.</summary>
    public MapNode Properties { get; }

    /// <summary>Makes nodes that stand at this resource.</summary>
    public TemplateNodes Nodes { get; }

    /// <summary>A copy of a property, or null.</summary>
    public Node? Take(string property) => Properties[property] is { } value ? TemplateNodes.Copy(value) : null;

    /// <summary>Copies of properties that keep their names.</summary>
    public IEnumerable<(string Key, Node? Value)> TakeAll(IEnumerable<string> properties) => properties.Select(p => (p, Take(p)));

    /// <summary>All properties but some, copied.</summary>
    public IEnumerable<(string Key, Node? Value)> TakeRest(params string[] but) =>
        Properties.AllEntries.Where(e => e.Name is { } name && Array.IndexOf(but, name) < 0)
            .Select(e => (e.Name!, (Node?)TemplateNodes.Copy(e.Value)));

    /// <summary>Tags, which the model takes as a mapping and resources as a list, with those that the model adds.</summary>
    public Node? Tags(string? createdBy)
    {
        var tags = createdBy is null ? [] : new List<Node> { Tag(createdBy, Nodes.Text("SAM")) };
        if (Properties["Tags"] is MapNode map && Intrinsic.Of(map) is null)
            tags.AddRange(map.AllEntries.Where(e => e.Name is not null).Select(e => Tag(e.Name!, TemplateNodes.Copy(e.Value))));
        else if (Properties["Tags"] is ListNode list)
            return TemplateNodes.Copy(list);
        return tags.Count == 0 ? null : Nodes.List([.. tags]);
    }

    private Node Tag(string key, Node value) => Nodes.Map(("Key", Nodes.Text(key)), ("Value", value));

    // Mappings are merged, lists are joined, of everything else the resource's own counts.
    private static Node Merge(Node global, Node? own, int depth)
    {
        if (own is null)
            return TemplateNodes.Copy(global);
        if (depth < MaxDepth && global.Resolved is MapNode left && own.Resolved is MapNode right && Intrinsic.Of(left) is null
            && Intrinsic.Of(right) is null)
        {
            var merged = new MapNode(right.Span, right.Style);
            foreach (var entry in left.AllEntries.Where(e => e.Name is not null))
                merged.Add(new MapEntry(TemplateNodes.Copy(entry.Key), Merge(entry.Value, right.Find(entry.Name!)?.Value, depth + 1)));
            foreach (var entry in right.AllEntries.Where(e => e.Name is not null && left.Find(e.Name) is null))
                merged.Add(new MapEntry(TemplateNodes.Copy(entry.Key), TemplateNodes.Copy(entry.Value)));
            return merged;
        }

        if (global.Resolved is ListNode first && own.Resolved is ListNode second && first.Tag is null && second.Tag is null)
        {
            var joined = new ListNode(second.Span, second.Style);
            foreach (var item in first.ResolvedItems.Concat(second.ResolvedItems))
                joined.Add(TemplateNodes.Copy(item));
            return joined;
        }

        return TemplateNodes.Copy(own);
    }
}
