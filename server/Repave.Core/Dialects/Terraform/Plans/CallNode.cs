using Repave.Core.Dialects.Terraform.Evaluation;
using Repave.Core.Dialects.Terraform.Modules;

namespace Repave.Core.Dialects.Terraform.Plans;

/// <summary>The call of a module, and the instances that it makes.</summary>
internal sealed class CallNode(PlanGraph graph, ModuleNode holder, TerraformItem item)
{
    private Repetition? _repetition;
    private List<ModuleNode>? _instances;
    private bool _isOpen;

    public TerraformItem Item { get; } = item;

    public Repetition Repetition
    {
        get
        {
            Open();
            return _repetition!;
        }
    }

    /// <summary>What its count or for_each looks at, and with it whatever is taken of <c>each</c>.</summary>
    public Tracker RepeatedBy { get; } = new();

    /// <summary>The instances; none where its text is not here.</summary>
    public IReadOnlyList<ModuleNode> Instances
    {
        get
        {
            Open();
            return _instances!;
        }
    }

    /// <summary>Whether the module's text is at hand.</summary>
    public bool IsHere => graph.ModuleOf(holder.Module, Item) is not null;

    /// <summary>
    /// The output that the steps behind the call's name lead to, and how many steps that takes; null where they lead to no single one.
    /// Asked for by itself an output does not wait for the others, of which one may wait for it.
    /// </summary>
    public TerraformValue? Output(IReadOnlyList<Syntax.Hcl.HclStep> steps, out int taken)
    {
        taken = 0;
        if (_isOpen || graph.IsTooDeep)
            return null;
        Open();
        var at = 1;
        var instance = Repetition.Kind == RepetitionKind.Single && _instances!.Count == 1 ? _instances[0] : null;
        if (instance is null && Repetition.Kind is RepetitionKind.Count or RepetitionKind.Each && steps.Count > 1 && steps[1].IsIndex)
        {
            var key = steps[1].Number ?? (steps[1].Name is { } name ? InstanceAddress.KeyOf(name) : null);
            for (var i = 0; i < _instances!.Count && i < Repetition.Instances.Count; i++)
            {
                if (Repetition.Instances[i].Key == key)
                    instance = _instances[i];
            }

            at = 2;
        }

        if (instance is null || steps.Count <= at || steps[at].Name is not { } wanted
            || instance.Module["output." + wanted] is not { } output)
            return null;
        taken = at + 1;
        return instance.Output(output);
    }

    /// <summary>The outputs of all instances, as expressions see them.</summary>
    public TerraformValue Value()
    {
        if (_isOpen || graph.IsTooDeep)
            return TerraformValue.Unknown;
        Open();
        if (_instances!.Count == 0 && (Repetition.Kind is RepetitionKind.Single or RepetitionKind.Unknown || !IsHere))
            return TerraformValue.Unknown;
        return Repetition.Combine(i => Outputs(_instances[i]));
    }

    private static TerraformValue Outputs(ModuleNode instance) => TerraformValue.Object(instance.Module.Of(TerraformKind.Output)
        .Select(o => new KeyValuePair<string, TerraformValue>(o.Name, instance.Output(o))));

    private void Open()
    {
        if (_repetition is not null)
            return;
        _isOpen = true;
        _repetition = graph.Track(RepeatedBy, () => Repetition.Of(holder, Item));
        _instances = [];
        _isOpen = false;
        if (graph.ModuleOf(holder.Module, Item) is not { } module || holder.Depth > PlanGraph.MaxModuleDepth)
            return;
        foreach (var (key, each) in _repetition.Instances)
        {
            var name = $"module.{Item.Name}{(key is null ? "" : $"[{key}]")}";
            _instances.Add(new ModuleNode(graph, module, holder.Address.Length == 0 ? name : $"{holder.Address}.{name}", holder, Item,
                Repetition.Names(_repetition.Kind, key, each)));
        }
    }
}
