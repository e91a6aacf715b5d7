using System.Collections.Concurrent;
using Repave.Core.Dialects.Kubernetes.Plans.Applying;
using Repave.Core.Dialects.Kubernetes.Plans.Cascades;
using Repave.Core.Dialects.Kubernetes.Plans.Marks;
using Repave.Core.Dialects.Kubernetes.Plans.Steps;
using Repave.Core.Dialects.Kubernetes.Plans.Versions;
using Repave.Core.Dialects.Kubernetes.Updates;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Plans;

/// <summary>Plans Kubernetes resources: matches them with the baseline's, compares, judges, and follows what a change
/// drags along.</summary>
internal sealed class KubernetesPlanner
{
    private readonly PlanInput _input;
    private readonly List<string> _notes;
    private readonly Version? _release;
    private readonly KubernetesKinds _kinds;
    private readonly BaselineMatcher _matcher;
    private readonly SecretValues _secrets;
    private readonly ConcurrentDictionary<ResourceChange, SecretNodes> _secretNodes = new();
    private readonly List<KubernetesResource> _desired;
    private readonly List<KubernetesResource> _before;
    private readonly List<KubernetesResource> _around;
    private readonly ILookup<string, KubernetesResource> _classes;
    private readonly ApplySettings _apply;
    private readonly LeftOutFields _leftOut;
    private readonly IReadOnlyList<string> _versions;

    private KubernetesPlanner(PlanInput input, List<string> notes, IReadOnlyList<string> versions)
    {
        _input = input;
        _notes = notes;
        _versions = versions;
        var snapshot = KubernetesSnapshot.Of(input.Before.All.OfType<KubernetesResource>());
        if (snapshot is not null)
            notes.Add($"{input.Baseline.Name} is a snapshot of {snapshot.Source}.");
        _secrets = new SecretValues(input.Baseline.HashKey ?? snapshot?.HashKey);
        var said = input.Options.Versions.TryGetValue(KubernetesDialect.DialectName, out var asked) ? asked
            : input.Baseline.Version ?? snapshot?.Version;
        if (said is null && input.Settings.Versions.TryGetValue(KubernetesDialect.DialectName, out var set))
            said = set;
        var apply = input.Settings.Apply.TryGetValue(KubernetesDialect.DialectName, out var way) ? way : ApplySettings.Unsaid;
        _apply = apply with { IsByServer = input.Options.IsAppliedByServer ?? apply.IsByServer };
        _release = said is not null && Version.TryParse(said, out var release) ? release : null;
        _desired = Whole(input.Desired, input.DesiredManifests, notes);
        // As with the manifests, the last definition of what the past defined twice counts.
        _before = [.. Whole(input.Before, input.Baseline.Manifests, []).GroupBy(r => (r.Id, Own: r.Id.Name.Length == 0 ? r : null))
            .Select(g => g.Last())];
        var known = new HashSet<ResourceId>(_before.Select(r => r.Id));
        _around = [.. input.Around.All.OfType<KubernetesResource>().Where(r => !known.Contains(r.Id))];
        var definitions = _around.Concat(_before).Concat(_desired).Where(r => r.Is("CustomResourceDefinition", "apiextensions.k8s.io"));
        _kinds = new KubernetesKinds(PackFor(_release, versions), definitions, _release is not null && _release < new Version(1, 21));
        _classes = _desired.Concat(_before).Concat(_around).Where(r => r.Is("StorageClass", "storage.k8s.io"))
            .ToLookup(r => r.Id.Name, StringComparer.Ordinal);
        _leftOut = LeftOutFields.Of(input.Settings, input.Baseline.Environment, [.. _desired, .. _around], input.DesiredManifests);
        _matcher = new BaselineMatcher(_before, _kinds, input.Options.Namespace ?? input.Baseline.Namespace ?? snapshot?.Namespace);
    }

