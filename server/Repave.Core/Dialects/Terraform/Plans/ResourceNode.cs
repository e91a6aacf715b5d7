using Repave.Core.Dialects.Terraform.Evaluation;
using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Dialects.Terraform.Packs;

namespace Repave.Core.Dialects.Terraform.Plans;

/// <summary>A resource or data source of an instance of a module.</summary>
internal sealed class ResourceNode(PlanGraph graph, ModuleNode module, TerraformItem item)
{
    private Repetition? _repetition;
    private List<InstancePlan>? _instances;
    private TerraformValue? _value;
    private bool _isOpen;
    private ResourceSchema? _schema;
    private bool _isSchemaKnown;

    public TerraformItem Item { get; } = item;

    public ModuleNode Module { get; } = module;

    public bool IsData => Item.Kind == TerraformKind.Data;

    /// <summary>Its address, without a key.</summary>
    public InstanceAddress Address => new(Module.Address, Item.ResourceType, Item.Name, null, IsData);

    /// <summary>What an apply waits for before it: all that its text looks at.</summary>
    public Tracker Needs { get; } = new();

    /// <summary>What its count or for_each looks at, and with it whatever is taken of <c>each</c>.</summary>
    public Tracker RepeatedBy { get; } = new();

    /// <summary>What its provider says of its type; null where no pack has it.</summary>
    public ResourceSchema? Schema
    {
        get
        {
            if (!_isSchemaKnown)
            {
                _isSchemaKnown = true;
                var source = Module.Module.ProviderOf(Item);
                // Texts of examples and modules often require nothing: then the provider of that name is meant.
                var pack = BuiltinProvider.Of(Item.ResourceType) ?? graph.Packs.Provider(source)
                    ?? (Module.Module.RequiredProviders.ContainsKey(ProviderPacks.LocalName(Item.ResourceType)) ? null
                        : graph.Packs.ForType(Item.ResourceType));
                _schema = IsData ? pack?.Data(Item.ResourceType) : pack?.Resource(Item.ResourceType);
            }

            return _schema;
        }
    }

    public Repetition Repetition
    {
        get
        {
            Open();
            return _repetition!;
        }
    }

    public IReadOnlyList<InstancePlan> Instances
    {
        get
        {
            Open();
            return _instances!;
        }
    }

    /// <summary>Whether one of its instances will have values that nobody knows yet.</summary>
    public bool IsPending => !_isOpen && Instances.Any(i => i.IsPending);

    /// <summary>Whether something is done to one of its instances.</summary>
    public bool IsChanging => !_isOpen && Instances.Any(i => i.IsChanging);

    /// <summary>What expressions see of it once everything is applied.</summary>
    public TerraformValue Value()
    {
        if (_value is not null)
            return _value;
        // Who asks for itself, or too deep, is told nothing.
        if (_isOpen || graph.IsTooDeep)
            return TerraformValue.Unknown;
        Open();
        _isOpen = true;
        var value = graph.Apart(() => _repetition!.Combine(i => _instances![i].Planned));
        _isOpen = false;
        return _value = value;
    }

    private void Open()
    {
        if (_repetition is not null)
            return;
        _isOpen = true;
        _repetition = graph.Apart(() => graph.Track(RepeatedBy, () => Repetition.Of(Module, Item)));
        Needs.Add(RepeatedBy);
        _instances = [];
        foreach (var (key, each) in _repetition.Instances)
        {
            _instances.Add(new InstancePlan(graph, this, Address with { Key = key }, Repetition.Names(_repetition.Kind, key, each)));
        }

        _isOpen = false;
    }
}
