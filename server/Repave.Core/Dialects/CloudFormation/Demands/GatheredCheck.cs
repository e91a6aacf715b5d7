using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Json;

namespace Repave.Core.Dialects.CloudFormation.Demands;

/// <summary>Holds a resource and those that it refers to against demands on them together.</summary>
internal static class GatheredCheck
{
    // Lists of references multiply.
    private const int MaxTogether = 16;

    /// <summary>What is wrong, in the words of the resources' names.</summary>
    public static IEnumerable<ShapeIssue> Check(CloudFormationResource resource, GatheredDemand demand)
    {
        foreach (var chosen in Choose(resource, demand).Take(MaxTogether))
        {
            var key = KeyOf(resource.Template, chosen);
            if (key is not null && ResourceMemory.Has(demand.Key, key))
                continue;
            var places = new Dictionary<MapNode, Node>();
            var whole = new MapNode(resource.Root.Span, NodeStyle.Flow);
            for (var i = 0; i < demand.Parts.Count; i++)
            {
                if (chosen[i] is not { } entry || entry.Value.Resolved is not MapNode of)
                    continue;
                var part = Gather(demand.Parts[i], of);
                places[part] = of["Properties"] ?? entry.Key;
                whole.Share(new MapEntry(Text(demand.Parts[i].Name), part));
            }

            var check = new DemandCheck(resource.Slot.Document)
            {
                Gathered = place => At(whole, place.Split(['/'], StringSplitOptions.RemoveEmptyEntries)),
                PlaceOf = mapping => places.TryGetValue(mapping, out var place) ? place : null,
            };
            check.Check(whole, demand.Schema, "");
            if (key is not null && check.Issues.Count == 0)
                ResourceMemory.AddClean(demand.Key, key);
            foreach (var issue in check.Issues)
                yield return Named(issue, demand, chosen, resource);
        }
    }

    // What the resources are known by together; null where more has a say.
    private static string? KeyOf(Template template, MapEntry?[] chosen)
    {
        var keys = "";
        foreach (var entry in chosen)
        {
            if (entry is not null && template.KeyOf(entry) is null)
                return null;
            keys += entry is null ? "-" : template.KeyOf(entry);
        }

        return keys;
    }

    // Paths begin with the demand's own names for the parts.
    private static ShapeIssue Named(ShapeIssue issue, GatheredDemand demand, MapEntry?[] chosen, CloudFormationResource resource)
    {
        var (path, message) = (issue.Path, issue.Message);
        for (var i = 0; i < demand.Parts.Count; i++)
        {
            var name = demand.Parts[i].Name;
            if (chosen[i]?.Name is not { } id)
                continue;
            message = message.Replace($"'{name}.", $"'{id}.").Replace($"'{name}'", $"'{id}'");
            if (path.StartsWith(name + ".", StringComparison.Ordinal))
                path = (id == resource.Id.Name ? "Properties" : id) + path.Substring(name.Length);
        }

        return issue with { Path = path, Message = message };
    }

    private static MapNode Gather(GatheredPart part, MapNode of)
    {
        var gathered = new MapNode(of.Span, NodeStyle.Flow);
        foreach (var (name, path, fallback) in part.Fields)
        {
            var value = path is ["$type"] ? of["Type"] : At(of["Properties"], path);
            if (value is not null)
                gathered.Share(new MapEntry(Text(name), value));
            else if (fallback is not null && (of["Properties"] is MapNode or null))
                gathered.Share(new MapEntry(Text(name), Text(fallback)));
        }

        return gathered;
    }

    private static IEnumerable<MapEntry?[]> Choose(CloudFormationResource resource, GatheredDemand demand)
    {
        IEnumerable<MapEntry?[]> chosen = [[]];
        foreach (var part in demand.Parts)
        {
            var entries = part.Reference is null ? [resource.Template.Resources[resource.Id.Name]]
                : ReferredTo(resource.Properties, part.Reference, 0).Select(n => Find(resource.Template, n, part.Type)).Where(e =>
                    e is not null).Distinct()
                    .ToList();
            if (entries.Count == 0)
                entries = [null];
            chosen = chosen.SelectMany(c => entries.Select(e => (MapEntry?[])[.. c, e]));
        }

        return chosen;
    }

    private static MapEntry? Find(Template template, string name, string? type) =>
        template.Resources.TryGetValue(name, out var entry) && (type is null || template.TypeOf(name) == type) ? entry : null;

    private static IEnumerable<string> ReferredTo(Node? node, string[] path, int at)
    {
        if (node?.Resolved is not { } value)
            return [];
        if (at == path.Length)
        {
            return Intrinsic.Of(value) switch
            {
                { Name: "Ref", Text: { } name } => [name],
                { Name: "Fn::GetAtt", Text: { } name } => [name.Split('.')[0]],
                { Name: "Fn::GetAtt", Items: [ScalarNode { Tag: null } name, ..] } => [name.Value],
                _ => [],
            };
        }

        if (path[at] == "*")
            return value is ListNode list && Intrinsic.Of(list) is null ? list.ResolvedItems.SelectMany(i => ReferredTo(i, path, at + 1))
                : [];
        return value is MapNode && Intrinsic.Of(value) is null ? ReferredTo(value[path[at]], path, at + 1) : [];
    }

    private static Node? At(Node? node, IEnumerable<string> path)
    {
        foreach (var name in path)
        {
            if (node is null || Intrinsic.Of(node) is not null)
                return null;
            node = node[name];
        }

        return node;
    }

    private static ScalarNode Text(string text) => new(default, text, NodeStyle.DoubleQuoted, JsonScalarReading.Instance);
}