    public static IReadOnlyList<ResourceChange> Plan(PlanInput input, List<string> notes, IReadOnlyList<string> versions) =>
        new KubernetesPlanner(input, notes, versions).Run();

    // The pack of the release, or the nearest that is not older.
    private static string PackFor(Version? release, IReadOnlyList<string> versions) =>
        release is null ? versions[versions.Count - 1]
            : versions.FirstOrDefault(v => Version.Parse(v) >= release) ?? versions[versions.Count - 1];

    private static List<KubernetesResource> Whole(ResourceSet set, IReadOnlyList<Manifest> manifests, List<string> notes)
    {
        var kustomizations = Kustomizations.Read(manifests);
        var whole = new List<KubernetesResource>();
        var (patches, dropped) = (0, 0);
        foreach (var resource in set.All.OfType<KubernetesResource>())
        {
            if (resource.ApiVersion == SnapshotMarks.ApiVersion && resource.Kind == SnapshotMarks.Kind)
                continue;
            if (KubectlText.IsDropped(resource.Manifest, resource.Slot))
            {
                dropped++;
                continue;
            }

            resource.IsPatch = kustomizations.IsPatch(resource);
            if (resource.IsPatch)
                patches++;
            else if (resource.ApiVersion.Length > 0 && resource.Kind.Length > 0)
                whole.Add(resource);
        }

        if (dropped > 0)
            notes.Add($"{dropped} resource{(dropped == 1 ? "" : "s")} behind a line of three dots {(dropped == 1 ? "was" : "were")} left "
                + "out: kubectl reads nothing there before the next '---'.");
        if (patches > 0)
            notes.Add($"{patches} patch{(patches == 1 ? " was" : "es were")} left out: "
                + "render the kustomization first (kubectl kustomize DIR | repave plan - …).");
        return whole;
    }

    private List<ResourceChange> Run()
    {
        var changes = PlanEach();
        foreach (var broken in _input.Broken.OfType<KubernetesResource>())
            changes.Add(new ResourceChange(broken.Id)
            {
                Desired = broken,
                Baseline = _matcher.Match(broken),
                Action = PlanAction.Unknown,
                Certainty = Certainty.Conditional,
                Note = "its document cannot be read to its end",
            });

        var unrecorded = changes.Count(c => c.Note == NoRecord);
        if (unrecorded > 0)
        {
            _notes.Add($"{unrecorded} live resource{(unrecorded == 1 ? " has" : "s have")} no record of what was applied (kubectl's "
                + "annotation or server-side apply), so fields that the manifests leave out count as kept.");
            foreach (var change in changes.Where(c => c.Note == NoRecord))
                change.Note = null;
        }

        _notes.AddRange(_leftOut.Notes());
        // What has no name was never there as itself: a server refuses it, or names it anew each time.
        var gone = Pruning.Find(_input, _before.Where(b => b.Id.Name.Length > 0 && !_matcher.IsMatched(b)).ToList(), changes);
        // What stays under its old name becomes nothing else.
        changes.AddRange(gone.Where(g => g.Action == PlanAction.None));
        gone.RemoveAll(g => g.Action == PlanAction.None);
        Renames.Join(changes, gone, AddContent);
        changes.AddRange(gone);
        // Pods that stand around are there for the room that they take; their workloads say the rest.
        Cascade.Follow(changes, _desired, [.. _before, .. _around.Where(r => !r.Is("Pod", ""))]);
        var newest = Version.Parse(_versions[_versions.Count - 1]);
        var steps = new StepsContext(changes, _desired, [.. _before, .. _around], _input.Options.Nodes, _release ?? newest,
            _kinds.ShapeOf);
        foreach (var change in changes)
        {
            change.Steps = WorkloadSteps.Of(change, steps);
            BudgetRoom.Warn(change, steps);
        }

        // What follows is told where people look for it: at the workload that changes.
        foreach (var canary in changes.Where(c => c.Steps is { IsTraffic: true }))
        {
            if (CanarySteps.TargetOf(canary, changes) is { Steps: { } own } target)
                target.Steps = own with { Then = canary };
        }

        return changes;
    }

