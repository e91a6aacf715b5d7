using Repave.Core.Dialects.Terraform.Packs;
using Repave.Core.Plans;
using Repave.Core.Shapes;

namespace Repave.Core.Dialects.Terraform.Plans;

/// <summary>What changing the arguments of a resource type does, from its provider's pack.</summary>
internal static class TerraformExplanations
{
    private const int MaxDepth = 8;

    /// <summary>The arguments that do anything but change in place; last what all others do. Empty for an unknown type.</summary>
    public static IReadOnlyList<Explanation> Of(string type)
    {
        var pack = type.IndexOf('_') < 0 ? null : BuiltinProvider.Of(type) ?? ProviderPacks.Embedded.ForType(type);
        if (pack?.Resource(type) is not { } schema)
            return [];
        var lines = new List<Explanation>();
        Add(lines, type, schema.Body, "", 0);
        lines.Add(new Explanation(type, ".", Effect.InPlace, Certainty.Certain, null,
            $"as {pack.Source.Substring(pack.Source.IndexOf('/') + 1)}{(pack.Version == "-" ? "" : " " + pack.Version)} says"));
        return lines;
    }

    private static void Add(List<Explanation> lines, string type, SchemaBlock block, string prefix, int depth)
    {
        foreach (var member in block.Members.Where(m => !m.IsReadOnly))
        {
            var path = prefix + member.Name;
            var except = member.IsAddedInPlace ? "where it had a value before" : member.IsRemovedInPlace ? "unless it is taken away" : null;
            if (member.ReplacesIf is { } flag)
                lines.Add(new Explanation(type, path, Effect.Replaces, Certainty.Conditional,
                    $"{flag} is {(member.ReplacesIfFalse ? "false" : "true")}", "")
                { DependsOnValue = true });
            else if (member.Update == UpdateEffect.Replaces)
                lines.Add(new Explanation(type, path, Effect.Replaces, Certainty.Certain, except, ""));
            else if (member.Update == UpdateEffect.MayReplace)
                lines.Add(new Explanation(type, path, Effect.Replaces, Certainty.Conditional, null,
                    "the provider's code decides by the values")
                { DependsOnValue = true });
            // Where nothing says otherwise a person who asks for one argument wants to hear that it is in place.
            else if (depth == 0)
                lines.Add(new Explanation(type, path, Effect.InPlace, Certainty.Certain, null, ""));
            if (member.Body is { } body && depth < MaxDepth)
                Add(lines, type, body, path + ".", depth + 1);
        }
    }
}
