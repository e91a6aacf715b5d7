using Repave.Core.Dialects.Terraform.Evaluation;
using Repave.Core.Dialects.Terraform.Packs;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Hcl;

namespace Repave.Core.Dialects.Terraform.Modules;

/// <summary>A module as it is called once: with values for its variables. What expressions of it mean is found here.</summary>
public sealed class ModuleInstance
{
    private const int MaxInstances = 2048;

    private readonly ConfigurationTree _tree;
    private readonly Dictionary<string, TerraformValue> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<ModuleInstance>?> _children = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Expansion> _expansions = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, TerraformValue> _inputs;

    internal ModuleInstance(
        ConfigurationTree tree, TerraformModule module, ModuleInstance? parent, TerraformItem? call, ExpansionKey? key,
        IReadOnlyDictionary<string, TerraformValue> inputs)
    {
        (_tree, Module, Parent, Call, Key, _inputs) = (tree, module, parent, call, key, inputs);
        Address = call is null ? "" : $"{(parent!.Address.Length == 0 ? "" : parent.Address + ".")}module.{call.Name}{key?.Suffix}";
        Depth = parent is null ? 0 : parent.Depth + 1;
        Scope = new InstanceScope(this);
    }

    /// <summary>The module.</summary>
    public TerraformModule Module { get; }

    /// <summary>The module that calls it; null for the root.</summary>
    public ModuleInstance? Parent { get; }

    /// <summary>The call; null for the root.</summary>
    public TerraformItem? Call { get; }

    /// <summary>The key of the call.</summary>
    public ExpansionKey? Key { get; }

    /// <summary>Its address (<c>module.net["eu"]</c>); empty for the root.</summary>
    public string Address { get; }

    /// <summary>How many modules it is in.</summary>
    public int Depth { get; }

    /// <summary>Where its expressions find what they name, outside of resources with keys.</summary>
    public EvaluationScope Scope { get; }

    /// <summary>The value of an expression of the module.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="key">The instance whose <c>each</c> and <c>count</c> are meant; null for none.</param>
    public TerraformValue Evaluate(HclExpression expression, ExpansionKey? key = null) => EvaluatorOf(key).Evaluate(expression);

    /// <summary>An evaluator of the module's expressions.</summary>
    /// <param name="key">The instance whose <c>each</c> and <c>count</c> are meant; null for none.</param>
    public Evaluator EvaluatorOf(ExpansionKey? key = null)
    {
        var evaluator = new Evaluator(Scope);
        if (key?.Key is { } known)
        {
            if (known.Type.Kind == SchemaTypeKind.Number)
                evaluator.Set("count", TerraformValue.Object([new("index", known)]));
            else
                evaluator.Set("each", TerraformValue.Object([new("key", known), new("value", key.Value)]));
        }

        return evaluator;
    }

    /// <summary>The value of a variable.</summary>
    public TerraformValue Variable(string name) => Once("var." + name, () =>
    {
        if (Module["var." + name] is not { } variable)
            return TerraformValue.Unknown;
        var type = Module.TypeOf(variable);
        var isGiven = _inputs.TryGetValue(name, out var value);
        var standard = Module.Argument(variable, "default");
        var isNullable = Module.Argument(variable, "nullable") is not HclLiteral { IsTrue: false, Kind: HclLiteralKind.Boolean };
        if (!isGiven || (value!.IsNull && !isNullable && standard is not null))
            value = standard is null || (!_tree.KnowsDefaults && Parent is null) ? TerraformValue.UnknownOf(type)
                : Evaluator.Evaluate(standard, EvaluationScope.Empty);
        var converted = Conversion.To(value!, type, out _, e => Evaluator.Evaluate(e, EvaluationScope.Empty))
            ?? TerraformValue.UnknownOf(type);
        return converted.Marked(converted.IsSensitive || Module.Argument(variable, "sensitive") is HclLiteral { IsTrue: true });
    });

