using Repave.Core.Plans;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Json;

namespace Repave.Core.Dialects.Kubernetes.Plans.Applying;

/// <summary>Puts into an object what a server fills in.</summary>
/// <param name="type">The object's type (<c>Deployment.apps</c>).</param>
internal sealed class ServerDefaults(string type)
{
    // Structures nest no deeper in any kind; a recursive one (a JSON Schema) has no defaults.
    private const int MaxDepth = 24;

    private const string OfNode = "node.kubernetes.io/";
    private const string TrafficPolicy = "externalTrafficPolicy";
    private const string NodePorts = "allocateLoadBalancerNodePorts";

    /// <summary>A single default as a node.</summary>
    /// <param name="text">The default, as JSON or plain text.</param>
    /// <param name="shape">The field's shape.</param>
    public static Node ScalarOf(string text, Shape? shape)
    {
        if (text.Length > 0 && text[0] is '{' or '[' or '"' && JsonLanguage.Instance.ParseDocument(text).Root is { } node)
            return node;
        var isText = shape is not null && (shape.Types & (ShapeTypes.Boolean | ShapeTypes.Number)) == 0;
        return isText ? JsonValue.Text(text) : JsonValue.Plain(text);
    }

    /// <summary>Takes nulls as a server reads them: a field without a value is absent, a map's name without one has the
    /// empty value.</summary>
    public static void ReadNulls(object? value, Shape? shape)
    {
        switch (value)
        {
            case Dictionary<string, object?> map:
                foreach (var (name, inner) in map.Select(e => (e.Key, e.Value)).ToList())
                {
                    var field = shape?.Fields?[name]?.Shape;
                    if (inner is not null)
                        ReadNulls(inner, field ?? shape?.Additional);
                    else if (EmptyOf(shape, name) is { } empty)
                        map[name] = JsonValue.Text(empty);
                    else
                        map.Remove(name);
                }

                break;
            case List<object?> list:
                list.ForEach(item => ReadNulls(item, shape?.Items));
                break;
        }
    }

    // What a map's name without a value has; null where it is left out.
    private static string? EmptyOf(Shape? map, string name) => map?.Additional is not { } value || map.Fields?[name] is not null ? null
        : value.Format == "quantity" ? "0" : value.Types == ShapeTypes.String ? "" : null;

    /// <summary>The object with every default, without nulls: as a server stores it.</summary>
    public MapNode Fill(MapNode root, Shape? shape) => Labelled(Fill(FieldPath.Root, root, shape, 0));

    // The deprecated name of a pod's account says what the other does, and alone gives it.
    private MapNode Mirrored(MapNode root)
    {
        string[]? path = type switch
        {
            "Pod" => ["spec"],
            "PodTemplate" => ["template", "spec"],
            "CronJob.batch" => ["spec", "jobTemplate", "spec", "template", "spec"],
            _ => root.At("spec", "template", "spec") is MapNode ? ["spec", "template", "spec"] : null,
        };
        if (path is null || root.At(path) is not MapNode pod)
            return root;
        var (name, deprecated) = (pod.ScalarAt("serviceAccountName"), pod.ScalarAt("serviceAccount"));
        if ((name ?? deprecated) is not { IsNull: false } account || (name?.Value == account.Value && deprecated?.Value == account.Value))
            return root;
        return WithAt(root, path, 0, With(With(pod, "serviceAccount", account), "serviceAccountName", account));
    }

    private static MapNode WithAt(MapNode map, string[] path, int at, MapNode value) =>
        With(map, path[at], at + 1 == path.Length ? value : WithAt((MapNode)map[path[at]]!, path, at + 1, value));

    /// <summary>The object with defaults in the place of what another state had and it lacks.</summary>
    /// <param name="before">The other state.</param>
    /// <param name="root">The object.</param>
    /// <param name="shape">Its shape.</param>
    public MapNode Return(MapNode before, MapNode root, Shape? shape) =>
        Mirrored(Tolerating(before, WithoutLeftOver(before, Labelled(Return(FieldPath.Root, before, root, shape)))));

    // Where a Service keeps no client, what it says of keeping them is dropped; so is what was filled in for a type that it no longer has.
    private MapNode WithoutLeftOver(MapNode before, MapNode root)
    {
        if (type != "Service" || root["spec"] is not MapNode spec)
            return root;
        var dropped = new List<string>();
        if ((spec.TextAt("sessionAffinity") ?? "None") == "None")
            dropped.Add("sessionAffinityConfig");
        if (spec.TextAt("type") != "LoadBalancer" && before["spec"]?.TextAt("type") == "LoadBalancer"
            && before["spec"]?.TextAt(NodePorts) == spec.TextAt(NodePorts))
            dropped.Add(NodePorts);
        if (spec.TextAt("type") is not ("LoadBalancer" or "NodePort") && !spec.Has("externalIPs")
            && before["spec"]?.TextAt(TrafficPolicy) == spec.TextAt(TrafficPolicy))
            dropped.Add(TrafficPolicy);
        if (!dropped.Exists(spec.Has))
            return root;
        var kept = new MapNode(spec.Span, NodeStyle.Flow);
        foreach (var entry in spec.AllEntries.Where(e => e.Name is null || !dropped.Contains(e.Name)))
            kept.Share(entry);
        return With(root, "spec", kept);
    }

    // An object without labels is given those of its pods.
    private MapNode Labelled(MapNode root)
    {
        if (type is not ("Job.batch" or "ReplicationController") || root["metadata"] is not MapNode metadata
            || metadata["labels"] is MapNode { AllEntries.Count: > 0 }
            || root.At("spec", "template", "metadata", "labels") is not MapNode labels)
            return root;
        return With(root, "metadata", With(metadata, "labels", labels));
    }

