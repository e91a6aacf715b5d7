using Repave.Core.Dialects.Kubernetes.Validation;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.Core.Rules;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans.Steps;

/// <summary>How workloads come from one state to the other, as their controllers do it (kubernetes/kubernetes, pkg/controller).</summary>
internal sealed class WorkloadSteps
{
    private const string ByHand = "a person deletes the old pods";

    private readonly ResourceChange _change;
    private readonly KubernetesResource _resource;
    private readonly StepsContext _context;
    private readonly MapNode? _spec;
    private readonly MapNode? _before;
    private readonly bool _isNewTemplate;
    private readonly int _ready;

    private WorkloadSteps(ResourceChange change, KubernetesResource resource, KubernetesResource before, StepsContext context)
    {
        (_change, _resource, _context) = (change, resource, context);
        _spec = (change.After ?? resource.Root).MappingAt("spec");
        _before = before.Root.MappingAt("spec");
        _isNewTemplate = change.Reasons.Exists(r =>
            r.Path == "spec.template" || r.Path.StartsWith("spec.template.", StringComparison.Ordinal));
        _ready = Math.Max(0, WorkloadBounds.Number(_spec?["minReadySeconds"], 0));
    }

    /// <summary>The steps of a change; null if nothing is known of its kind.</summary>
    public static ReplacementSteps? Of(ResourceChange change, StepsContext context)
    {
        if (change.Desired is not KubernetesResource resource || change.Baseline is not KubernetesResource before)
            return null;
        // What stays as it is takes no steps; a canary and a rollout may follow another workload that changes.
        if (change is { Action: PlanAction.None, Reasons.Count: 0, Warnings.Count: 0 } && resource.Group is ("apps" or "batch" or ""))
            return null;
        var steps = new WorkloadSteps(change, resource, before, context);
        return (resource.Kind, resource.Group) switch
        {
            ("Deployment", "apps") => steps.Judged(steps.Deployment),
            ("StatefulSet", "apps") => steps.Judged(steps.StatefulSet),
            ("DaemonSet", "apps") => steps.Judged(steps.DaemonSet),
            ("ReplicaSet", "apps") or ("ReplicationController", "") => steps.Judged(steps.Scaled),
            ("Job", "batch") or ("CronJob", "batch") => steps.Judged(() => new ReplacementSteps { PodsRolled = 0 }),
            ("Rollout", "argoproj.io") => steps.Judged(() => RolloutSteps.Of(steps._spec, steps._before, steps._isNewTemplate)),
            ("Canary", "flagger.app") => CanarySteps.Of(resource, context),
            (_, "serving.knative.dev") => KnativeSteps.Of(change, resource, before, context),
            _ => null,
        };
    }

    // What a server refuses has no steps.
    private ReplacementSteps? Judged(Func<ReplacementSteps?> steps)
    {
        if (_change.Action == PlanAction.Unknown)
            return null;
        if (_change is { Action: PlanAction.Replace, Mechanism: ResourceChange.DeleteAndCreate })
            return new ReplacementSteps { Refused = true, Replaced = true, PodsRolled = 0 };
        if (!_resource.IsPartial && Refusal() is { } why)
            return ReplacementSteps.OfRefused(why);
        return steps() is { } found ? found with { Instance = "pod", Revision = RevisionOf() } : null;
    }

    // The revision of the state before, which its controller keeps where a history is kept at all.
    private string? RevisionOf()
    {
        if (!_isNewTemplate || _spec?["revisionHistoryLimit"] is ScalarNode { Integer: 0 })
            return null;
        var annotations = _change.Baseline is KubernetesResource before ? before.Root["metadata"]?["annotations"] : null;
        var key = _resource.Kind switch
        {
            "Deployment" => "deployment.kubernetes.io/revision",
            "Rollout" => "rollout.argoproj.io/revision",
            _ => null,
        };
        return key is not null && annotations?.TextAt(key) is { Length: > 0 and < 20 } revision ? revision : null;
    }