    private const string NoRecord = "no record";
    private const string OnlyOrder = "the items come in another order, and the pods are made from what is written";

    // A resource that is defined twice ends as its last definition says.
    private IEnumerable<KubernetesResource> LastOfEach()
    {
        var last = new Dictionary<ResourceId, KubernetesResource>();
        foreach (var resource in _desired)
        {
            if (resource.Id.Name.Length > 0 && last.ContainsKey(resource.Id))
                _notes.Add($"{resource.Id.Type}/{resource.Id.Name} is defined more than once; "
                    + $"its last definition ({resource.Manifest.Path}) counts.");
            last[resource.Id] = resource;
        }

        return _desired.Where(r => r.Id.Name.Length == 0 || ReferenceEquals(last[r.Id], r));
    }

    // No resource's plan asks for another's, so all processors plan at once; what is said of several comes in their order.
    private List<ResourceChange> PlanEach()
    {
        var pairs = new List<(KubernetesResource Desired, KubernetesResource? Before)>();
        foreach (var resource in LastOfEach())
            pairs.Add((resource, _input.Baseline.Unreadable.ContainsKey(resource.Id) ? null : _matcher.Match(resource)));
        var planned = new (ResourceChange Change, IReadOnlyList<LeftOutField> LeftOut)[pairs.Count];
        Parallel.For(0, pairs.Count, i =>
        {
            var leftOut = new List<LeftOutField>();
            planned[i] = (PlanOne(pairs[i].Desired, pairs[i].Before, leftOut), leftOut);
        });
        foreach (var (_, leftOut) in planned)
            _leftOut.Say(leftOut);
        return [.. planned.Select(p => p.Change)];
    }

    private ResourceChange PlanOne(KubernetesResource resource, KubernetesResource? known, List<LeftOutField> skipped)
    {
        var change = new ResourceChange(resource.Id) { Desired = resource };
        if (_input.Baseline.Unreadable.TryGetValue(resource.Id, out var reason))
        {
            change.Action = PlanAction.Unknown;
            change.Certainty = Certainty.Conditional;
            change.Note = reason;
            return change;
        }

        _input.Baseline.DryRuns.TryGetValue(resource.Id, out var answer);
        var marks = ApplyMarks.Of(resource.Root);
        if (known is not { } before)
        {
            if (marks.LeftOut is { } leftOut)
            {
                change.Warn(PlanWarningKind.Notice, $"It is not created: '{leftOut.Text}'.");
                return change;
            }

            change.Action = PlanAction.Create;
            if (answer?.Refusal is { } refusal)
                change.Warn(PlanWarningKind.Refused, $"The server refuses it: {refusal}");
            else if (resource.Id.Name.Length == 0 && !marks.IsHook && resource.Metadata?.TextAt("generateName") is { } prefix)
                Refusals.Refuse(change,
                    $"'kubectl apply' refuses an object without a name; 'kubectl create' makes a new {resource.Kind} each "
                        + $"time, whose name begins with '{prefix}'.");
            else if (_apply.IsByServer != true && ApplyRecord.TooLong(resource, resource.Root) is { } tooLong)
                Refusals.Refuse(change, $"Applying it fails: {tooLong}.");
            return change;
        }

        change.Baseline = before;
        Compare(change, resource, before, marks, answer, skipped);
        MarkedChanges.Settle(change, resource, before, marks);
        return change;
    }

