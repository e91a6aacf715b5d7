using Repave.Core.Dialects.Terraform.Evaluation;
using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Dialects.Terraform.Packs;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.Core.Syntax.Hcl;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Terraform.Plans;

/// <summary>Plans configurations against earlier ones, against a state, or against a plan that Terraform itself has made.</summary>
internal sealed class TerraformPlanner
{
    // The chains of references that are followed one in the other want more room than a thread has by itself.
    private const int StackSize = 256 * 1024 * 1024;

    private readonly PlanInput _input;
    private readonly List<string> _notes;
    private readonly List<ResourceChange> _changes = [];
    private readonly List<ResourceChange> _deletions = [];

    // Of the earlier text: those of which nobody knew how many there were.
    private readonly HashSet<InstanceAddress> _uncounted = [];

    // The folders of the earlier text that a root was compared with; two folders given by name need not be called alike.
    private readonly HashSet<string> _compared = new(StringComparer.Ordinal);

    private TerraformPlanner(PlanInput input, List<string> notes) => (_input, _notes) = (input, notes);

    /// <summary>Every instance with its action; deletions last.</summary>
    public static IReadOnlyList<ResourceChange> Plan(PlanInput input, List<string> notes)
    {
        var planner = new TerraformPlanner(input, notes);
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                planner.Run();
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                failure = exception;
            }
        }, StackSize);
        thread.Start();
        thread.Join();
        if (failure is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(failure).Throw();
        foreach (var change in planner._changes.Where(c => c.Action == PlanAction.Replace))
            change.Steps = StepsOf(change.Mechanism == ResourceChange.CreateAndDelete);
        return [.. planner._changes, .. planner._deletions];
    }

    // Without create_before_destroy the old instance is gone before there is a new one.
    private static ReplacementSteps StepsOf(bool isCreatedFirst) => new()
    {
        Replaced = true,
        MinAvailable = isCreatedFirst ? 1 : 0,
        MaxTotal = isCreatedFirst ? 2 : 1,
        PodsRolled = 1,
        Steps = [1],
        NeedsPerson = false,
        CannotProgress = false,
    };

    private void Run()
    {
        var modules = TerraformModule.All(_input.DesiredManifests);
        var state = TerraformState.In(_input.Baseline.Manifests).FirstOrDefault();
        var isFromText = state is null;
        var earlier = isFromText ? TerraformModule.All(_input.Baseline.Manifests) : null;
        var roots = RootsOf(modules);
        var files = new PlanFiles(_input.DesiredManifests);
        var earlierFiles = new PlanFiles(earlier is null ? [] : _input.Baseline.Manifests);
        foreach (var root in roots)
        {
            // A module that is new has nothing that it was; a state is of one root, the one that shares most with it.
            var was = earlier is null ? null : Was(earlier, root, roots);
            var before = state is not null ? StateFor(state, root, roots) : Before(earlier!, was);
            PlanRoot(modules, root, before, isFromText, was is null ? files.TextOf : files.Beside(earlierFiles, root.Folder, was.Folder));
        }

        if (earlier is not null && roots.Count > 0)
        {
            foreach (var gone in RootsOf(earlier).Where(e => _input.Baseline.IsEarlierState && e.Of(TerraformKind.Resource).Any()
                && !modules.ContainsKey(e.Folder) && !_compared.Contains(e.Folder)))
                _notes.Add($"The module in '{(gone.Folder.Length == 0 ? "." : gone.Folder)}' is gone; "
                    + "what it made lives until somebody destroys it.");
        }

        PlanVerdicts.In(_input.Baseline.Manifests)?.Obey(_changes, _deletions);
        SayVersions(modules);
        foreach (var broken in _input.Broken)
        {
            var read = _changes.FindAll(c => c.Desired is PlannedInstance planned && planned.Slot == broken.Slot);
            foreach (var change in read.Where(c => c.Action != PlanAction.None))
                (change.Action, change.Note) = (PlanAction.Unknown, "its text cannot be read to the end");
            if (read.Count > 0 || broken is not TerraformItem { Kind: TerraformKind.Resource })
                continue;
            _changes.Add(new ResourceChange(broken.Id)
            {
                Desired = broken,
                Action = PlanAction.Unknown,
                Note = "its text cannot be read to the end",
            });
        }
    }

    // What a pack says is what one version does.
    private void SayVersions(IReadOnlyDictionary<string, TerraformModule> modules)
    {
        var used = new HashSet<string>(modules.Values.SelectMany(m => m.Of(TerraformKind.Resource).Select(r =>
            ProviderPacks.Full(m.ProviderOf(r)))),
            StringComparer.Ordinal);
        foreach (var slot in _input.DesiredManifests.Where(m => m.FileName == ".terraform.lock.hcl").SelectMany(m => m.Source.Documents))
        {
            foreach (var block in (TerraformModule.BodyOf(slot.Document)?.Blocks ?? []).Where(b => b.Type == "provider"))
            {
                if (block.Label(0) is { } source && used.Contains(source) && block.Body["version"]?.Text is { } locked
                    && ProviderPacks.Embedded.Provider(source) is { } pack && pack.Version != locked)
                {
                    _notes.Add($"The lock file has {source.Substring(source.IndexOf('/') + 1)} {locked}; what is known here is "
                        + (pack.Version == "-" ? "read from its sources, of no one version." : $"that of {pack.Version}."));
                }
            }
        }
    }

    private static IReadOnlyDictionary<InstanceAddress, StateInstance> StateFor(TerraformState state, TerraformModule root,
        List<TerraformModule> roots)
    {
        if (roots.Count == 1)
            return state.Instances;
        var best = roots.OrderByDescending(r => state.Instances.Keys.Count(k => r[TopOf(k)] is not null)).First();
        return ReferenceEquals(best, root) ? state.Instances : new Dictionary<InstanceAddress, StateInstance>();
    }

    // How the root's own text names an instance, or the call of the module that it is in.
    private static string TopOf(InstanceAddress address) => address.Module.Length == 0
        ? $"{(address.IsData ? "data." : "")}{address.Type}.{address.Name}"
        : string.Join(".", address.Module.Split('.').Take(2)).Split('[')[0];

    // What a root was in an earlier text; null if it is new.
    private static TerraformModule? Was(IReadOnlyDictionary<string, TerraformModule> earlier, TerraformModule root,
        List<TerraformModule> roots)
    {
        var were = RootsOf(earlier);
        return were.Find(e => e.Folder == root.Folder) ?? (were.Count == 1 && roots.Count == 1 ? were[0] : null);
    }

    private IReadOnlyDictionary<InstanceAddress, StateInstance> Before(IReadOnlyDictionary<string, TerraformModule> earlier,
        TerraformModule? was)
    {
        if (was is null)
            return new Dictionary<InstanceAddress, StateInstance>();
        _compared.Add(was.Folder);
        var state = EarlierText.Of(earlier, was, _input.Baseline.Manifests);
        _uncounted.UnionWith(state.Uncounted);
        return state.Instances;
    }

    // The modules that no other one calls; where all are called, all of them.
    private static List<TerraformModule> RootsOf(IReadOnlyDictionary<string, TerraformModule> modules)
    {
        var called = new HashSet<string>(StringComparer.Ordinal);
        foreach (var module in modules.Values)
        {
            foreach (var call in module.Of(TerraformKind.Module))
            {
                if (module.Argument(call, "source")?.Text is { } source && ModuleCalls.IsLocal(source)
                    && TerraformFiles.Join(module.Folder, source) is { } folder && folder != module.Folder)
                    called.Add(folder);
            }
        }

        var roots = modules.Values.Where(m => !called.Contains(m.Folder)).OrderBy(m => m.Folder, StringComparer.Ordinal).ToList();
        return roots.Count > 0 ? roots : [.. modules.Values.OrderBy(m => m.Folder, StringComparer.Ordinal)];
    }

    private void PlanRoot(IReadOnlyDictionary<string, TerraformModule> modules, TerraformModule root,
        IReadOnlyDictionary<InstanceAddress, StateInstance> before, bool isFromText, Func<string, string?> fileOf)
    {
        PlanGraph Graph(IReadOnlyDictionary<InstanceAddress, StateInstance> state) =>
            new(modules, root, _input.DesiredManifests, state, ProviderPacks.Embedded)
            {
                IsFromText = isFromText,
                FileOf = fileOf,
                Answers = _input.Baseline.Evidence as IProviderAnswers,
            };
        IReadOnlyDictionary<InstanceAddress, StateInstance> state = before;
        if (modules.Values.Any(m => m.Items.Any(i => i.Kind == TerraformKind.Moved)))
        {
            var moves = Graph(before).Modules.SelectMany(m => StateMoves.Of(m.Address, m.Module)).ToList();
            state = StateMoves.Apply(before.Values, moves);
        }

        var graph = Graph(state);
        var used = new HashSet<InstanceAddress>();
        var made = new Dictionary<InstancePlan, ResourceChange>();
        var nodes = graph.Modules.SelectMany(m => m.Resources.Values).ToList();
        foreach (var node in nodes)
        {
            if (node.Repetition.Kind == RepetitionKind.Unknown && !node.IsData)
                AddUnknown(node, state, used);
            foreach (var instance in node.Instances)
            {
                if (instance.State is { } known)
                    used.Add(known.MovedFrom is { } from && state.ContainsKey(from) ? from : instance.Address);
                used.Add(instance.Address);
                if (node.IsData)
                    continue;
                var change = ChangeOf(graph, instance);
                made[instance] = change;
                _changes.Add(change);
            }
        }

        foreach (var (instance, change) in made)
            Link(instance, change, made);
        var gone = new List<(StateInstance State, ResourceChange Change)>();
        SpreadCreationFirst(nodes, made);
        var missing = graph.Modules.SelectMany(m => m.Calls.Values.Where(c => !c.IsHere).Select(c =>
            (m.Address.Length == 0 ? "" : m.Address + ".") + "module." + c.Item.Name)).Distinct().ToList();
        var open = graph.Modules.SelectMany(m => m.Calls.Values.Where(c => c.Repetition.Kind == RepetitionKind.Unknown).Select(c =>
            (m.Address.Length == 0 ? "" : m.Address + ".") + "module." + c.Item.Name)).Distinct().ToList();
        foreach (var call in missing)
            _notes.Add($"The text of {call} is not here ('terraform init' brings it): what it makes was left out.");
        var removed = graph.Modules.SelectMany(m => m.Module.Items.Where(i => i.Kind == TerraformKind.Removed).Select(i => (m.Address,
            Item: i))).ToList();
        var byAddress = nodes.ToDictionary(n => n.Address);
        foreach (var instance in state.Values.Where(s => !s.Address.IsData && !used.Contains(s.Address)))
        {
            var address = instance.Address.ToString();
            if (missing.Exists(m => IsWithin(address, m)))
                continue;
            var change = new ResourceChange(instance.Address.ToId())
            {
                Baseline = instance.Source ?? _input.Before.All.OfType<StateResource>().FirstOrDefault(r =>
                    r.Address == (instance.MovedFrom ?? instance.Address)),
                Action = PlanAction.Delete,
            };
            if (open.Exists(m => IsWithin(address, m)))
                (change.Action, change.Note) = (PlanAction.Unknown, "how many instances its module has is known only later");
            else if (removed.FirstOrDefault(r => IsRemoved(r.Address, r.Item, address)) is { Item: { } removal }
                && removal.Body.BlocksOf("lifecycle").FirstOrDefault()?.Body["destroy"] is HclLiteral
                {
                    Kind: HclLiteralKind.Boolean,
                    IsTrue: false
                })
            {
                change.Action = PlanAction.None;
                change.Note = "Terraform forgets it; it lives on, and nothing manages it any more";
            }
            else
            {
                change.Note = byAddress.TryGetValue(instance.Address.Resource, out var node) ? WhyGone(node, instance.Address)
                    : graph.Modules.Any(m => m.Address == instance.Address.Module) ? "no text defines it any more"
                        : "its module is not called any more";
                if (node is not null && PreventsDestruction(node))
                    change.Warn(PlanWarningKind.Refused, $"Terraform refuses to destroy {address}: its prevent_destroy is set.");
            }

            _deletions.Add(change);
            if (change.Action == PlanAction.Delete)
                gone.Add((instance, change));
        }

        MissedMoves.Find([.. made.Where(m => m.Value.Action == PlanAction.Create).Select(m => (m.Key, m.Value))], gone);
    }

    private static bool IsWithin(string address, string module) =>
        address.StartsWith(module, StringComparison.Ordinal) && address.Length > module.Length && address[module.Length] is '.' or '[';

    private static bool IsRemoved(string module, TerraformItem item, string address)
    {
        if (item.Body["from"] is not { } from || StateMoves.AddressOf(from) is not { } named)
            return false;
        var whole = module.Length == 0 ? named : $"{module}.{named}";
        return address == whole || IsWithin(address, whole);
    }

    private static string WhyGone(ResourceNode node, InstanceAddress address) => node.Repetition.Kind switch
    {
        RepetitionKind.Count when address.Key is not null && !address.Key.StartsWith('"') => $"count makes {node.Instances.Count} now",
        RepetitionKind.Each when address.Key is not null && address.Key.StartsWith('"') => $"for_each has no {address.Key} any more",
        _ => "its resource is repeated in another way now; 'moved' blocks would keep it",
    };

    private void AddUnknown(ResourceNode node, IReadOnlyDictionary<InstanceAddress, StateInstance> state, HashSet<InstanceAddress> used)
    {
        var address = node.Address;
        var mine = state.Keys.Where(k => k.Resource == address).ToList();
        used.UnionWith(mine);
        foreach (var key in mine.Count > 0 ? mine : [address])
        {
            _changes.Add(new ResourceChange(key.ToId())
            {
                Desired = new PlannedInstance(key, node.Item),
                Action = mine.Count > 0 || _uncounted.Contains(address) ? PlanAction.Unknown : PlanAction.Create,
                Certainty = Certainty.Conditional,
                Note = "how many instances there are is known only later",
            });
        }
    }

    private static ResourceChange ChangeOf(PlanGraph graph, InstancePlan instance)
    {
        var resource = new PlannedInstance(instance.Address, instance.Node.Item);
        var change = new ResourceChange(instance.Address.ToId())
        {
            Desired = resource,
            Baseline = instance.State?.Source,
            Certainty = instance.Certainty,
            Note = instance.Because,
        };
        change.Action = instance.Action switch
        {
            InstanceAction.Create => PlanAction.Create,
            InstanceAction.Update => PlanAction.InPlace,
            InstanceAction.Replace => PlanAction.Replace,
            InstanceAction.Unknown => PlanAction.Unknown,
            _ => PlanAction.None,
        };
        // What was made anew has its certainty from there; what is only read or made is certain.
        if (instance.Action is InstanceAction.Create or InstanceAction.None)
            change.Certainty = Certainty.Certain;
        if (instance.Action == InstanceAction.Import)
            (change.Certainty, change.Note) = (Certainty.Conditional,
                "it is there already and is taken over; what that changes is known when it is read");
        if (instance.Action == InstanceAction.Unknown)
            change.Note ??= "its provider makes another type of it; what that changes is known when it is asked";
        if (change.Action == PlanAction.Replace)
            change.Mechanism = IsCreatedFirst(instance.Node, instance) ? ResourceChange.CreateAndDelete : ResourceChange.DeleteAndCreate;
        if (instance.State?.MovedFrom is { } from)
        {
            change.Previous = from.ToId();
            change.Note ??= $"it was {from}";
        }

        foreach (var reason in instance.Reasons)
            change.Reasons.Add(ReasonOf(instance, reason, resource));
        var ordered = change.Reasons.OrderByDescending(r => r.Effect).ToList();
        change.Reasons.Clear();
        change.Reasons.AddRange(ordered);
        if (change.Action == PlanAction.Replace && PreventsDestruction(instance.Node))
        {
            change.Warn(PlanWarningKind.Refused,
                "Terraform refuses to "
                + $"replace {instance.Address}{(change.Certainty == Certainty.Conditional ? " if it is replaced" : "")}: "
                + "its prevent_destroy is set.");
        }

        return change;
    }

    private static Reason ReasonOf(InstancePlan instance, InstanceReason reason, PlannedInstance resource)
    {
        var change = reason.Change;
        var member = change.Members.Count > 0 ? change.Members[change.Members.Count - 1] : null;
        // What the schema does not call public is a secret: nothing is known of a type without one.
        var isSecret = member is null || change.Members.Any(m => m.IsSensitive || m.IsWriteOnly) || change.From.HoldsSecrets
            || change.To.HoldsSecrets;
        var (span, expression) = SpanOf(instance, change.Steps);
        return new Reason(change.Path, isSecret ? null : Known(ValueText.Of(change.From)), isSecret ? null : ValueText.Of(change.To),
            reason.Effect, reason.Certainty, reason.Why, resource, span)
        {
            IsSecret = isSecret,
            HidesLine = isSecret && expression is not HclTraversal,
            WasThere = !ValueChanges.IsEmpty(change.From),
            IsThere = !ValueChanges.IsEmpty(change.To),
            IsDragged = !change.To.IsWhollyKnown && reason.Tracker.Seen.Any(s => s.IsChanging),
        };
    }

    // What an earlier text leaves open has a mark in its place, which is nothing to show.
    private static string? Known(string? value) =>
        value?.IndexOf('\uffff') >= 0 || value?.IndexOf("\\uffff", StringComparison.Ordinal) >= 0 ? null : value;

    // The argument that the steps lead to, as near as its text has it.
    private static (TextSpan Span, HclExpression? Expression) SpanOf(InstancePlan instance, IReadOnlyList<object> steps)
    {
        var span = instance.Node.Item.NameSpan;
        var body = instance.Node.Item.Body;
        HclExpression? expression = null;
        for (var at = 0; at < steps.Count; at++)
        {
            if (steps[at] is not string name)
                continue;
            if (body.Attribute(name) is { } attribute)
                return (attribute.Span, attribute.Value);
            var place = at + 1 < steps.Count && steps[at + 1] is int index ? index : 0;
            var blocks = body.Blocks.Where(b => b.Type == name || (b.Type == "dynamic" && b.Label(0) == name)).ToList();
            if (blocks.Count == 0)
                break;
            var block = blocks[Math.Min(place, blocks.Count - 1)];
            span = block.Head;
            body = block.Type == "dynamic" ? block.Body.BlocksOf("content").FirstOrDefault()?.Body ?? block.Body : block.Body;
        }

        return (span, expression);
    }

    // Who causes it: the instances behind the values that change, or behind what triggers it.
    private static void Link(InstancePlan instance, ResourceChange change, Dictionary<InstancePlan, ResourceChange> made)
    {
        if (change.Action is not (PlanAction.InPlace or PlanAction.Replace))
            return;
        var behind = instance.Reasons.Where(r => !r.Change.To.IsWhollyKnown).SelectMany(r => r.Tracker.Seen).Concat(instance.TriggeredBy)
            .Where(n => !n.IsData && !ReferenceEquals(n, instance.Node)).Distinct();
        foreach (var node in behind)
        {
            foreach (var other in node.Instances.Where(i => i.IsChanging && made.ContainsKey(i)))
                change.CausedBy.Add(made[other].Id);
        }
    }

    private static bool IsCreatedFirst(ResourceNode node, InstancePlan? instance) =>
        LifecycleSays(node, "create_before_destroy") || (instance?.State?.IsCreatedFirst == true && !LifecycleSays(node,
            "create_before_destroy", false));

    private static bool PreventsDestruction(ResourceNode node) => LifecycleSays(node, "prevent_destroy");

    private static bool LifecycleSays(ResourceNode node, string name, bool value = true) =>
        node.Module.Module.Blocks(node.Item).Any(b => b.Type == "lifecycle"
            && b.Body[name] is HclLiteral { Kind: HclLiteralKind.Boolean } literal && literal.IsTrue == value);

    // What is made before the old one goes needs what it uses made before, too.
    private static void SpreadCreationFirst(List<ResourceNode> nodes, Dictionary<InstancePlan, ResourceChange> made)
    {
        var open = new Stack<ResourceNode>(nodes.Where(n => !n.IsData && IsCreatedFirst(n, null)));
        var first = new HashSet<ResourceNode>(open);
        while (open.Count > 0)
        {
            foreach (var needed in open.Pop().Needs.Seen)
            {
                if (first.Add(needed))
                    open.Push(needed);
            }
        }

        foreach (var (instance, change) in made)
        {
            if (change.Action == PlanAction.Replace && first.Contains(instance.Node))
                change.Mechanism = ResourceChange.CreateAndDelete;
        }
    }
}