    private string? Refusal()
    {
        var sink = new FindingSink(_resource.Manifest, _resource.Slot, Settings.Default);
        // A field that a shape does not know is dropped or refused by who applies it, as they please; a status is not read.
        var issues = _context.ShapeOf(_resource) is { } shape
            ? ShapeValidator.Validate(_resource.Root, shape, KubernetesCheck.ReadingOf(_resource, isCustom: false))
                .Where(i => i.IsRefused && i.Kind != ShapeIssueKind.UnknownField
                    && !i.Path.StartsWith("status", StringComparison.Ordinal)).ToList()
            : [];
        if (issues.Count > 0)
            return issues[0].Message;
        var check = new ServerCheck(_resource, sink, _context.Release, []);
        ServerRules.Check(check);
        ServerRules.CheckController(check, isDefined: true);
        return sink.Findings.FirstOrDefault(f => f.Severity == Severity.Error)?.Message;
    }

    private int Replicas(MapNode? spec) => Math.Max(0, WorkloadBounds.Number(spec?["replicas"], 1));

    private double? Minutes(int waves) => _ready > 0 && waves > 0 ? waves * _ready / 60.0 : null;

    // No new pods: only their number may change.
    private ReplacementSteps Scaled()
    {
        var (old, wanted) = (Replicas(_before), Replicas(_spec));
        return new ReplacementSteps
        {
            MinAvailable = Math.Min(old, wanted),
            MaxTotal = Math.Max(old, wanted),
            PodsRolled = 0,
            NeedsPerson = false,
            CannotProgress = false,
        };
    }

    private ReplacementSteps? Deployment()
    {
        var (old, wanted) = (Replicas(_before), Replicas(_spec));
        var strategy = _spec?["strategy"];
        if (_spec?["paused"] is ScalarNode { IsTrue: true })
            return Scaled() with { NeedsPerson = _isNewTemplate, Waits = _isNewTemplate ? "a person resumes it" : null };
        if (!_isNewTemplate)
            return Scaled();
        if (strategy?.TextAt("type") == "Recreate")
            return new ReplacementSteps
            {
                MinAvailable = 0,
                MaxTotal = Math.Max(old, wanted),
                PodsRolled = Math.Min(old, wanted),
                Steps = wanted > 0 ? [wanted] : [],
                Minutes = Minutes(wanted > 0 ? 1 : 0),
                NeedsPerson = false,
                CannotProgress = false,
            };
        if (WorkloadBounds.Share(strategy?["rollingUpdate"]?["maxSurge"], wanted, up: true, "25%") is not { } surge
            || WorkloadBounds.Share(strategy?["rollingUpdate"]?["maxUnavailable"], wanted, up: false, "25%") is not { } missing)
            return null;
        if (surge == 0 && missing == 0)
            missing = 1;
        missing = Math.Min(missing, wanted);
        // The old ones are brought to the new number first.
        var ceiling = Math.Min(wanted + surge, _context.PodsOf(_resource) ?? int.MaxValue);
        var waves = new RollingWaves(Math.Min(wanted, Math.Max(old, Math.Min(wanted, ceiling))), Math.Min(old, wanted), wanted - missing,
            ceiling);
        var arrives = waves.Move(wanted, 0);
        return new ReplacementSteps
        {
            Room = RoomOf(waves.Most - old, missing),
            MinAvailable = waves.Least,
            MaxTotal = Math.Max(old, waves.Most),
            PodsRolled = arrives ? Math.Min(old, wanted) : Math.Min(waves.New, Math.Min(old, wanted)),
            Steps = waves.Steps,
            Minutes = Minutes(waves.Waves),
            NeedsPerson = false,
            CannotProgress = !arrives,
            Why = arrives ? null : "a quota leaves no room for the new pods",
        };
    }

    // What the nodes say of pods beside the old ones; they may be more nodes by then.
    private string? RoomOf(int beside, int missing)
    {
        if (beside <= 0 || (_change.After ?? _resource.Root).At("spec", "template", "spec") is not MapNode pod
            || _context.RoomFor(pod) is not { } room || room >= beside)
            return null;
        var asks = NodeRoom.Words(pod) is { Length: > 0 } words ? $" ({words})" : "";
        return room > 0 ? $"the nodes have room for {room} of the {beside} pods beside the old ones now{asks}"
            : missing > 0 ? $"no node has room for a pod beside the old ones now{asks}, so old ones go first"
            : $"no node has room for a pod beside the old ones now{asks}: it waits until one has";
    }