    private void Compare(
        ResourceChange change, KubernetesResource desired, KubernetesResource before, ApplyMarks marks, DryRunAnswer? answer,
        List<LeftOutField> leftOut)
    {
        var (from, to) = (StateOf(before), StateOf(desired));
        var isLive = LiveObjects.IsLive(from);
        var shape = _kinds.ShapeOf(desired) ?? _kinds.ShapeOf(before);
        var custom = _kinds.CustomKindOf(desired);
        var isOtherVersion = desired.ApiVersion != before.ApiVersion;
        // A server is asked for the object under the apiVersion that the manifest has.
        if (isOtherVersion && custom is null && answer is null && _kinds.IsBuiltIn(desired)
            && ObjectVersions.Convert(from, desired.Kind, before.ApiVersion, desired.ApiVersion) is { } converted)
            (from, isOtherVersion) = (converted, !_kinds.HasVersion(desired));
        var comparer = ComparerOf(desired);
        IReadOnlyList<FieldChange> fields;
        AppliedObject? merged = null;
        ApplyWay? way = null;
        if (answer?.Result is KubernetesResource result)
        {
            fields = DryRunFields.Place(comparer.Compare(from, StateOf(result), shape, Ownership.All), to, shape);
            to = result.Root;
        }
        else if (LiveObjects.IsLive(to))
        {
            // A whole live object that was edited (kubectl edit, kubectl replace) says everything.
            fields = comparer.Compare(from, to, shape, Ownership.All);
        }
        else if (isLive && marks.Overwritten is not null)
        {
            fields = Overwriting(desired, from, to, comparer, shape);
        }
        else if (!isLive && comparer.Compare(from, to, shape, Ownership.All) is { Count: 0 } none)
        {
            // The same text once more: whatever applying makes of it, it has made.
            fields = none;
        }
        else
        {
            var defaults = new ServerDefaults(KubernetesKinds.Canonical(desired.Id.Type));
            var stored = isLive ? from : defaults.Fill(from, shape);
            way = ApplyWay.Of(stored, KubectlKeys.Normal(desired.Root), marks, _apply);
            merged = Apply(change, way, desired, before, stored, isLive, shape);
            var manifest = to;
            to = defaults.Return(stored, merged.Root, shape);
            fields = [.. DryRunFields.Place(comparer.Compare(stored, to, shape, Ownership.All), manifest, shape)
                .Select(f => isLive ? f : AsWritten(f, from, shape))];
            if (merged.Refusal is null)
            {
                MergeWarnings.Lost(change, comparer.Compare(to, manifest, shape, Ownership.Nothing), way);
                MergeWarnings.Kept(change, fields, manifest, to);
            }
        }

        change.After = to;
        fields = _leftOut.Keep(desired, from, to, fields, leftOut);
        AddIdentity(change, desired, before);
        var context =
            new UpdateContext(from, to, ReleaseOf(before, isLive), isLive) { StorageClass = name => _classes[name].FirstOrDefault()?.Root };
        var type = KubernetesKinds.Canonical(desired.Id.Type);
        foreach (var field in fields)
        {
            var (verdict, decisive) = (custom is not null || !_kinds.IsBuiltIn(desired)) && UpdateTable.Of(type) is null
                ? CustomResourceUpdates.Judge(field, custom is null, isOtherVersion)
                : UpdateJudge.Judge(type, field, context);
            // Another order is another text, and nothing more, where nobody compares texts.
            if (verdict.Effect == Effect.None || (field.IsOrder && verdict.Effect < Effect.Rolls))
                continue;
            if (field.IsOrder)
                verdict = verdict with { Why = OnlyOrder };
            else if (verdict.Why.Length == 0 && field.To is not null && merged is not null && IsDefault(field, desired, shape))
                verdict = verdict with { Why = "the manifest no longer says it, so its default returns" };
            if (isOtherVersion && !isLive)
                verdict = verdict.Unsure;
            Add(change, desired, field, decisive, verdict);
        }

        if (custom is not null)
            CustomResourceUpdates.AskRules(change, custom.Shape, from, to, (field, verdict) => Add(change, desired, field, field, verdict));
        change.Settle();
        if (answer?.Refusal is { } refusal)
            Refusals.Apply(change, desired, answer, refusal);
        else if (merged is not null)
            Refusals.Foresee(change, merged, way!.ForcesConflicts,
                () => shape is null || change.Action is PlanAction.None or PlanAction.Replace
                    // The shape of another version says nothing of what this one requires.
                    || (isOtherVersion && custom is null)
                    ? [] : MergedCheck.Refusals(from, to, shape, custom is not null, context.Release));
    }

