using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Repave.Core.Dialects.Terraform.Evaluation;
using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Dialects.Terraform.Packs;
using Repave.Core.Model;

namespace Repave.Core.Dialects.Terraform.Plans;

/// <summary>
/// The state that an earlier text amounts to, had it been applied: what it says, and for what a provider gives words that stand for it, so
/// that whoever uses them in both texts uses the same.
/// </summary>
internal sealed class EarlierText
{
    private const int MaxDepth = 40;

    // A baseline is planned against at every edit, and never changes; evaluating it takes as long as evaluating what was edited.
    private static readonly ConditionalWeakTable<IReadOnlyList<Manifest>, ConcurrentDictionary<(string Root, int Additions), EarlierText>>
        Known = new();

    private EarlierText(PlanGraph graph)
    {
        Uncounted = [.. graph.Modules.SelectMany(m => m.Resources.Values).Where(n => n.Repetition.Kind == RepetitionKind.Unknown)
            .Select(n => n.Address)];
        Instances = ToState(graph);
    }

    /// <summary>What there would be, by address.</summary>
    public IReadOnlyDictionary<InstanceAddress, StateInstance> Instances { get; }

    /// <summary>The resources of which nobody knows how many instances there were.</summary>
    public IReadOnlyList<InstanceAddress> Uncounted { get; }

    /// <summary>What an earlier text amounts to; evaluated once for as long as its manifests are in use.</summary>
    /// <param name="modules">Its modules.</param>
    /// <param name="root">The one that is applied.</param>
    /// <param name="manifests">The manifests that the modules were read from.</param>
    public static EarlierText Of(IReadOnlyDictionary<string, TerraformModule> modules, TerraformModule root,
        IReadOnlyList<Manifest> manifests) =>
        Known.GetOrCreateValue(manifests).GetOrAdd((root.Folder, ProviderPacks.Embedded.Additions), _ => new EarlierText(
            new PlanGraph(modules, root, manifests, new Dictionary<InstanceAddress, StateInstance>(), ProviderPacks.Embedded)
            {
                IsFromText = true,
                NamesUnknowns = true,
                FileOf = new PlanFiles(manifests).TextOf,
            }));

    private static Dictionary<InstanceAddress, StateInstance> ToState(PlanGraph graph)
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
