using Repave.Core.Plans.Replacement;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans.Steps;

/// <summary>How an Argo Rollout goes (argoproj/argo-rollouts, docs/features and utils/replicaset/canary.go).</summary>
internal static class RolloutSteps
{
    private const int DefaultDeadline = 600;
    private const int DefaultDelay = 30;

    /// <summary>The steps of a change.</summary>
    public static ReplacementSteps? Of(MapNode? spec, MapNode? before, bool isNewTemplate)
    {
        var strategy = spec?["strategy"];
        if (spec is null || strategy is null)
            return null;
        var replicas = Math.Max(0, WorkloadBounds.Number(spec["replicas"], 1));
        var old = Math.Max(0, WorkloadBounds.Number(before?["replicas"], 1));
        var isPaused = spec["paused"] is ScalarNode { IsTrue: true };
        if (!isNewTemplate || isPaused)
            return new ReplacementSteps
            {
                MinAvailable = Math.Min(old, replicas),
                MaxTotal = Math.Max(old, replicas),
                PodsRolled = 0,
                NeedsPerson = isNewTemplate && isPaused,
                Waits = isNewTemplate && isPaused ? "a person resumes it" : null,
                CannotProgress = false,
            };
        var ready = Math.Max(0, WorkloadBounds.Number(spec["minReadySeconds"], 0));
        return strategy["blueGreen"] is { } blueGreen ? BlueGreen(blueGreen, replicas, ready)
            : strategy["canary"] is { } canary ? Canary(canary, replicas, Math.Min(old, replicas), ready) : null;
    }

    private static ReplacementSteps BlueGreen(Node blueGreen, int replicas, int ready)
    {
        var preview = WorkloadBounds.Number(blueGreen["previewReplicaCount"], replicas);
        // Who is not to be promoted waits for a person, whatever the seconds say (rollout/pause.go, CompletedBlueGreenPause).
        var waits = blueGreen["autoPromotionEnabled"] is ScalarNode { Value: "false" };
        IReadOnlyList<int> steps = replicas == 0 ? [] : preview > 0 && preview < replicas ? [preview, replicas] : [replicas];
        var seconds = (steps.Count * ready) + (waits ? 0 : Math.Max(0, WorkloadBounds.Number(blueGreen["autoPromotionSeconds"], 0)));
        return new ReplacementSteps
        {
            MinAvailable = replicas,
            MaxTotal = 2 * replicas,
            PodsRolled = replicas,
            Steps = steps,
            Minutes = seconds > 0 ? seconds / 60.0 : null,
            NeedsPerson = waits,
            Waits = waits ? "a person promotes the new side" : null,
            CannotProgress = false,
            OldKeptSeconds = WorkloadBounds.Number(blueGreen["scaleDownDelaySeconds"], DefaultDelay),
            Abort = AbortOf(blueGreen),
        };
    }

    private static ReplacementAbort AbortOf(Node strategy) =>
        WorkloadBounds.Number(strategy["abortScaleDownDelaySeconds"], DefaultDelay) is var delay && delay == 0
            ? new ReplacementAbort("kept", null) : new ReplacementAbort("scaled-down", delay);

    private static ReplacementSteps? Canary(Node canary, int replicas, int available, int ready)
    {
        var hasRouter = canary["trafficRouting"] is MapNode;
        if (WorkloadBounds.Share(canary["maxSurge"], replicas, up: true, "25%") is not { } surge
            || WorkloadBounds.Share(canary["maxUnavailable"], replicas, up: false, "25%") is not { } missing)
            return null;
        if (surge == 0 && missing == 0)
            missing = 1;
        var ceiling = replicas == 0 ? 0 : replicas + surge;
        var waves = new RollingWaves(replicas, available, Math.Max(0, replicas - missing), ceiling);
        var run = new CanaryRun(canary, replicas, surge);
        var (steps, stable) = (new List<int>(), replicas);
        var (most, routedWaves) = (replicas, 0);
        foreach (var step in canary.ItemsAt("steps"))
        {
            if (run.Take(step))
                Reach(hasRouter ? run.WithRouter() : run.Plain());
        }

        // At the end all are new; after a weight of 100 that is told already.
        var told = steps.Count;
        Reach((replicas, 0));
        if (run.Weight >= run.MaxWeight)
            steps.RemoveAt(told);
        var seconds = run.Seconds + ((hasRouter ? routedWaves : waves.Waves) * ready);
        return new ReplacementSteps
        {
            MinAvailable = hasRouter ? replicas : waves.Least,
            MaxTotal = hasRouter ? Math.Max(most, run.StableShrinks ? most : 2 * replicas) : waves.Most,
            PodsRolled = replicas,
            Steps = steps,
            Minutes = seconds > 0 || !run.NeedsPerson ? seconds / 60.0 : null,
            NeedsPerson = run.NeedsPerson,
            Waits = run.NeedsPerson ? "a person ends the pause" : null,
            CannotProgress = false,
            OldKeptSeconds = hasRouter && !run.StableShrinks ? WorkloadBounds.Number(canary["scaleDownDelaySeconds"], DefaultDelay) : null,
            Abort = hasRouter ? AbortOf(canary) : new ReplacementAbort("rolled-back", null),
        };

        void Reach((int Canary, int Stable) pods)
        {
            if (pods.Canary > (steps.Count == 0 ? 0 : steps[steps.Count - 1]))
                routedWaves++;
            steps.Add(pods.Canary);
            // With a router the stable side shrinks only once the traffic has left it.
            most = Math.Max(most, pods.Canary + Math.Max(stable, pods.Stable));
            stable = pods.Stable;
            if (!hasRouter)
                waves.Move(pods.Canary, pods.Stable);
        }
    }