    // The manifest in the place of the object: what others wrote goes, and what the server fills in comes again.
    private static IReadOnlyList<FieldChange> Overwriting(
        KubernetesResource desired, MapNode from, MapNode to, KubernetesComparer comparer, Shape? shape)
    {
        var defaults = new ServerDefaults(KubernetesKinds.Canonical(desired.Id.Type));
        return DryRunFields.Place(comparer.Compare(from, defaults.Return(from, defaults.Fill(to, shape), shape), shape, Ownership.All), to,
            shape);
    }

    // What the server stores once it is applied. A state of manifests is both what was applied and, with defaults, what is there.
    private AppliedObject Apply(ResourceChange change, ApplyWay way, KubernetesResource desired, KubernetesResource before, MapNode stored,
        bool isLive, Shape? shape)
    {
        var wanted = KubectlKeys.Normal(desired.Root);
        var applied = isLive ? AppliedObject.RecordOf(stored) : KubectlKeys.Normal(before.Root);
        if (isLive && applied is null
            && (!way.IsByServer || FieldManager.Of(stored).All(m => !m.Applies && m.Name != FieldManager.ClientSide)))
            change.Note = NoRecord;
        if (way.IsByServer)
            return AppliedObject.ByServer(stored, applied, wanted, shape, Release, way.Manager);
        var merged = AppliedObject.ByClient(stored, applied, wanted, shape,
            _kinds.CustomKindOf(desired) is null && _kinds.IsBuiltIn(desired), Release);
        return merged with { Refusal = merged.Refusal ?? ApplyRecord.TooLong(desired, merged.Root) };
    }

    // An object that lacks what newer servers fill in may be of an old server; how it merges is another matter, and most are not.
    private Version Release => _release ?? Version.Parse(KubernetesDialect.Newest);

    private static bool IsDefault(FieldChange field, KubernetesResource desired, Shape? shape) =>
        field is { From: not null, Path.Name: not null } && DryRunFields.Exact(field.Path, desired.Root, shape) is null;

    // Defaults that were filled in to compare are no part of what somebody wrote.
    private static FieldChange AsWritten(FieldChange change, MapNode from, Shape? shape) =>
        change.From is MapNode or ListNode && DryRunFields.Exact(change.Path, from, shape) is { } written
            ? change with { From = written }
            : change;

    private static MapNode StateOf(KubernetesResource resource) =>
        KubectlKeys.Normal(resource.Root) is var root && resource.Id.Type == "Secret" ? SecretData.Normal(root) : root;

    private KubernetesComparer ComparerOf(KubernetesResource desired) =>
        new(KubernetesKinds.Canonical(desired.Id.Type), mergesLists: _kinds.CustomKindOf(desired) is null, _secrets);

    // A whole live object that was edited (kubectl edit, kubectl replace) says everything; of a manifest only what was applied before and
    // is left out now is taken away. Null where nothing records what was.
    private static Ownership? OwnedOf(MapNode from, MapNode to) =>
        !LiveObjects.IsLive(from) || LiveObjects.IsLive(to) ? Ownership.All : AppliedFields.Of(from);

    private Version ReleaseOf(KubernetesResource before, bool isLive)
    {
        if (_release is not null)
            return _release;
        var newest = Version.Parse(KubernetesDialect.Newest);
        return isLive && UpdateTable.NewestReleaseOf(before.Id.Type, before.Root) is { } older ? older : newest;
    }

