using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Syntax.Hcl;

namespace Repave.Core.Dialects.Terraform.Validation;

/// <summary>A place where an expression names something of its module.</summary>
/// <param name="Traversal">The name and its steps.</param>
/// <param name="Address">What is named (<c>var.x</c>, <c>aws_instance.web</c>).</param>
/// <param name="Steps">How many steps the address takes.</param>
internal sealed record ItemReference(HclTraversal Traversal, string Address, int Steps);

/// <summary>Finds what expressions name.</summary>
internal static class References
{
    // Names that Terraform gives, under which nothing is declared.
    private static readonly HashSet<string> Given = new(StringComparer.Ordinal)
    {
        "each", "count", "self", "path", "terraform", "tofu", "run", "provider",
    };

    /// <summary>The places in something declared that name other things.</summary>
    public static IEnumerable<ItemReference> Of(TerraformItem item)
    {
        if (item.Attribute is { } attribute && item.Kind is TerraformKind.Local or TerraformKind.Assignment)
            return Of(attribute.Value, []);
        return Of(item.Kind, item.Body, true, []);
    }

    private static IEnumerable<ItemReference> Of(TerraformKind kind, HclBody body, bool isTop, IReadOnlyList<string> iterators)
    {
        foreach (var attribute in body.Attributes)
        {
            // These hold no expressions of the module.
            if (isTop && (attribute.Name is "provider" or "providers" || (kind == TerraformKind.Variable && attribute.Name == "type")
                || kind is TerraformKind.Moved or TerraformKind.Removed
                || (kind == TerraformKind.Import && attribute.Name is "to" or "provider")))
                continue;
            if (attribute.Name is "ignore_changes" or "iterator" or "configuration_aliases")
                continue;
            foreach (var found in Of(attribute.Value, iterators))
                yield return found;
        }

        foreach (var block in body.Blocks)
        {
            if (isTop && kind == TerraformKind.Terraform && block.Type is "required_providers" or "cloud" or "backend" or "encryption")
                continue;
            var inner = iterators;
            if (block.Type == "dynamic" && block.Labels.Count == 1)
                inner = [.. iterators, (block.Body["iterator"] as HclTraversal)?.Root ?? block.Labels[0].Text];
            foreach (var found in Of(kind, block.Body, false, inner))
                yield return found;
        }
    }

    /// <summary>The places in an expression that name something declared.</summary>
    public static IEnumerable<ItemReference> Of(HclExpression expression, IReadOnlyList<string> iterators) =>
        Traversals(expression, iterators).Select(AddressOf).OfType<ItemReference>();

    /// <summary>The traversals in an expression, but for those that begin with a name of a loop.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="iterators">The names of loops around it.</param>
    public static IEnumerable<HclTraversal> Traversals(HclExpression expression, IReadOnlyList<string> iterators)
    {
        // Names of loops stand before those of the module.
        var open = new Stack<(HclExpression Expression, IReadOnlyList<string> Names)>();
        open.Push((expression, iterators));
        while (open.Count > 0)
        {
            var (next, names) = open.Pop();
            switch (next)
            {
                case HclTraversal traversal:
                    if (!names.Contains(traversal.Root))
                        yield return traversal;
                    break;
                case HclFor loop:
                    IReadOnlyList<string> inner = loop.KeyName is null ? [.. names, loop.ValueName]
                        : [.. names, loop.ValueName, loop.KeyName];
                    open.Push((loop.Collection, names));
                    open.Push((loop.Value, inner));
                    if (loop.Key is not null)
                        open.Push((loop.Key, inner));
                    if (loop.Condition is not null)
                        open.Push((loop.Condition, inner));
                    break;
                default:
                    foreach (var child in next.Children)
                        open.Push((child, names));
                    break;
            }
        }
    }

    /// <summary>What a traversal names; null where that is nothing that a module declares.</summary>
    public static ItemReference? AddressOf(HclTraversal traversal)
    {
        if (Given.Contains(traversal.Root) || traversal.Steps.Count == 0 || traversal.Steps[0].IsIndex
            || traversal.Steps[0].Name is not { Length: > 0 } first)
            return null;
        switch (traversal.Root)
        {
            case "data" or "ephemeral":
                return traversal.Steps.Count > 1 && traversal.Steps[1] is { IsIndex: false, Name: { Length: > 0 } name }
                    ? new ItemReference(traversal, $"{traversal.Root}.{first}.{name}", 2) : null;
            case "resource":
                return traversal.Steps.Count > 1 && traversal.Steps[1] is { IsIndex: false, Name: { Length: > 0 } second }
                    ? new ItemReference(traversal, $"{first}.{second}", 2) : null;
            default:
                return new ItemReference(traversal, $"{traversal.Root}.{first}", 1);
        }
    }
}
