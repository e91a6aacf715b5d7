using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Validation;

/// <summary>Autoscalers and disruption budgets.</summary>
internal static class AutoscalingChecks
{
    // From this release on the target's apiVersion is demanded; before, an absent one was the core group's.
    private static readonly Version DemandsTargetVersion = new(1, 36);

    private static readonly (string Type, string Field)[] Sources =
        [("Resource", "resource"), ("ContainerResource", "containerResource"), ("Pods", "pods"), ("Object", "object"),
            ("External", "external")];

    public static void CheckAutoscaler(ServerCheck check, Field root)
    {
        var spec = root["spec"];
        var most = spec["maxReplicas"];
        if (spec["minReplicas"].Number == 0)
            check.TooLarge(spec["minReplicas"], "'spec.minReplicas' is 0, which a server takes only with the feature HPAScaleToZero.",
                Severity.Info);
        if (spec["minReplicas"].Number is { } least && most.Number is { } maximum && maximum < least)
            check.Refuse(most, $"'{most.Path}' may not be less than minReplicas ({least}).");
        var target = spec["scaleTargetRef"];
        check.Malformed(target["kind"], KubernetesFormats.PathSegment);
        check.Malformed(target["name"], KubernetesFormats.PathSegment);
        if (check.Release >= DemandsTargetVersion && (target.Exists || !spec.Exists) && target["apiVersion"].IsEmpty)
            check.Require(target["apiVersion"]);
        foreach (var metric in spec["metrics"].Items)
            CheckMetric(check, metric);
        foreach (var direction in (string[])["scaleUp", "scaleDown"])
        {
            var rules = spec["behavior"][direction];
            if (rules["policies"] is { Value: Syntax.ListNode { Items.Count: 0 } } policies)
                check.Require(policies, "if given: at least one");
        }
    }

    private static void CheckMetric(ServerCheck check, Field metric)
    {
        foreach (var (type, name) in Sources)
        {
            var source = metric[name];
            if (metric["type"].Text == type)
            {
                if (!source.Exists)
                    check.Require(source, $"for a metric of the type {type}");
                else
                {
                    check.Malformed(source["metric"]["name"], KubernetesFormats.PathSegment);
                    check.Malformed(source["describedObject"]["kind"], KubernetesFormats.PathSegment);
                    check.Malformed(source["describedObject"]["name"], KubernetesFormats.PathSegment);
                    CheckTarget(check, source["target"], type is "Resource" or "ContainerResource");
                }
            }
            else if (metric["type"].Text is { } other && Sources.Any(s => s.Type == other))
            {
                check.Forbid(source, $"for a metric of the type {other}");
            }
        }
    }

    private static void CheckTarget(ServerCheck check, Field target, bool isResource)
    {
        if (!target.Exists)
            return;
        if (isResource)
        {
            if (!target["averageUtilization"].Exists && !target["averageValue"].Exists)
                check.Require(target["averageUtilization"], "(or averageValue)");
            else if (target["averageUtilization"].Exists && target["averageValue"].Exists)
                check.Forbid(target["averageValue"], "beside averageUtilization");
        }
        else if (!target["value"].Exists && !target["averageValue"].Exists)
        {
            check.Require(target["averageValue"], "(or value)");
        }

        foreach (var amount in (Field[])[target["value"], target["averageValue"]])
        {
            if (ResourceChecks.Amount(amount) is <= 0)
                check.Refuse(amount, $"'{amount.Path}' must be greater than 0.");
        }
    }

    public static void CheckDisruptionBudget(ServerCheck check, Field root)
    {
        var spec = root["spec"];
        if (spec["minAvailable"].Exists && spec["maxUnavailable"].Exists)
            check.Refuse(spec, "'spec' may have only one of minAvailable and maxUnavailable.");
        ResourceChecks.CountOrPercent(check, spec["minAvailable"], atMostAll: true);
        ResourceChecks.CountOrPercent(check, spec["maxUnavailable"], atMostAll: true);
        SelectorChecks.CheckLabelSelector(check, spec["selector"]);
    }
}
