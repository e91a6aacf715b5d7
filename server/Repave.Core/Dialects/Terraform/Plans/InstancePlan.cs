using Repave.Core.Dialects.Terraform.Evaluation;
using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Dialects.Terraform.Packs;
using Repave.Core.Plans;
using Repave.Core.Shapes;
using Repave.Core.Syntax.Hcl;

namespace Repave.Core.Dialects.Terraform.Plans;

/// <summary>What becomes of one instance.</summary>
internal sealed class InstancePlan(PlanGraph graph, ResourceNode node, InstanceAddress address, IReadOnlyDictionary<string,
    TerraformValue> names)
{
    private readonly List<InstanceReason> _reasons = [];
    private TerraformValue? _planned;
    private TerraformValue? _prior;
    private InstanceAction _action;
    private bool _isMaking;

    public InstanceAddress Address { get; } = address;

    public ResourceNode Node { get; } = node;

    /// <summary>What there is of it; null for what is made.</summary>
    public StateInstance? State { get; } = StateOf(graph, node, address);

    public InstanceAction Action
    {
        get
        {
            Make();
            return _action;
        }
    }

    public Certainty Certainty { get; private set; }

    public IReadOnlyList<InstanceReason> Reasons
    {
        get
        {
            Make();
            return _reasons;
        }
    }

    /// <summary>Why it is created again where no value of its text changes.</summary>
    public string? Because { get; private set; }

    /// <summary>What else creates it again: the references of replace_triggered_by.</summary>
    public List<ResourceNode> TriggeredBy { get; } = [];

    /// <summary>Its values once everything is applied.</summary>
    public TerraformValue Planned
    {
        get
        {
            Make();
            return _planned ?? TerraformValue.Unknown;
        }
    }

    public TerraformValue? Prior
    {
        get
        {
            Make();
            return _prior;
        }
    }

    /// <summary>Whether it will have values that nobody knows yet.</summary>
    public bool IsPending => !_isMaking && Action is not (InstanceAction.None or InstanceAction.Read) && !Planned.IsWhollyKnown;

    public bool IsChanging => !_isMaking && Action is not (InstanceAction.None or InstanceAction.Read);

    // A single one becomes the first of several, and the other way round, without a word in the text.
    private static StateInstance? StateOf(PlanGraph graph, ResourceNode node, InstanceAddress address)
    {
        if (graph.State.TryGetValue(address, out var found))
            return found;
        var other = address.Key switch
        {
            null => address with { Key = "0" },
            "0" => address with { Key = null },
            _ => null,
        };
        if (other is null || !graph.State.TryGetValue(other, out found))
            return null;
        return node.Module.Module.Argument(node.Item, "for_each") is null ? found with { MovedFrom = other } : null;
    }

    private void Make()
    {
        if (_planned is not null || _isMaking)
            return;
        if (graph.IsTooDeep)
        {
            _planned = TerraformValue.Unknown;
            _action = InstanceAction.Unknown;
            return;
        }

        _isMaking = true;
        graph.Apart(() =>
        {
            if (Node.IsData)
                Read();
            else
                Plan();
            return 0;
        });
        _isMaking = false;
        _planned ??= TerraformValue.Unknown;
    }

    private List<(SchemaMember Member, TerraformValue Value, Tracker Tracker)> Config(ResourceSchema schema)
    {
        var body = new BodyEvaluator(Node.Module, names);
        var attributes = Node.Module.Module.Arguments(Node.Item).ToList();
        var blocks = Node.Module.Module.Blocks(Node.Item).ToList();
        var written = BodyEvaluator.Written(attributes, blocks);
        var config = new List<(SchemaMember, TerraformValue, Tracker)>(schema.Body.Members.Count);
        foreach (var member in schema.Body.Members)
        {
            // Most members of most resources: nothing to evaluate, nothing to look at.
            if (!written.Contains(member.Name) && BodyEvaluator.Unwritten(member) is { } nothing)
            {
                config.Add((member, nothing, Tracker.Nothing));
                continue;
            }

            var tracker = new Tracker();
            var value = graph.Track(tracker, () => body.Member(member, attributes, blocks));
            if (!value.IsWhollyKnown && names.Count > 0)
                tracker.Add(Node.RepeatedBy);
            Node.Needs.Add(tracker);
            config.Add((member, value, tracker));
        }

        return config;
    }

    // Without a schema: what is written, and whatever else there may be.
    private List<(HclAttribute Attribute, TerraformValue Value, Tracker Tracker)> Written()
    {
        var written = new List<(HclAttribute, TerraformValue, Tracker)>();
        foreach (var attribute in Node.Module.Module.Arguments(Node.Item).Where(a => !BodyEvaluator.IsMeta(a.Name)))
        {
            var tracker = new Tracker();
            written.Add((attribute, graph.Track(tracker, () => Node.Module.Evaluate(attribute.Value, names)), tracker));
            Node.Needs.Add(tracker);
        }

        return written;
    }

    private void Read()
    {
        LookAtDependencies();
        var state = State?.Attributes;
        var isPending = false;
        List<KeyValuePair<string, TerraformValue>> entries;
        if (Node.Schema is { } schema)
        {
            var config = Config(schema);
            isPending = config.Exists(c => !c.Value.IsWhollyKnown && c.Tracker.Seen.Any(s => s.IsPending));
            var prior = state is null ? null : StateValues.Read(state, schema.Body);
            // With other arguments it will say something else.
            if (prior is not null && config.Exists(c => !ValueChanges.IsEmpty(c.Value) && !ValueChanges.Same(c.Member,
                ValueChanges.Entry(prior, c.Member.Name), ValueChanges.Propose(c.Member, ValueChanges.Entry(prior, c.Member.Name),
                    c.Value))))
                prior = null;
            entries = [.. config.Select(c => new KeyValuePair<string, TerraformValue>(c.Member.Name,
                prior is not null ? ValueChanges.Entry(prior, c.Member.Name) : c.Member.IsComputed && ValueChanges.IsEmpty(c.Value)
                    ? TerraformValue.UnknownOf(c.Member.ValueType) : c.Value))];
        }
        else
        {
            var written = Written();
            isPending = written.Exists(w => !w.Value.IsWhollyKnown && w.Tracker.Seen.Any(s => s.IsPending));
            var prior = state is null ? null : StateValues.Read(state);
            entries = [.. written.Select(w => new KeyValuePair<string, TerraformValue>(w.Attribute.Name, w.Value))];
            if (prior is not null && entries.TrueForAll(e => ValueChanges.AreAlike(ValueChanges.Entry(prior, e.Key), e.Value, false)))
                entries = [.. prior.Entries];
            else
            {
                _planned = TerraformValue.Object(entries, isOpen: true);
                isPending |= DependsOnPending();
                _action = isPending ? InstanceAction.ReadLater : InstanceAction.Read;
                return;
            }
        }

        isPending |= DependsOnPending();
        if (isPending)
        {
            var written = new HashSet<string>(Node.Module.Module.Arguments(Node.Item).Select(a => a.Name), StringComparer.Ordinal);
            entries = [.. entries.Select(e => written.Contains(e.Key) ? e : new KeyValuePair<string, TerraformValue>(e.Key,
                TerraformValue.Unknown))];
        }

        _planned = TerraformValue.Object(entries);
        _action = isPending ? InstanceAction.ReadLater : InstanceAction.Read;
    }

    private readonly List<ResourceNode> _dependsOn = [];

    private void LookAtDependencies()
    {
        if (Node.Module.Module.Argument(Node.Item, "depends_on") is HclTuple list)
            AddAll(list, Node.Module);
        // Whatever a call of a module waits for, all of the module waits for.
        for (var module = Node.Module; module.Parent is { } parent && module.Call is { } call; module = parent)
        {
            if (parent.Module.Argument(call, "depends_on") is HclTuple others)
                AddAll(others, parent);
        }
    }

    private void AddAll(HclTuple list, ModuleNode module)
    {
        foreach (var traversal in list.Items.OfType<HclTraversal>())
        {
            foreach (var found in NodesOf(traversal, module))
            {
                _dependsOn.Add(found);
                Node.Needs.Seen.Add(found);
            }
        }
    }

    private static IEnumerable<ResourceNode> NodesOf(HclTraversal traversal, ModuleNode module)
    {
        if (traversal.Steps.Count == 0 || traversal.Steps[0].Name is not { } first)
            return [];
        if (traversal.Root == "module")
            return module.Calls.TryGetValue(first, out var call) ? call.Instances.SelectMany(i => i.Resources.Values) : [];
        var address = traversal.Root == "data" && traversal.Steps.Count > 1 ? $"data.{first}.{traversal.Steps[1].Name}"
            : $"{traversal.Root}.{first}";
        return module.Resources.TryGetValue(address, out var node) ? [node] : [];
    }

    private bool DependsOnPending() => _dependsOn.Exists(d => !d.IsData && d.IsChanging);

    private HclBlock? Lifecycle => Node.Module.Module.Blocks(Node.Item).FirstOrDefault(b => b.Type == "lifecycle");

    private void Plan()
    {
        LookAtDependencies();
        if (Node.Schema is not { } schema)
        {
            PlanWithoutSchema();
            return;
        }

        var config = Config(schema);
        if (State is { } state && (state.MovedFrom ?? state.Address).Type != Address.Type)
            _prior = MovedTypes.Read(state, schema);
        else if (State is { } known)
            _prior = known.Value ?? (known.Attributes is null ? null : StateValues.Read(known.Attributes, schema.Body));
        if (_prior is null)
        {
            _action = State is null ? IsImported ? InstanceAction.Import : InstanceAction.Create : InstanceAction.Unknown;
            _planned = Fresh(config);
            return;
        }

        config = Ignoring(config, _prior);
        var proposed = config.Select(c =>
            (c.Member, Value: ValueChanges.Propose(c.Member, ValueChanges.Entry(_prior, c.Member.Name), c.Value), c.Tracker)).ToList();
        var after = TerraformValue.Object(proposed.Select(p => new KeyValuePair<string, TerraformValue>(p.Member.Name, p.Value)));
        var changes = new List<ChangedValue>();
        foreach (var (member, value, tracker) in proposed)
        {
            // Where nobody writes it, it is what it was.
            changes.Clear();
            ValueChanges.Find(member, ValueChanges.Entry(_prior, member.Name), value,
                !value.IsWhollyKnown && (tracker.IsNeverKnown || tracker.Seen.Any(s => s.IsPending)), changes);
            foreach (var change in changes)
                Judge(change, tracker, after);
        }

        var answer = Ask(schema, config, after);
        Settle(after, config);
        // In place, the values are those that the provider says.
        if (answer is not null && _action == InstanceAction.Update)
            _planned = answer;
    }

    // Where the provider itself can be asked its word counts, for what is suppressed as for what replaces.
    private TerraformValue? Ask(ResourceSchema schema, List<(SchemaMember Member, TerraformValue Value, Tracker Tracker)> config,
        TerraformValue after)
    {
        if (graph.Answers is null || graph.IsFromText || _reasons.Count == 0)
            return null;
        var written = TerraformValue.Object(config.Select(c => new KeyValuePair<string, TerraformValue>(c.Member.Name, c.Value)));
        if (graph.Answers.Plan(ProviderPacks.Full(Node.Module.Module.ProviderOf(Node.Item)), schema.Type, _prior!, after,
            written) is not { } answer)
            return null;
        var planned = TerraformValue.Object(schema.Body.Members.Select(m =>
        {
            var value = ValueChanges.Entry(answer.Planned, m.Name);
            return new KeyValuePair<string, TerraformValue>(m.Name, m.Body is not null ? value
                : Conversion.To(value, m.ValueType, out _) ?? value);
        }));
        for (var i = _reasons.Count - 1; i >= 0; i--)
        {
            var reason = _reasons[i];
            var name = (string)reason.Change.Steps[0];
            var member = reason.Change.Members[0];
            if (answer.Replaces.Contains(name))
                _reasons[i] = reason with
                {
                    Effect = Effect.Replaces,
                    Certainty = Certainty.Certain,
                    Why = "the provider says that it replaces",
                };
            else if (ValueChanges.Same(member, ValueChanges.Entry(_prior!, name), ValueChanges.Entry(planned, name)))
                _reasons.RemoveAt(i);
            else
                _reasons[i] = reason with { Effect = Effect.InPlace, Certainty = Certainty.Certain, Why = "" };
        }

        // What replaces and no text changes: another value that only the provider computes.
        foreach (var name in answer.Replaces.Where(n => !_reasons.Exists(r => (string)r.Change.Steps[0] == n)))
        {
            // Terraform looks at whether the value there changes, whatever the provider lists.
            if (schema.Body[name] is { } member
                && !ValueChanges.Same(member, ValueChanges.Entry(_prior!, name), ValueChanges.Entry(planned, name)))
            {
                _reasons.Add(new InstanceReason(new ChangedValue(name, [name], ValueChanges.Entry(_prior!, name),
                    ValueChanges.Entry(planned, name), [member]),
                    Effect.Replaces, Certainty.Certain, "the provider says that it replaces", new Tracker()));
            }
        }

        return planned;
    }

    private void Judge(ChangedValue change, Tracker tracker, TerraformValue after)
    {
        var certainty = Certainty.Certain;
        var why = "";
        if (!change.To.IsWhollyKnown)
        {
            var isCaused = tracker.IsNeverKnown || tracker.Seen.Any(s => s.IsPending);
            // Two that are not known, and nothing behind them that changes, are taken to be the same.
            if (!isCaused && (graph.IsFromText || !change.From.IsWhollyKnown))
                return;
            if (!isCaused)
                (certainty, why) = (Certainty.Conditional, "its value is not known here");
        }
        else if (!change.From.IsWhollyKnown)
        {
            // What was is not known: that it is another is not known either.
            if (graph.IsFromText && tracker.Seen.Count > 0)
                return;
            (certainty, why) = (Certainty.Conditional, "what it was is not known here");
        }

        var (effect, sure, rule) = EffectOf(change, after);
        if (sure == Certainty.Conditional)
            certainty = Certainty.Conditional;
        _reasons.Add(new InstanceReason(change, effect, certainty, why.Length > 0 && rule.Length > 0 ? $"{why}; {rule}" : why + rule,
            tracker));
    }

    private static (Effect Effect, Certainty Certainty, string Why) EffectOf(ChangedValue change, TerraformValue after)
    {
        var result = (Effect: Effect.InPlace, Certainty.Certain, Why: "");
        foreach (var member in change.Members)
        {
            var isOwn = ReferenceEquals(member, change.Members[change.Members.Count - 1]);
            // What a block says of itself is about its coming and going.
            if (!isOwn && (member.IsBlock || member.Body is not null))
                continue;
            var one = EffectOf(member, change, after);
            if (one.Effect > result.Effect)
                result = one;
        }

        // A block that comes brings its arguments, and one that goes takes them along.
        var last = change.Members.Count > 0 ? change.Members[change.Members.Count - 1] : null;
        if (result.Effect == Effect.InPlace && last?.Body is { } body && last is { IsAddedInPlace: false, IsRemovedInPlace: false })
        {
            var value = ValueChanges.IsEmpty(change.To) ? change.From : change.To;
            foreach (var member in body.Members)
            {
                if (member.Update == UpdateEffect.Replaces && !ValueChanges.IsEmpty(ValueChanges.Entry(value, member.Name)))
                    return (Effect.Replaces, Certainty.Certain, $"'{member.Name}' in it cannot be changed in place");
            }
        }

        return result;
    }

    private static (Effect Effect, Certainty Certainty, string Why) EffectOf(SchemaMember member, ChangedValue change, TerraformValue after)
    {
        if (member.ReplacesIf is { } flag)
        {
            var value = ValueChanges.Entry(after, flag);
            if (value.IsUnknown)
                return (Effect.Replaces, Certainty.Conditional,
                    $"it replaces where {flag} is {(member.ReplacesIfFalse ? "false" : "true")}");
            return (value.Boolean == true) != member.ReplacesIfFalse
                ? (Effect.Replaces, Certainty.Certain, $"it replaces because {flag} is {(member.ReplacesIfFalse ? "false" : "true")}")
                : (Effect.InPlace, Certainty.Certain, "");
        }

        switch (member.Update)
        {
            case UpdateEffect.Replaces:
                return (member.IsAddedInPlace && ValueChanges.IsEmpty(change.From)) || (member.IsRemovedInPlace
                    && ValueChanges.IsEmpty(change.To))
                    ? (Effect.InPlace, Certainty.Certain, "")
                    : (Effect.Replaces, Certainty.Certain, "it cannot be changed in place");
            case UpdateEffect.MayReplace:
                return (Effect.Replaces, Certainty.Conditional, "the provider's code decides by the values whether it replaces");
            default:
                return (Effect.InPlace, Certainty.Certain, "");
        }
    }

    private void Settle(TerraformValue after, List<(SchemaMember Member, TerraformValue Value, Tracker Tracker)> config)
    {
        var effect = _reasons.Count == 0 ? Effect.None : _reasons.Max(r => r.Effect);
        Certainty = _reasons.Count == 0 || _reasons.Exists(r => r.Effect == effect && r.Certainty == Certainty.Certain)
            ? Certainty.Certain : Certainty.Conditional;
        _action = effect switch
        {
            Effect.None => InstanceAction.None,
            Effect.Replaces => InstanceAction.Replace,
            _ => InstanceAction.Update,
        };
        if (State!.IsTainted)
            (_action, Certainty, Because) = (InstanceAction.Replace, Certainty.Certain,
                "it is tainted: its last creation failed, or somebody marked it");
        if (_action != InstanceAction.Replace || Certainty != Certainty.Certain)
            LookAtTriggers();
        _planned = _action switch
        {
            InstanceAction.None => _prior!,
            InstanceAction.Replace => Fresh(config),
            _ => Renewed(after),
        };
    }

    private void LookAtTriggers()
    {
        if (Lifecycle?.Body["replace_triggered_by"] is not HclTuple triggers)
            return;
        foreach (var trigger in triggers.Items)
        {
            foreach (var traversal in trigger.All.OfType<HclTraversal>())
            {
                foreach (var found in NodesOf(traversal, Node.Module))
                {
                    Node.Needs.Seen.Add(found);
                    if (ReferenceEquals(found, Node) || !Triggers(found, traversal))
                        continue;
                    TriggeredBy.Add(found);
                    (_action, Certainty, Because) = (InstanceAction.Replace, Certainty.Certain,
                        $"replace_triggered_by names {found.Item.Address}");
                }
            }
        }
    }

    private bool Triggers(ResourceNode found, HclTraversal traversal)
    {
        var steps = traversal.Steps.Skip(1).ToList();
        var instances = found.Instances.AsEnumerable();
        if (steps.Count > 0 && steps[0].IsIndex)
        {
            var key = steps[0].Number ?? (steps[0].Name is { } text ? InstanceAddress.KeyOf(text) : null);
            instances = instances.Where(i => i.Address.Key == key);
            steps.RemoveAt(0);
        }
        else if (steps.Count == 0 && names.Count > 0 && found.Repetition.Kind is RepetitionKind.Count or RepetitionKind.Each)
        {
            // aws_x.y[count.index]: the one of the same key.
            var same = instances.Where(i => i.Address.Key == Address.Key).ToList();
            if (same.Count > 0 && Lifecycle?.Body["replace_triggered_by"]!.All.Any(e => e is HclIndex) == true)
                instances = same;
        }

        if (steps.Count == 0)
            return instances.Any(i => i.Action is InstanceAction.Update or InstanceAction.Replace);
        return instances.Any(i => i.Action is InstanceAction.Update or InstanceAction.Replace && steps[0].Name is { } name
            && i.Prior is { } prior && TerraformValue.AreEqual(ValueChanges.Entry(prior, name), ValueChanges.Entry(i.Planned,
                name)) != true);
    }

    // What is made: what the text says, and the rest when it is there.
    private TerraformValue Fresh(List<(SchemaMember Member, TerraformValue Value, Tracker Tracker)> config) =>
        TerraformValue.Object(config.Select(c =>
        {
            var value = ValueChanges.Propose(c.Member, null, c.Value);
            // What is never known is another at every apply.
            if (graph.NamesUnknowns && c.Member.Body is null && !c.Tracker.IsNeverKnown)
                value = EarlierText.Name(value, c.Member.ValueType, $"{Address}.{c.Member.Name}");
            return new KeyValuePair<string, TerraformValue>(c.Member.Name, value);
        }));

    // What an update in place gives anew is not known before.
    private TerraformValue Renewed(TerraformValue after)
    {
        var changed = new HashSet<string>(_reasons.Select(r => (string)r.Change.Steps[0]), StringComparer.Ordinal);
        return TerraformValue.Object(Node.Schema!.Body.Members.Select(m =>
        {
            var value = ValueChanges.Entry(after, m.Name);
            var isRenewed = !changed.Contains(m.Name) && (m.IsRenewed || m.RenewedBy.Any(changed.Contains)
                || (m.RenewedIf.Count > 0 && (ValueChanges.Entry(after,
                    m.RenewedIf[0].TrimStart('!')).Boolean ?? false) != m.RenewedIf[0].StartsWith('!')
                    && (m.RenewedIf.Count == 1 || m.RenewedIf.Skip(1).Any(changed.Contains))));
            return new KeyValuePair<string, TerraformValue>(m.Name,
                isRenewed || (m.Name == "tags_all" && changed.Contains("tags")) ? TerraformValue.UnknownOf(m.ValueType)
                    : value);
        }));
    }

    private List<(SchemaMember Member, TerraformValue Value, Tracker Tracker)> Ignoring(
        List<(SchemaMember Member, TerraformValue Value, Tracker Tracker)> config, TerraformValue prior)
    {
        var ignored = Lifecycle?.Body["ignore_changes"];
        if (ignored is null)
            return config;
        var isAll = ignored is HclTraversal { Root: "all", Steps.Count: 0 };
        var paths = (ignored as HclTuple)?.Items.OfType<HclTraversal>().ToList() ?? [];
        return [.. config.Select(c =>
        {
            var was = ValueChanges.Entry(prior, c.Member.Name);
            if (isAll || paths.Exists(p => p.Root == c.Member.Name && p.Steps.Count == 0))
                return (c.Member, was, c.Tracker);
            var value = c.Value;
            foreach (var path in paths.Where(p => p.Root == c.Member.Name))
                value = Put(value, was, path.Steps, 0);
            return (c.Member, value, c.Tracker);
        })];
    }

    // A value with one place in it as it was.
    private static TerraformValue Put(TerraformValue value, TerraformValue was, IReadOnlyList<HclStep> steps, int at)
    {
        if (at == steps.Count)
            return was;
        if (value.IsUnknown)
            return value;
        if (steps[at].Number is { } number && int.TryParse(number, out var index))
        {
            if (index >= value.Items.Count || index >= was.Items.Count)
                return value;
            var items = value.Items.ToList();
            items[index] = Put(items[index], was.Items[index], steps, at + 1);
            return TerraformValue.Tuple(items);
        }

        if (steps[at].Name is not { } name || (value.Entries.Count == 0 && was.Entries.Count == 0))
            return value;
        var entries = value.Entries.ToDictionary(e => e.Key, e => e.Value, StringComparer.Ordinal);
        if (was.Entries.TryGetValue(name, out var old))
            entries[name] = entries.TryGetValue(name, out var now) ? Put(now, old, steps, at + 1) : old;
        else if (at + 1 == steps.Count)
            entries.Remove(name);
        return value.Kind == SchemaTypeKind.Map ? TerraformValue.Map(value.Type.Element!, entries) : TerraformValue.Object(entries);
    }

    private bool IsImported => graph.Imports.Contains(Address.ToString());

    private void PlanWithoutSchema()
    {
        var written = Written();
        var entries = written.Select(w => new KeyValuePair<string, TerraformValue>(w.Attribute.Name, w.Value)).ToList();
        _prior = State?.Value ?? (State?.Attributes is { } attributes ? StateValues.Read(attributes) : null);
        _planned = TerraformValue.Object(entries, isOpen: true);
        if (State is null)
        {
            _action = IsImported ? InstanceAction.Import : InstanceAction.Create;
            return;
        }

        foreach (var (attribute, value, tracker) in written)
        {
            var was = _prior is null ? TerraformValue.Unknown : ValueChanges.Entry(_prior, attribute.Name);
            if (ValueChanges.AreAlike(was, value, false) || (was.IsUnknown && value.IsUnknown))
                continue;
            var isCaused = tracker.IsNeverKnown || tracker.Seen.Any(s => s.IsPending);
            if (!value.IsWhollyKnown && !isCaused)
                continue;
            _reasons.Add(new InstanceReason(new ChangedValue(attribute.Name, [attribute.Name], was, value, []), Effect.InPlace,
                Certainty.Conditional,
                "nothing is known of this type: it may replace as well", tracker));
        }

        Certainty = Certainty.Conditional;
        _action = _reasons.Count == 0 ? InstanceAction.None : InstanceAction.Update;
        if (State.IsTainted)
            (_action, Certainty, Because) = (InstanceAction.Replace, Certainty.Certain,
                "it is tainted: its last creation failed, or somebody marked it");
        LookAtTriggers();
        if (_action == InstanceAction.None)
            (_planned, Certainty) = (_prior ?? _planned, Certainty.Certain);
    }
}