    /// <summary>The value of a local.</summary>
    public TerraformValue Local(string name) =>
        Once("local." + name, () => Module.Local(name) is { } value ? Evaluate(value) : TerraformValue.Unknown);

    /// <summary>The value of an output.</summary>
    public TerraformValue Output(string name) => Once("output." + name, () =>
    {
        if (Module["output." + name] is not { } output || Module.Argument(output, "value") is not { } value)
            return TerraformValue.Unknown;
        var result = Evaluate(value);
        return result.Marked(result.IsSensitive || Module.Argument(output, "sensitive") is HclLiteral { IsTrue: true });
    });

    /// <summary>The instances of a resource, data source or call of a module.</summary>
    public Expansion Expand(TerraformItem item)
    {
        if (_expansions.TryGetValue(item.Address, out var known))
            return known;
        // While it is being found it is not known: it may need itself.
        _expansions[item.Address] = new Expansion(
            Module.Argument(item, "for_each") is not null ? ExpansionKind.ForEach
                : Module.Argument(item, "count") is not null ? ExpansionKind.Count : ExpansionKind.Single, null);
        return _expansions[item.Address] = FindExpansion(item);
    }

    /// <summary>The instances of a call of a module; null where their number or the module itself is not known.</summary>
    public IReadOnlyList<ModuleInstance>? Children(TerraformItem call)
    {
        if (_children.TryGetValue(call.Address, out var known))
            return known;
        _children[call.Address] = null;
        if (_tree.ModuleOf(this, call) is not { } module || Depth > 30 || Ancestors().Any(a => a.Module == module && a.Depth < Depth - 4))
            return null;
        if (Expand(call).Keys is not { } keys)
            return null;
        var children = new List<ModuleInstance>();
        foreach (var key in keys)
        {
            var inputs = new Dictionary<string, TerraformValue>(StringComparer.Ordinal);
            foreach (var argument in Module.Arguments(call))
            {
                if (!ModuleCalls.IsMeta(argument.Name))
                    inputs[argument.Name] = Evaluate(argument.Value, key);
            }

            children.Add(new ModuleInstance(_tree, module, this, call, key, inputs));
        }

        return _children[call.Address] = children;
    }

    /// <summary>The value of a resource or data source, all instances together, as expressions see it.</summary>
    public TerraformValue ValueOf(TerraformItem item) => Once(item.Address, () =>
    {
        if (_tree.Values is { IsIgnorant: true })
            return TerraformValue.Unknown;
        var expansion = Expand(item);
        if (expansion.Keys is not { } keys)
            return TerraformValue.Unknown;
        return Together(expansion, keys, key => InstanceValue(item, key));
    });

    /// <summary>The value of one instance of a resource or data source.</summary>
    public TerraformValue InstanceValue(TerraformItem item, ExpansionKey key)
    {
        var configured = Configured(item, key);
        return _tree.Values?.ValueOf(this, item, key.Key, configured) ?? configured;
    }

    /// <summary>What a resource's configuration says of one instance, evaluated: an object that may have more attributes. Blocks within are
    /// lists of objects, dynamic ones written out.</summary>
    public TerraformValue Configured(TerraformItem item, ExpansionKey key)
    {
        // A data source is read, and what its configuration says is no answer yet; but it keeps what it is asked.
        var entries = BodyEntries(EvaluatorOf(key), Module.Arguments(item), Module.Blocks(item), isTop: true, 0);
        return TerraformValue.Object(entries, isOpen: true);
    }

