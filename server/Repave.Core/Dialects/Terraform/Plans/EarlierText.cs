using Repave.Core.Dialects.Terraform.Evaluation;
using Repave.Core.Dialects.Terraform.Packs;

namespace Repave.Core.Dialects.Terraform.Plans;

/// <summary>
/// The state that an earlier text amounts to, had it been applied: what it says, and for what a provider gives words that stand for it, so
/// that whoever uses them in both texts uses the same.
/// </summary>
internal static class EarlierText
{
    private const int MaxDepth = 40;

    public static Dictionary<InstanceAddress, StateInstance> ToState(PlanGraph graph)
    {
        var state = new Dictionary<InstanceAddress, StateInstance>();
        // In an order of its own each is made before who uses it, so that they see the words and not what is unknown.
        foreach (var module in graph.Modules)
        {
            foreach (var node in module.Resources.Values)
            {
                foreach (var instance in node.Instances)
                {
                    if (instance.Address.IsData)
                        continue;
                    state[instance.Address] = new StateInstance(instance.Address)
                    {
                        Value = instance.Planned,
                        Source = new PlannedInstance(instance.Address, node.Item),
                    };
                }
            }
        }

        return state;
    }

    /// <summary>A value with words in the place of the texts that only the provider knows.</summary>
    public static TerraformValue Name(TerraformValue value, TerraformType type, string path, int depth = 0)
    {
        if (depth > MaxDepth)
            return value;
        if (value.IsUnknown && type.Kind == SchemaTypeKind.String)
            return TerraformValue.Of($"{ValueText.Placeholder}{path}{ValueText.Placeholder}");
        if (value.IsUnknown && type.Kind == SchemaTypeKind.Object)
        {
            return TerraformValue.Object(type.Attributes.Select(a =>
                new KeyValuePair<string, TerraformValue>(a.Key, Name(TerraformValue.UnknownOf(a.Value), a.Value, $"{path}.{a.Key}",
                    depth + 1))));
        }

        return value;
    }
}