    // What admission lets every pod bear for a while it adds again.
    private MapNode Tolerating(MapNode before, MapNode root)
    {
        var spec = root["spec"] as MapNode;
        if (type != "Pod" || spec is null)
            return root;
        var has = spec.ItemsAt("tolerations").ToList();
        var lacks = before["spec"]!.ItemsAt("tolerations").Where(t => t.TextAt("key")?.StartsWith(OfNode, StringComparison.Ordinal) == true
            && t.TextAt("effect") == "NoExecute" && !has.Exists(h => h.TextAt("key") == t.TextAt("key"))).ToList();
        if (lacks.Count == 0)
            return root;
        var all = new ListNode(default, NodeStyle.Flow);
        has.Concat(lacks).ToList().ForEach(all.Share);
        return With(root, "spec", With(spec, "tolerations", all));
    }

    private static MapNode With(MapNode map, string name, Node value)
    {
        var changed = new MapNode(map.Span, NodeStyle.Flow);
        foreach (var entry in map.AllEntries.Where(e => e.Name != name))
            changed.Share(entry);
        changed.Share(new MapEntry(JsonValue.Text(name), value));
        return changed;
    }

    private MapNode Return(FieldPath path, MapNode before, MapNode after, Shape? shape)
    {
        if (shape is null)
            return after;
        var filled = new MapNode(after.Span, NodeStyle.Flow);
        var isNew = false;
        foreach (var entry in after.AllEntries)
        {
            var field = entry.Name is { } name ? shape.Fields?[name]?.Shape ?? shape.Additional : null;
            var value = entry.Name is { } key && before[key] is { } old ? Return(path.Field(key), old, entry.Value.Resolved, field)
                : entry.Value;
            isNew |= value != entry.Value;
            filled.Share(value is null || value == entry.Value ? entry : new MapEntry(entry.Key, value));
        }

        foreach (var entry in before.AllEntries)
        {
            if (entry.Name is not { } name || after.Has(name) || shape.Fields?[name] is not { } field
                || Default(path.Field(name), field, filled, 0) is not { } standard)
                continue;
            filled.Share(new MapEntry(JsonValue.Text(name), standard));
            isNew = true;
        }

        return isNew ? filled : after;
    }

    private Node? Return(FieldPath path, Node before, Node? after, Shape? shape)
    {
        switch (before, after)
        {
            case (MapNode from, MapNode to):
                return Return(path, from, to, shape);
            case (ListNode from, ListNode to) when shape?.Items is { } items && to.ResolvedItems.Any(i => i is MapNode):
                var filled = new ListNode(to.Span, NodeStyle.Flow);
                var isNew = false;
                var place = 0;
                foreach (var item in to.ResolvedItems)
                {
                    var old = shape.ListKind == ListKind.Map
                        ? from.ResolvedItems.FirstOrDefault(f => shape.ListKeys.All(k => f.TextAt(k) == item.TextAt(k)))
                        : from.ResolvedItems.ElementAtOrDefault(place);
                    var next = old is null ? item : Return(path.Item(place), old, item, items) ?? item;
                    isNew |= next != item;
                    filled.Share(next);
                    place++;
                }

                return isNew ? filled : after;
            default:
                return after;
        }
    }

    private MapNode Fill(FieldPath path, MapNode map, Shape? shape, int depth)
    {
        var filled = new MapNode(map.Span, NodeStyle.Flow);
        foreach (var entry in map.AllEntries)
        {
            if (entry.Name is not { } name || map.Find(name) != entry)
                continue;
            if (!map.Has(name))
            {
                if (EmptyOf(shape, name) is { } empty)
                    filled.Share(new MapEntry(entry.Key, JsonValue.Text(empty)));
                continue;
            }

            var field = shape?.Fields?[name]?.Shape ?? shape?.Additional;
            filled.Share(new MapEntry(entry.Key, Fill(path.Field(name), entry.Value.Resolved!, field, depth + 1)));
        }

        if (depth > MaxDepth)
            return filled;
        foreach (var field in shape?.Fields?.All ?? [])
        {
            if (!filled.Has(field.Name) && Default(path.Field(field.Name), field, filled, depth) is { } standard)
                filled.Share(new MapEntry(JsonValue.Text(field.Name), standard));
        }

        return filled;
    }

    private Node Fill(FieldPath path, Node value, Shape? shape, int depth)
    {
        switch (value)
        {
            case MapNode map:
                return Fill(path, map, shape, depth);
            case ListNode list:
                var filled = new ListNode(list.Span, NodeStyle.Flow);
                var place = 0;
                foreach (var item in list.ResolvedItems)
                    filled.Share(Fill(path.Item(place++), item, shape?.Items, depth + 1));
                return filled;
            default:
                return value;
        }
    }

    private Node? Default(FieldPath path, ShapeField field, MapNode holder, int depth)
    {
        if (depth > MaxDepth || path.StartsWith("status"))
            return null;
        if ((KubernetesDefaults.Of(type, path, holder) ?? field.Default ?? field.Shape.Default) is { } standard)
            return standard.Length == 0 ? null : ScalarOf(standard, field.Shape);
        // What a rolling update may do is filled in where that is how it is updated.
        var isWhole = field.IsValue || (field.Name == "rollingUpdate" && holder.TextAt("type") == "RollingUpdate");
        if (!isWhole || field.Shape.Fields is null || path.StartsWith("metadata"))
            return null;
        var inner = Fill(path, new MapNode(default, NodeStyle.Flow), field.Shape, depth + 1);
        return inner.AllEntries.Count == 0 ? null : inner;
    }
}
