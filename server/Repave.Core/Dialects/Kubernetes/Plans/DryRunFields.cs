using Repave.Core.Plans;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans;

/// <summary>Finds in a manifest's text the fields that a server said it would change.</summary>
internal static class DryRunFields
{
    /// <summary>The changes with places in the manifest; what the manifest does not say gets the place of the nearest that
    /// it does.</summary>
    public static IReadOnlyList<FieldChange> Place(IReadOnlyList<FieldChange> changes, MapNode manifest, Shape? shape) =>
        [.. changes.Select(c => Place(c, manifest, shape))];

    private static FieldChange Place(FieldChange change, MapNode manifest, Shape? shape) =>
        change with { Place = Find(change.Path, manifest, shape), Parts = [.. change.Parts.Select(p => Place(p, manifest, shape))] };

    /// <summary>The node at a path in a state; null if there is none.</summary>
    public static Node? Exact(FieldPath path, MapNode state, Shape? shape)
    {
        var found = Find(path, state, shape, out var isExact);
        return isExact ? found : null;
    }

    private static Node Find(FieldPath path, MapNode manifest, Shape? shape) => Find(path, manifest, shape, out _);

    private static Node Find(FieldPath path, MapNode manifest, Shape? shape, out bool isExact)
    {
        Node at = manifest;
        isExact = false;
        foreach (var step in path.Steps())
        {
            var list = shape;
            shape = step.Name is null ? shape?.Items : shape?.Fields?[step.Name]?.Shape ?? shape?.Additional;
            var next = step.Name is { } name ? at[name] : ItemOf(at, step, list);
            if (next is null)
                return at;
            at = next;
        }

        isExact = true;
        return at;
    }

    private static Node? ItemOf(Node at, FieldPath step, Shape? list)
    {
        if (at is not ListNode sequence)
            return null;
        if (step.Key is null)
            return sequence.ResolvedItems.ElementAtOrDefault(step.Index);
        var keys = step.Key.Split('\n');
        return sequence.ResolvedItems.FirstOrDefault(item => list is { ListKind: ListKind.Map }
            ? list.ListKeys.Select((key, i) => item.TextAt(key) is not { } text || text == keys[i]).All(same => same)
            : item is ScalarNode scalar && scalar.Value == step.Key);
    }
}
