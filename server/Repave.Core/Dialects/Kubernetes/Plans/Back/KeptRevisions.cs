using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans.Back;

/// <summary>Old versions that are kept beside the new one, so that going back is a matter of traffic: the old side of an Argo Rollout's
/// blue-green strategy (argoproj/argo-rollouts, docs/features/bluegreen.md, scaleDownDelaySeconds) and revisions of Knative services
/// (knative.dev, "Traffic management").</summary>
internal static class KeptRevisions
{
    // What is kept for less than this is gone before somebody has seen that something is wrong.
    private const int LeastSeconds = 600;

    public static void Judge(ReturnPair pair)
    {
        if (pair.Forward is not { Desired: KubernetesResource now, Baseline: KubernetesResource old }
            || pair.Way.How is not (BackHow.InPlace or BackHow.Roll))
            return;
        if (now.Is("Rollout", "argoproj.io"))
            JudgeRollout(pair);
        else if (now.Group == "serving.knative.dev" && now.Kind is "Service" or "Route")
            JudgeRevisions(pair, old, now);
    }

    private static void JudgeRollout(ReturnPair pair)
    {
        // A canary goes through its steps again, whatever of it is still there (rollout/sync.go, isFastRollback).
        if (pair.Way.How != BackHow.Roll || pair.Forward.Steps is not { OldKeptSeconds: { } seconds }
            || pair.Forward.DesiredRoot()?.At("spec", "strategy", "blueGreen") is null)
            return;
        var limit = pair.Forward.DesiredRoot()?.At("spec", "strategy", "blueGreen", "scaleDownDelayRevisionLimit");
        if (seconds >= LeastSeconds && limit is not ScalarNode { Integer: 0 })
            pair.Way.Set(BackHow.AtOnce, $"The old side is kept for {seconds} seconds after the switch, and only the service moves.");
        else
            pair.Way.Say($"The old side is gone after {seconds} seconds and is made again before the switch.");
    }

    private static void JudgeRevisions(ReturnPair pair, KubernetesResource old, KubernetesResource now)
    {
        var changed = pair.Forward.Reasons.Concat(pair.ReasonsBack).ToList();
        var isTemplate = changed.Exists(r => r.Path.StartsWith("spec.template", StringComparison.Ordinal));
        var targets = old.Root["spec"]?.ItemsAt("traffic").ToList() ?? [];
        var (name, newName) = (NameOf(old), NameOf(now));
        if (!isTemplate)
        {
            if (changed.Exists(r => r.Path.StartsWith("spec.traffic", StringComparison.Ordinal)))
                pair.Way.Set(BackHow.AtOnce, "The revisions are kept; only the traffic moves.");
        }
        else if (name is not null && name != newName)
        {
            pair.Way.Set(BackHow.AtOnce, $"The revision '{name}' is kept, and gets the traffic back.");
        }
        else if (targets.Count > 0 && targets.TrueForAll(t => t.TextAt("revisionName") is { Length: > 0 }))
        {
            pair.Way.Set(BackHow.AtOnce, "The revisions that get the traffic back are kept.");
        }
        else if (pair.Way.How == BackHow.InPlace)
        {
            pair.Way.Set(BackHow.Roll, "A new revision is made of the old template, which starts in pods of its own.");
        }
    }

    private static string? NameOf(KubernetesResource service) =>
        service.Root.At("spec", "template", "metadata")?.TextAt("name") is { Length: > 0 } name ? name : null;
}