    private ReplacementSteps? StatefulSet()
    {
        var (old, wanted) = (Replicas(_before), Replicas(_spec));
        var strategy = _spec?["updateStrategy"];
        if (!_isNewTemplate)
            return Scaled();
        var isByHand = strategy?.TextAt("type") == "OnDelete";
        var rolling = strategy?["rollingUpdate"];
        // The controller counts pods from 0 here, wherever their ordinals begin.
        var partition = Math.Max(0, WorkloadBounds.Number(rolling?["partition"], 0));
        var kept = Math.Min(old, wanted);
        var rolled = isByHand ? 0 : Math.Max(0, kept - partition);
        var added = Math.Max(0, wanted - Math.Max(old, partition));
        var isParallel = _spec?.TextAt("podManagementPolicy") == "Parallel";
        var several = rolling?["maxUnavailable"] is ScalarNode { IsNull: false };
        if (WorkloadBounds.Share(rolling?["maxUnavailable"], wanted, up: true, "1") is not { } missing)
            return null;
        missing = Math.Max(1, missing);
        var steps = new List<int>();
        // Pods that are new come one by one, or together, before old ones are replaced.
        for (var i = 1; i <= added; i++)
        {
            if (!isParallel || i == added)
                steps.Add(i);
        }

        var waves = steps.Count;
        for (var done = 0; done < rolled; waves++)
        {
            done = Math.Min(rolled, done + missing);
            steps.Add(added + done);
        }

        return new ReplacementSteps
        {
            // While pods are added nothing is missing of what was there.
            MinAvailable = rolled == 0 ? kept : Math.Max(0, Math.Min(added > 0 ? old : wanted - Math.Min(missing, rolled),
                wanted - Math.Min(missing, rolled))),
            MaxTotal = Math.Max(old, wanted),
            PodsRolled = rolled,
            Steps = steps,
            Minutes = Minutes(waves),
            // Whatever is added is new all the same.
            NeedsPerson = isByHand,
            Waits = isByHand ? ByHand : null,
            CannotProgress = false,
            NeedsFeature = several && missing > 1 ? "MaxUnavailableStatefulSet" : null,
        };
    }

    private ReplacementSteps? DaemonSet()
    {
        var strategy = _spec?["updateStrategy"];
        var nodes = _context.NodesOf((KubernetesResource)_change.Baseline!);
        var waits = strategy?.TextAt("type") == "OnDelete";
        if (!_isNewTemplate || waits)
            return new ReplacementSteps
            {
                MinAvailable = nodes,
                MaxTotal = nodes,
                Nodes = nodes,
                PodsRolled = 0,
                NeedsPerson = _isNewTemplate && waits,
                Waits = _isNewTemplate && waits ? ByHand : null,
                CannotProgress = false,
            };
        // On how many nodes it runs, no manifest says.
        if (nodes is not { } count)
            return new ReplacementSteps { NeedsPerson = false };
        if (WorkloadBounds.Share(strategy?["rollingUpdate"]?["maxSurge"], count, up: true, "0") is not { } surge
            || WorkloadBounds.Share(strategy?["rollingUpdate"]?["maxUnavailable"], count, up: true, "1") is not { } missing)
            return null;
        surge = Math.Min(surge, count);
        missing = surge > 0 ? 0 : Math.Min(Math.Max(missing, 1), count);
        var steps = new List<int>();
        for (var done = 0; done < count;)
            steps.Add(done = Math.Min(count, done + Math.Max(1, surge + missing)));
        return new ReplacementSteps
        {
            MinAvailable = count - missing,
            MaxTotal = count + surge,
            PodsRolled = count,
            Steps = steps,
            Minutes = Minutes(steps.Count),
            NeedsPerson = false,
            CannotProgress = false,
            Nodes = count,
        };
    }
}
