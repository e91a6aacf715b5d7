using Repave.Core.Dialects.Terraform.Evaluation;
using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Syntax.Hcl;

namespace Repave.Core.Dialects.Terraform.Plans;

/// <summary>An instance of a module: the module's text with the inputs of one call.</summary>
internal sealed class ModuleNode : EvaluationScope
{
    private readonly PlanGraph _graph;
    private readonly ModuleNode? _parent;
    private readonly TerraformItem? _call;
    private readonly IReadOnlyDictionary<string, TerraformValue> _repetition;
    private readonly Dictionary<string, (TerraformValue Value, Tracker Tracker)> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    public ModuleNode(PlanGraph graph, TerraformModule module, string address, ModuleNode? parent, TerraformItem? call,
        IReadOnlyDictionary<string, TerraformValue> repetition)
    {
        (_graph, Module, Address, _parent, _call, _repetition) = (graph, module, address, parent, call, repetition);
        foreach (var item in module.Items.Where(i => i.Kind is TerraformKind.Resource or TerraformKind.Data))
        {
            if (!Resources.ContainsKey(item.Address))
                Resources[item.Address] = new ResourceNode(graph, this, item);
        }

        foreach (var item in module.Of(TerraformKind.Module))
            Calls[item.Name] = new CallNode(graph, this, item);
    }

    public TerraformModule Module { get; }

    public string Address { get; }

    public ModuleNode? Parent => _parent;

    /// <summary>The call that it is an instance of; null for the root.</summary>
    public TerraformItem? Call => _call;

    public Dictionary<string, ResourceNode> Resources { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, CallNode> Calls { get; } = new(StringComparer.Ordinal);

    public int Depth => _parent is null ? 0 : _parent.Depth + 1;

    /// <summary>The value of an expression of the module.</summary>
    public TerraformValue Evaluate(HclExpression expression, IReadOnlyDictionary<string, TerraformValue>? names = null)
    {
        var evaluator = new Evaluator(this);
        foreach (var name in names ?? NoNames)
            evaluator.Set(name.Key, name.Value);
        _graph.Look(expression);
        return evaluator.Evaluate(expression);
    }

    public static IReadOnlyDictionary<string, TerraformValue> NoNames { get; } = new Dictionary<string, TerraformValue>();

    /// <summary>The value of an output.</summary>
    public TerraformValue Output(TerraformItem item) => Remember("output." + item.Name, () =>
    {
        if (Module.Argument(item, "value") is not { } value)
            return TerraformValue.Unknown;
        var result = Evaluate(value);
        return Module.Argument(item, "sensitive") is HclLiteral { IsTrue: true } ? result.Marked() : result;
    });

    /// <inheritdoc/>
    public override TerraformValue Resolve(HclTraversal traversal, out int steps)
    {
        steps = 1;
        var first = traversal.Steps.Count > 0 ? traversal.Steps[0].Name : null;
        if (first is null)
        {
            steps = traversal.Steps.Count;
            return TerraformValue.Unknown;
        }

        switch (traversal.Root)
        {
            case "var":
                return Variable(first);
            case "local":
                return Module.Local(first) is { } local ? Remember("local." + first, () => Evaluate(local)) : TerraformValue.Unknown;
            case "module":
                if (!Calls.TryGetValue(first, out var call))
                    return TerraformValue.Unknown;
                if (call.Output(traversal.Steps, out var taken) is { } output)
                {
                    steps = taken;
                    return output;
                }

                return call.Value();
            case "path":
                return first == "module" ? TerraformValue.Of(Module.Folder.Length == 0 ? "." : Module.Folder)
                    : first == "root" ? TerraformValue.Of(_graph.RootFolder.Length == 0 ? "." : _graph.RootFolder)
                    : TerraformValue.UnknownOf(TerraformType.String);
            case "terraform":
                return first == "workspace" ? TerraformValue.Of("default") : TerraformValue.UnknownOf(TerraformType.String);
            case "count" or "each" or "self":
                steps = traversal.Steps.Count;
                return TerraformValue.Unknown;
            case "data" when traversal.Steps.Count > 1 && traversal.Steps[1].Name is { } name:
                steps = 2;
                return Resource($"data.{first}.{name}");
            default:
                return Resource($"{traversal.Root}.{first}");
        }
    }

    /// <inheritdoc/>
    public override string? ReadFile(string path)
    {
        if (_graph.FileOf is not { } fileOf || TerraformFiles.Join("", path) is not { } whole)
            return null;
        // What begins with path.module is named from where paths begin, and everything else from the root.
        return fileOf(whole)
            ?? (path.StartsWith('/') || TerraformFiles.Join(_graph.RootFolder, path) is not { } below ? null : fileOf(below));
    }

    private TerraformValue Resource(string address)
    {
        if (!Resources.TryGetValue(address, out var node))
            return TerraformValue.Unknown;
        _graph.Saw(node);
        return node.Value();
    }

    private TerraformValue Variable(string name)
    {
        if (Module["var." + name] is not { } item)
            return TerraformValue.Unknown;
        return Remember("var." + name, () =>
        {
            var type = Module.TypeOf(item);
            var value = _call is null ? _graph.Given(name)
                : _parent!.Module.Argument(_call, name) is { } argument ? _parent.Evaluate(argument, _repetition) : null;
            var fallback = Module.Argument(item, "default");
            if (value is null || (value.IsNull && !value.IsUnknown && fallback is not null && Module.Argument(item,
                "nullable") is HclLiteral
                {
                    Kind: HclLiteralKind.Boolean, IsTrue: false,
                }))
                value = fallback is null ? TerraformValue.UnknownOf(type) : Evaluate(fallback);
            if (!value.IsWhollyKnown && _repetition.Count > 0)
                _graph.Saw(_parent!.Calls[_call!.Name].RepeatedBy);
            value = Conversion.To(value, type, out _, Default) ?? TerraformValue.UnknownOf(type);
            return Module.Argument(item, "sensitive") is HclLiteral { IsTrue: true } ? value.Marked() : value;
        });

        TerraformValue Default(HclExpression expression) => Evaluate(expression);
    }

    // What was evaluated once stays, with what it looked at; what asks for itself is not known.
    private TerraformValue Remember(string name, Func<TerraformValue> make)
    {
        if (_known.TryGetValue(name, out var known))
        {
            _graph.Saw(known.Tracker);
            return known.Value;
        }

        if (!_open.Add(name) || _graph.IsTooDeep)
            return TerraformValue.Unknown;
        var tracker = new Tracker();
        var value = _graph.Track(tracker, make);
        _open.Remove(name);
        _known[name] = (value, tracker);
        return value;
    }
}