    private static Dictionary<string, TerraformValue> BodyEntries(
        Evaluator evaluator, IEnumerable<HclAttribute> attributes, IEnumerable<HclBlock> blocks, bool isTop, int depth)
    {
        var entries = new Dictionary<string, TerraformValue>(StringComparer.Ordinal);
        foreach (var attribute in attributes)
        {
            if (!isTop || !ModuleCalls.IsMetaOfResource(attribute.Name))
                entries[attribute.Name] = evaluator.Evaluate(attribute.Value);
        }

        if (depth > SyntaxLimits.Depth)
            return entries;
        var lists = new Dictionary<string, List<TerraformValue>?>(StringComparer.Ordinal);
        foreach (var block in blocks)
        {
            if (isTop && block.Type is "lifecycle" or "provisioner" or "connection")
                continue;
            var isDynamic = block.Type == "dynamic" && block.Labels.Count == 1;
            var type = isDynamic ? block.Labels[0].Text : block.Type;
            if (!lists.TryGetValue(type, out var list))
                lists[type] = list = [];
            if (list is null)
                continue;
            if (!isDynamic)
            {
                list.Add(TerraformValue.Object(BodyEntries(evaluator, block.Body.Attributes, block.Body.Blocks, false, depth + 1),
                    isOpen: true));
                continue;
            }

            if (Contents(evaluator, block) is not { } contents)
            {
                lists[type] = null;
                continue;
            }

            list.AddRange(contents.Select(body =>
                TerraformValue.Object(BodyEntries(body.Evaluator, body.Body.Attributes, body.Body.Blocks, false, depth + 1),
                    isOpen: true)));
        }

        foreach (var list in lists)
            entries[list.Key] = list.Value is { } items ? TerraformValue.Tuple(items) : TerraformValue.Unknown;
        return entries;
    }

    /// <summary>The blocks that a dynamic block stands for, each with the evaluator that knows its iterator; null where their number is not
    /// known.</summary>
    public static IReadOnlyList<(HclBody Body, Evaluator Evaluator)>? Contents(Evaluator evaluator, HclBlock block)
    {
        if (block.Body.BlocksOf("content").FirstOrDefault() is not { } content || block.Body["for_each"] is not { } each)
            return [];
        var collection = evaluator.Evaluate(each);
        if (!collection.HasContent || collection.IsOpen || collection.Type.IsPrimitive)
            return collection.IsNull ? [] : null;
        var iterator = (block.Body["iterator"] as HclTraversal)?.Root ?? block.Label(0) ?? "";
        var isMap = collection.Kind is SchemaTypeKind.Map or SchemaTypeKind.Object;
        var pairs = isMap ? collection.Entries.Select(e => (Key: TerraformValue.Of(e.Key), e.Value))
            : collection.Items
                .Select((item, i) => (Key: collection.Kind == SchemaTypeKind.Set ? item : TerraformValue.Of(i), Value: item));
        return [.. pairs.Take(MaxInstances).Select(pair =>
        {
            var inner = evaluator.With(iterator, TerraformValue.Object([new("key", pair.Key), new("value", pair.Value)]));
            return (content.Body, inner);
        })];
    }

    private Expansion FindExpansion(TerraformItem item)
    {
        if (Module.Argument(item, "for_each") is { } forEach)
        {
            var value = Evaluate(forEach);
            if (!value.HasContent || value.IsOpen || value.Type.IsPrimitive)
                return new Expansion(ExpansionKind.ForEach, null);
            var isMap = value.Kind is SchemaTypeKind.Map or SchemaTypeKind.Object;
            if (!isMap && value.Items.Any(i => i.Text is null))
                return new Expansion(ExpansionKind.ForEach, null);
            var keys = isMap ? value.Entries.Select(e => new ExpansionKey(TerraformValue.Of(e.Key), e.Value))
                : value.Items.Select(i => new ExpansionKey(i, i));
            return new Expansion(ExpansionKind.ForEach, [.. keys.Take(MaxInstances)]);
        }

        if (Module.Argument(item, "count") is { } count)
        {
            var number = Conversion.To(Evaluate(count), TerraformType.Number, out _)?.Number?.Integer;
            return new Expansion(ExpansionKind.Count, number is not (>= 0 and var known) ? null
                : [.. Enumerable.Range(0, (int)Math.Min(known, MaxInstances))
                    .Select(i => new ExpansionKey(TerraformValue.Of(i), TerraformValue.Null))]);
        }

        return Expansion.Single;
    }

