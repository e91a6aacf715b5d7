namespace Repave.Core.Shapes;

/// <summary>Shapes as somebody sees them who is writing: what several forms allow, together.</summary>
public static class ShapeChoices
{
    private const int MaxDepth = 4;

    /// <summary>The shape at a path of fields and items, of whatever form has one there; null if none has. Tags in the path say nothing.</summary>
    /// <param name="root">The shape of the whole.</param>
    /// <param name="path">The fields; <c>[]</c> for an item of a list.</param>
    public static Shape? At(Shape? root, IEnumerable<string> path)
    {
        var shapes = root is null ? [] : FormsOf(root).ToList();
        foreach (var step in path)
        {
            if (step.Length > 0 && step[0] == '!')
                continue;
            shapes = [.. shapes.Select(s => Below(s, step)).OfType<Shape>().SelectMany(s => FormsOf(s)).Distinct()];
        }

        return Merge(shapes);
    }

    /// <summary>The shape with what its forms allow; itself where it has none.</summary>
    public static Shape? Of(Shape? shape) => shape is null ? null : Merge([.. FormsOf(shape)]);

    private static Shape? Below(Shape shape, string step)
    {
        if (step == "[]")
            return shape.Items ?? shape.Tuple?.FirstOrDefault();
        return shape.Fields?[step]?.Shape ?? shape.PatternFields.FirstOrDefault(p => p.Name.Matches(step)).Shape ?? shape.Additional;
    }

    private static IEnumerable<Shape> FormsOf(Shape shape, int depth = 0)
    {
        yield return shape;
        if (depth == MaxDepth)
            yield break;
        foreach (var form in shape.AllOf.Concat(shape.AnyOf).Concat(shape.OneOf))
        {
            foreach (var inner in FormsOf(form, depth + 1))
                yield return inner;
        }
    }

    private static Shape? Merge(List<Shape> shapes)
    {
        if (shapes.Count < 2)
            return shapes.FirstOrDefault();
        // A form that says nothing of itself allows everything, and tells nothing.
        var telling = shapes.FindAll(s => s.Types != ShapeTypes.Any || s.Fields is not null || s.Enum is not null || s.Items is not null
            || s.Additional is not null);
        if (telling.Count < 2)
            return telling.FirstOrDefault() ?? shapes[0];
        var merged = new Shape
        {
            Name = telling[0].Name,
            Types = telling.Aggregate(ShapeTypes.None, (all, s) => all | s.Types),
            Items = telling.Select(s => s.Items).FirstOrDefault(i => i is not null),
            Additional = telling.Select(s => s.Additional).FirstOrDefault(a => a is not null),
            PatternFields = [.. telling.SelectMany(s => s.PatternFields)],
            Default = telling.Select(s => s.Default).FirstOrDefault(d => d is not null),
        };
        var values = telling.SelectMany(s => s.Enum ?? []).Distinct().ToList();
        merged.Enum = values.Count == 0 ? null : values;
        foreach (var field in telling.SelectMany(s => s.Fields?.All ?? []))
        {
            merged.Fields ??= new ShapeFields();
            if (merged.Fields[field.Name] is null)
                merged.Fields.Add(field);
        }

        return merged;
    }
}