    /// <summary>A canary as its steps go by.</summary>
    private sealed class CanaryRun(Node canary, int replicas, int surge)
    {
        private readonly int _least = WorkloadBounds.Number(canary["minPodsPerReplicaSet"], 0);
        private int? _held;
        private int? _heldWeight;

        public int Weight { get; private set; }

        public int MaxWeight { get; } = WorkloadBounds.Number(canary["trafficRouting"]?["maxTrafficWeight"], 100);

        public double Seconds { get; private set; }

        public bool NeedsPerson { get; private set; }

        public bool StableShrinks { get; } = canary["dynamicStableScale"] is ScalarNode { IsTrue: true };

        /// <summary>Takes a step; tells whether it changes how many pods there are.</summary>
        public bool Take(Node step)
        {
            if (step["setWeight"] is ScalarNode weight)
            {
                Weight = WorkloadBounds.Number(weight, 0);
                return true;
            }

            if (step["setCanaryScale"] is MapNode scale)
            {
                _held = scale["replicas"] is ScalarNode count ? Math.Max(0, WorkloadBounds.Number(count, 0)) : null;
                _heldWeight = scale["weight"] is ScalarNode share ? Math.Max(0, WorkloadBounds.Number(share, 0)) : null;
                return true;
            }

            if (step is MapNode map && map.Find("pause") is { } pause)
            {
                if (WorkloadBounds.Seconds(pause.Value.Resolved?["duration"]) is { } seconds)
                    Seconds += seconds;
                else
                    NeedsPerson = true;
            }
            else if (step["experiment"]?["duration"] is ScalarNode duration)
            {
                Seconds += WorkloadBounds.Seconds(duration) ?? 0;
            }

            return false;
        }

        /// <summary>Canary and stable pods where a router shares the traffic: the canary's share rounded up, the stable side
        /// whole.</summary>
        public (int Canary, int Stable) WithRouter()
        {
            var canaryPods = _held ?? (int)(((long)replicas * (_heldWeight ?? Weight) + MaxWeight - 1) / MaxWeight);
            if (canaryPods > 0 && _held is null)
                canaryPods = Math.Max(canaryPods, Math.Min(_least, replicas));
            var stable = StableShrinks ? (int)(((long)replicas * (MaxWeight - Weight) + MaxWeight - 1) / MaxWeight) : replicas;
            return (canaryPods, stable);
        }

        /// <summary>Canary and stable pods where the number of pods shares the traffic: whatever comes nearest to the weight.</summary>
        public (int Canary, int Stable) Plain()
        {
            if (replicas == 0)
                return (0, 0);
            var exact = (long)replicas * Weight;
            var (up, down) = ((int)((exact + 99) / 100), (int)(exact / 100));
            // None of one side only where that is what is asked for, or one pod cannot be shared.
            var zeroAllowed = Weight is 0 or 100 || (replicas == 1 && surge == 0);
            var options = new List<(int Canary, int Total)>();
            if (up < replicas || zeroAllowed)
                options.Add((up, replicas));
            if (exact % 100 != 50 && (down != 0 || zeroAllowed))
                options.Add((down, replicas));
            if (surge > 0)
            {
                options.Add((up, replicas + 1));
                if (((long)replicas + 1) * Weight % 100 != 50 && (down != 0 || zeroAllowed))
                    options.Add((down, replicas + 1));
            }

            if (options.Count == 0)
                return (0, replicas);
            var best = options[0];
            foreach (var option in options)
            {
                if (Distance(option) < Distance(best))
                    best = option;
            }

            return (best.Canary, best.Total - best.Canary);

            double Distance((int Canary, int Total) option) => Math.Abs(Weight - (option.Canary * 100.0 / option.Total));
        }
    }
}