    private TerraformValue CallValue(TerraformItem call) => Once(call.Address, () =>
    {
        var expansion = Expand(call);
        if (expansion.Keys is not { } keys || Children(call) is not { } children)
            return TerraformValue.Unknown;
        var byKey = keys.Zip(children, (key, child) => (key, child)).ToDictionary(p => p.key.Suffix, p => p.child);
        return Together(expansion, keys, key => byKey[key.Suffix].Outputs());
    });

    private TerraformValue Outputs() =>
        TerraformValue.Object(
            Module.Of(TerraformKind.Output).Select(o => new KeyValuePair<string, TerraformValue>(o.Name, Output(o.Name))));

    private static TerraformValue Together(
        Expansion expansion, IReadOnlyList<ExpansionKey> keys, Func<ExpansionKey, TerraformValue> value) =>
        expansion.Kind switch
        {
            ExpansionKind.Single => value(keys[0]),
            ExpansionKind.Count => TerraformValue.Tuple([.. keys.Select(value)]),
            _ => TerraformValue.Object(keys.Select(k => new KeyValuePair<string, TerraformValue>(k.Key?.Text ?? "", value(k)))),
        };

    // What needs itself is not known.
    private TerraformValue Once(string address, Func<TerraformValue> find)
    {
        if (_known.TryGetValue(address, out var known))
            return known;
        if (_open.Count > 500 || !_open.Add(address))
            return TerraformValue.Unknown;
        var value = find();
        _open.Remove(address);
        return _known[address] = value;
    }

    private IEnumerable<ModuleInstance> Ancestors()
    {
        for (var at = this; at is not null; at = at.Parent)
            yield return at;
    }

    private sealed class InstanceScope(ModuleInstance instance) : EvaluationScope
    {
        public override TerraformValue Resolve(HclTraversal traversal, out int steps)
        {
            var first = traversal.Steps.Count > 0 && !traversal.Steps[0].IsIndex ? traversal.Steps[0].Name : null;
            steps = 1;
            switch (traversal.Root)
            {
                case "var" when first is not null:
                    return instance.Variable(first);
                case "local" when first is not null:
                    return instance.Local(first);
                case "module" when first is not null && instance.Module["module." + first] is { } call:
                    return instance.CallValue(call);
                case "path" when first is not null:
                    return first switch
                    {
                        "module" =>
                            instance.ModulePath is { } path ? TerraformValue.Of(path) : TerraformValue.UnknownOf(TerraformType.String),
                        "root" => TerraformValue.Of("."),
                        _ => TerraformValue.UnknownOf(TerraformType.String),
                    };
                case "terraform" or "tofu":
                    return TerraformValue.UnknownOf(TerraformType.String);
                case "data" or "ephemeral" when first is not null && traversal.Steps.Count > 1
                    && traversal.Steps[1] is { IsIndex: false, Name: { } name }
                    && instance.Module[$"{traversal.Root}.{first}.{name}"] is { } data:
                    steps = 2;
                    return instance.ValueOf(data);
                case var type when first is not null && instance.Module[$"{type}.{first}"] is { Kind: TerraformKind.Resource } resource:
                    return instance.ValueOf(resource);
                default:
                    steps = traversal.Steps.Count;
                    return TerraformValue.Unknown;
            }
        }

        public override string? ReadFile(string path)
        {
            var root = instance._tree.Root.Module.Folder;
            return TerraformFiles.Join(path.StartsWith('/') ? "" : root, path) is { } file ? instance._tree.ReadFile?.Invoke(file) : null;
        }
    }

    private string? ModulePath
    {
        get
        {
            var (root, folder) = (_tree.Root.Module.Folder, Module.Folder);
            if (folder == root)
                return ".";
            if (root.Length == 0)
                return folder;
            return folder.StartsWith(root + "/", StringComparison.Ordinal) ? folder.Substring(root.Length + 1) : null;
        }
    }
}