    // What else is different under the new name comes with the new object and mutates nothing.
    private void AddContent(ResourceChange change)
    {
        if (change.Desired is not KubernetesResource desired || change.Baseline is not KubernetesResource before)
            return;
        var (from, to) = (StateOf(before), StateOf(desired));
        foreach (var field in ComparerOf(desired).Compare(from, to, _kinds.ShapeOf(desired), OwnedOf(from, to) ?? Ownership.Nothing))
            Add(change, desired, field, field, new Verdict(Effect.None, Certainty.Certain, "comes with the new object"));
    }

    // What names an object is no field that could be updated.
    private static void AddIdentity(ResourceChange change, KubernetesResource desired, KubernetesResource before)
    {
        var (old, next) = (before.Id, desired.Id);
        var parts = new List<(string Path, string? From, string? To, Node? Node)>();
        if (KubernetesKinds.Canonical(old.Type) != KubernetesKinds.Canonical(next.Type))
            parts.Add(before.Kind != desired.Kind ? ("kind", before.Kind, desired.Kind, desired.Root["kind"])
                : ("apiVersion", before.ApiVersion, desired.ApiVersion, desired.Root["apiVersion"]));
        if (old.Name != next.Name)
            parts.Add(("metadata.name", old.Name, next.Name, desired.NameNode));
        if (old.Namespace is not null && next.Namespace is not null && old.Namespace != next.Namespace)
            parts.Add(("metadata.namespace", old.Namespace, next.Namespace, desired.Metadata?["namespace"]));
        foreach (var (path, from, to, node) in parts)
        {
            change.Previous = old;
            change.Reasons.Add(IdentityReason.Of(path, from, to, desired, node));
        }
    }

    // What is secret in the objects that are compared: their nodes, because what is merged holds nodes of both.
    private SecretNodes SecretsOf(ResourceChange change)
    {
        if (_secretNodes.TryGetValue(change, out var known))
            return known;
        var found = new SecretNodes();
        foreach (var resource in new[] { change.Baseline, change.Desired }.OfType<KubernetesResource>())
        {
            KubernetesSecrets.Find(resource.Root, found);
            if (StateOf(resource) is var state && state != resource.Root)
                KubernetesSecrets.Find(state, found);
        }

        if (change.After is { } after)
            KubernetesSecrets.Find(after, found);

        if (change.Desired is not null && _input.Baseline.DryRuns.TryGetValue(change.Desired.Id, out var answer)
            && answer.Result is KubernetesResource result)
            KubernetesSecrets.Find(StateOf(result), found);
        return _secretNodes[change] = found;
    }

    private void Add(ResourceChange change, KubernetesResource desired, FieldChange field, FieldChange decisive, Verdict verdict)
    {
        // The weightiest field of a structure that came or went is named, the rest comes with it.
        var secrets = SecretsOf(change);
        var (from, to) = (decisive.From, decisive.To);
        var isSecret = _secrets.IsSecret(desired.Id.Type, decisive.Path) || secrets.Covers(from) || secrets.Covers(to);
        change.Reasons.Add(new Reason(
            decisive.Path.ToString(),
            isSecret || from is null ? null : Reason.ValueOf(from, secrets),
            isSecret || to is null ? null : Reason.ValueOf(to, secrets),
            verdict.Effect,
            verdict.Certainty,
            verdict.Why,
            desired,
            PlaceOf(desired, ShapeValidator.Underline(decisive.Place ?? field.Place ?? desired.NameNode), from, to))
        { IsSecret = isSecret, HidesLine = desired.Id.Type == "Secret", WasThere = from is not null, IsThere = to is not null });
    }

    // Of a value that was put together from several sources, the part that changed tells which of them did.
    private static TextSpan PlaceOf(KubernetesResource desired, TextSpan whole, Node? from, Node? to)
    {
        if (desired.Manifest.Origin is not { } map)
            return whole;
        var built = whole.Shift(desired.Slot.Start);
        return map.Of(built) is [var origin, ..] && origin.Built.Contains(built) ? whole
            : ChangedPart.Of(desired.Slot.Document.Text, from, to) ?? whole;
    }
}
