using Repave.Core.Syntax;

namespace Repave.Core.Shapes;

/// <summary>Reads a half-typed or misspelt key that holds what an absent field holds as that field, such that all that is said of its
/// block stays. The key itself stays wrong.</summary>
public static class MeantKeys
{
    private const int MaxDepth = 16;
    private const int LeastPrefix = 2;

    /// <summary>Marks such keys of a mapping and of what is in it, and takes back what was marked before.</summary>
    public static void Mark(MapNode map, Shape shape) => Mark(map, shape, 0);

    private static void Mark(MapNode map, Shape shape, int depth)
    {
        if (shape.Fields is not { } fields || depth > MaxDepth)
            return;
        foreach (var entry in map.Entries)
        {
            // What an alias stands for is looked at where it is written; what a scalar's key means nothing depends on.
            if (entry.Value is not (MapNode or ListNode) || entry.Key is not ScalarNode { Value: var name })
                continue;
            var field = fields[name];
            var isKnown = field is not null;
            if (!isKnown && shape is { AllowsUnknown: false, Additional: null, PatternFields.Count: 0 })
                field = FieldOf(name, entry, map, fields);
            map.Mean(entry, isKnown ? null : field?.Name);
            if (field is not null)
                Descend(entry.Value, field.Shape, depth + 1);
        }
    }

    private static void Descend(Node value, Shape shape, int depth)
    {
        if (value is MapNode map)
        {
            Mark(map, shape, depth);
        }
        else if (value is ListNode list && shape.Items is { } items)
        {
            foreach (var item in list.Items)
            {
                if (item is MapNode inner)
                    Mark(inner, items, depth);
            }
        }
    }

    // The nearest name, or the only one that begins like it; of those that are absent and can hold the value.
    private static ShapeField? FieldOf(string name, MapEntry entry, MapNode map, ShapeFields fields)
    {
        if (name.Length == 0)
            return null;
        var fitting = fields.All.Where(f => (map.Find(f.Name) ?? entry) == entry && Fits(entry.Value, f.Shape)).ToList();
        var nearest = NearestName.Of(name, fitting.Select(f => f.Name));
        if (nearest is not null)
            return fields[nearest];
        var begun = name.Length < LeastPrefix ? [] : fitting.Where(f => f.Name.StartsWith(name, StringComparison.Ordinal)).Take(2).ToList();
        return begun.Count == 1 ? begun[0] : null;
    }

    // Most of what it holds is known there; an empty collection says nothing.
    private static bool Fits(Node value, Shape shape) => value switch
    {
        MapNode map => shape.Fields is { } fields && map.Entries.Count > 0
            && map.Entries.Count(e => e.Name is { } name && fields[name] is not null) * 2 > map.Entries.Count,
        ListNode list => shape.Items is { } items && list.Items.Count > 0 && list.Items[0] is MapNode first && Fits(first, items),
        _ => false,
    };
}
