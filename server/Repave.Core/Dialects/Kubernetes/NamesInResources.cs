using Repave.Core.Dialects.Kubernetes.Kustomize;
using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>Every place in a resource that names another, for whoever follows names or gives one another name: those that checks and plans
/// know (<see cref="KubernetesReferences"/>), those that kustomize renames along (schemas/kubernetes/kustomize.facts: nameReference),
/// references by kind and name, and namespaces.</summary>
internal static class NamesInResources
{
    private const int MaxDepth = 30;

    // Fields of pods that kustomize leaves alone, and the kinds that they name.
    private static readonly (string Field, string Kind)[] OfPods =
        [("priorityClassName", "PriorityClass"), ("runtimeClassName", "RuntimeClass")];

    private static readonly Lazy<ILookup<string, (string Target, IReadOnlyList<string> Path)>> Known = new(() =>
        KustomizeFacts.Instance.Specs.References.SelectMany(r => r.Fields.Select(f => (f.Type.Kind, Target: r.Type.Kind, f.Steps)))
            .Where(f => f.Steps.Count > 0).ToLookup(f => f.Kind, f => (f.Target, f.Steps), StringComparer.Ordinal));

    /// <summary>The places; each name once.</summary>
    public static IEnumerable<Reference> Of(KubernetesResource resource)
    {
        var seen = new HashSet<Node>();
        return All(resource).Where(reference => seen.Add(reference.Node));
    }

    private static IEnumerable<Reference> All(KubernetesResource resource)
    {
        foreach (var reference in KubernetesReferences.Of(resource))
            yield return reference;
        foreach (var (holder, name, kind) in ByKind(resource.Root, 0))
            yield return To(resource, holder, name, kind);
        foreach (var (target, path) in Known.Value[resource.Kind])
        {
            foreach (var (holder, node) in At(resource.Root, path, 0))
            {
                if (Named(holder, node, path[path.Count - 1], target) is var (beside, name))
                    yield return To(resource, beside, name, target);
            }
        }

        foreach (var (field, kind) in OfPods)
        {
            if (resource.PodSpec?.Node.ScalarAt(field) is { IsNull: false, Value.Length: > 0 } name)
                yield return To(resource, null, name, kind);
        }

        foreach (var name in Namespaces(resource))
            yield return new Reference(resource, name, new ResourceId(KubernetesDialect.DialectName, "Namespace", null, name.Value), true);
    }

    // Objects that say kind and name of another, under a key that says that they refer (scaleTargetRef, roleRef, dataSourceRef, targetRef).
    private static IEnumerable<(MapNode Holder, ScalarNode Name, string Kind)> ByKind(Node node, int depth)
    {
        if (depth > MaxDepth)
            yield break;
        switch (node.Resolved)
        {
            case MapNode map:
                foreach (var entry in map.Entries)
                {
                    if (entry.Name?.EndsWith("Ref", StringComparison.Ordinal) == true && entry.Value.Resolved is MapNode reference
                        && reference.TextAt("kind") is { Length: > 0 } kind && NameOf(reference) is { } name)
                        yield return (reference, name, kind);
                    foreach (var inner in ByKind(entry.Value, depth + 1))
                        yield return inner;
                }

                break;
            case ListNode list:
                foreach (var inner in list.Items.SelectMany(item => ByKind(item, depth + 1)))
                    yield return inner;
                break;
        }
    }

    // What stands at the path, and the map that holds it; lists are walked through.
    private static IEnumerable<(MapNode Holder, Node Node)> At(Node node, IReadOnlyList<string> path, int step)
    {
        if (node.Resolved is ListNode list)
            return list.Items.SelectMany(item => At(item, path, step));
        if (node.Resolved is not MapNode map || map[path[step]] is not { } next)
            return [];
        return step < path.Count - 1 ? At(next, path, step + 1)
            : next.Resolved is ListNode { } several ? several.ResolvedItems.Select(item => (map, item)) : [(map, next)];
    }

    private static (MapNode? Holder, ScalarNode Name)? Named(MapNode holder, Node node, string field, string target)
    {
        // A map names by its own name and namespace.
        if (node.Resolved is MapNode map)
            return (map.TextAt("kind") is null || map.TextAt("kind") == target) && NameOf(map) is { } name ? (map, name) : null;
        if (node.Resolved is not ScalarNode { IsNull: false, Value.Length: > 0 } scalar || scalar.Value.IndexOf('/') >= 0)
            return null;
        return field switch
        {
            "name" when holder.TextAt("kind") is { } kind && kind != target => null,
            "name" => (holder, scalar),
            // Of a role, the resources beside the names say whose these are.
            "resourceNames" => holder.ItemsAt("resources").OfType<ScalarNode>().Any(r => r.Value == target.ToLowerInvariant() + "s")
                ? (null, scalar) : null,
            _ => (null, scalar),
        };
    }

    private static ScalarNode? NameOf(MapNode map) => map.ScalarAt("name") is { IsNull: false, Value.Length: > 0 } name ? name : null;

    private static IEnumerable<ScalarNode> Namespaces(KubernetesResource resource)
    {
        IEnumerable<Node?> holders = [resource.Root["metadata"], .. resource.Root.ItemsAt("subjects")];
        return holders.Select(h => h?.ScalarAt("namespace")).OfType<ScalarNode>().Where(n => !n.IsNull && n.Value.Length > 0);
    }

    private static Reference To(KubernetesResource resource, MapNode? holder, ScalarNode name, string kind) => new(resource, name,
        new ResourceId(KubernetesDialect.DialectName, kind, holder?.TextAt("namespace") ?? resource.Id.Namespace, name.Value), true);
}
