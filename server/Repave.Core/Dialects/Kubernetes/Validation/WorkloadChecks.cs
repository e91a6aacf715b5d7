namespace Repave.Core.Dialects.Kubernetes.Validation;

/// <summary>Resources that run pods.</summary>
internal static class WorkloadChecks
{
    public static void CheckPod(ServerCheck check, Field root) => PodChecks.Check(check, root["spec"]);

    public static void CheckPodTemplate(ServerCheck check, Field root) => PodChecks.Check(check, root["template"]["spec"]);

    public static void CheckDeployment(ServerCheck check, Field root)
    {
        var spec = root["spec"];
        CheckController(check, spec);
        var strategy = spec["strategy"];
        check.NotAllowed(strategy["type"], "Recreate", "RollingUpdate");
        if (strategy["type"].Text == "Recreate")
            check.Forbid(strategy["rollingUpdate"], "with the type Recreate");
        CheckRollingUpdate(check, strategy["rollingUpdate"]);
        var deadline = spec["progressDeadlineSeconds"].Number ?? 600;
        if (spec["minReadySeconds"].Number is { } ready && ready >= deadline && spec["progressDeadlineSeconds"].Number is null or >= 0)
            check.Refuse(spec["progressDeadlineSeconds"],
                $"'{spec["progressDeadlineSeconds"].Path}' ({deadline}{(spec["progressDeadlineSeconds"].Exists ? "" : " if not set")}) "
                    + $"must be greater than minReadySeconds ({ready}).");
    }

    public static void CheckReplicaSet(ServerCheck check, Field root) => CheckController(check, root["spec"]);

    public static void CheckReplicationController(ServerCheck check, Field root)
    {
        var spec = root["spec"];
        var template = spec["template"];
        if (!template.Exists)
        {
            check.Require(template);
            if (spec["selector"].IsEmpty)
                check.Require(spec["selector"]);
            return;
        }

        var labels = template["metadata"]["labels"];
        var selector = spec["selector"].TextMap();
        // Without a selector, the template's labels are taken for one.
        if (selector.Count == 0 && labels.IsEmpty)
        {
            check.Require(spec["selector"]);
            check.Require(labels);
        }
        else if (selector.Any(s => !labels.TextMap().TryGetValue(s.Key, out var value) || value != s.Value))
        {
            check.Refuse(labels, $"'{labels.Path}' must satisfy the selector, so that the controller finds the pods that it makes.",
                against: spec["selector"]);
        }

        CheckRestartsAlways(check, template["spec"]);
        PodChecks.Check(check, template["spec"]);
    }

    public static void CheckDaemonSet(ServerCheck check, Field root)
    {
        var spec = root["spec"];
        CheckController(check, spec);
        var strategy = spec["updateStrategy"];
        check.NotAllowed(strategy["type"], "OnDelete", "RollingUpdate");
        CheckRollingUpdate(check, strategy["rollingUpdate"], surgeIsZero: true);
    }

    public static void CheckStatefulSet(ServerCheck check, Field root)
    {
        var spec = root["spec"];
        var claims = new List<string>();
        foreach (var claim in spec["volumeClaimTemplates"].Items)
        {
            StorageChecks.CheckClaim(check, claim["spec"]);
            var name = claim["metadata"]["name"];
            if (name.Text is { Length: > 0 } text && KubernetesFormats.DnsLabel(text) is null)
            {
                if (claims.Contains(text))
                    check.Refuse(name, $"Another claim template is named \"{text}\" too.");
                claims.Add(text);
            }
            else if (name.IsEmpty)
            {
                check.Require(name);
            }

            check.Malformed(name, KubernetesFormats.DnsLabel);
        }

        CheckController(check, spec, claims);
        check.NotAllowed(spec["podManagementPolicy"], "OrderedReady", "Parallel");
        var strategy = spec["updateStrategy"];
        check.NotAllowed(strategy["type"], "OnDelete", "RollingUpdate");
        if (strategy["type"].Text == "OnDelete")
            check.Forbid(strategy["rollingUpdate"], "with the type OnDelete");
        var unavailable = strategy["rollingUpdate"]["maxUnavailable"];
        if (ResourceChecks.CountOrPercent(check, unavailable, atMostAll: true) is 0)
            check.Refuse(unavailable, $"'{unavailable.Path}' may not be 0.");
    }

    public static void CheckJob(ServerCheck check, Field root)
    {
        CheckJobSpec(check, root["spec"]);
        if (root["spec"]["completionMode"].Text == "Indexed" && root["metadata"]["name"].Text is { } name)
            check.Malformed(root["metadata"]["name"],
                _ => KubernetesFormats.DnsLabel($"{name}-{Math.Max(0, (root["spec"]["completions"].Number ?? 1) - 1)}") is { } reason
                    ? $"with the index behind it, {reason}"
                    : null);
    }

    public static void CheckCronJob(ServerCheck check, Field root)
    {
        check.NotAllowed(root["spec"]["concurrencyPolicy"], "Allow", "Forbid", "Replace");
        CheckJobSpec(check, root["spec"]["jobTemplate"]["spec"]);
    }

    private static void CheckJobSpec(ServerCheck check, Field spec)
    {
        var template = spec["template"];
        var restart = template["spec"]["restartPolicy"];
        if (restart.IsEmpty)
            check.Require(restart, "in a Job: OnFailure or Never");
        else
            check.NotAllowed(restart, "Never", "OnFailure");
        PodChecks.Check(check, template["spec"]);
        CheckJobMode(check, spec);
        CheckFailurePolicy(check, spec, restart);
    }

    private static void CheckJobMode(ServerCheck check, Field spec)
    {
        check.NotAllowed(spec["completionMode"], "Indexed", "NonIndexed");
        var replacement = spec["podReplacementPolicy"];
        check.NotAllowed(replacement, "Failed", "TerminatingOrFailed");
        if (spec["podFailurePolicy"].Exists && replacement.Text == "TerminatingOrFailed")
            check.Refuse(replacement, $"'{replacement.Path}' must be Failed where a podFailurePolicy is set.");
        if (spec["completionMode"].Text == "Indexed")
        {
            if (spec["completions"].IsEmpty)
                check.Require(spec["completions"], "with completionMode Indexed");
        }
        else
        {
            check.Forbid(spec["backoffLimitPerIndex"], "unless completionMode is Indexed");
            check.Forbid(spec["maxFailedIndexes"], "unless completionMode is Indexed");
            check.Forbid(spec["successPolicy"], "unless completionMode is Indexed");
        }

        var failed = spec["maxFailedIndexes"];
        if (failed.Exists && spec["backoffLimitPerIndex"].IsEmpty)
            check.Require(spec["backoffLimitPerIndex"], "where maxFailedIndexes is set");
        if (failed.Number is { } most && spec["completions"].Number is { } completions && most > completions)
            check.Refuse(failed, $"'{failed.Path}' may not be more than completions ({completions}).");
    }

    private static void CheckFailurePolicy(ServerCheck check, Field spec, Field restart)
    {
        var policy = spec["podFailurePolicy"];
        if (!policy.Exists)
            return;
        if (restart.Text == "OnFailure")
            check.Refuse(restart, $"'{restart.Path}' must be Never where a podFailurePolicy is set.");
        foreach (var rule in policy["rules"].Items)
        {
            check.NotAllowed(rule["action"], "Count", "FailIndex", "FailJob", "Ignore");
            if (rule["action"].Text == "FailIndex" && spec["backoffLimitPerIndex"].IsEmpty)
                check.Refuse(rule["action"], $"'{rule["action"].Path}' may be FailIndex only where backoffLimitPerIndex is set.");
            if (rule.Mapping is not null && rule["onExitCodes"].Exists == !rule["onPodConditions"].IsEmpty)
                check.Refuse(rule, $"'{rule.Path}' must have exactly one of onExitCodes and onPodConditions.");
            var codes = rule["onExitCodes"];
            check.NotAllowed(codes["operator"], "In", "NotIn");
            foreach (var code in codes["values"].Items)
            {
                if (code.Number is 0 && codes["operator"].Text == "In")
                    check.Refuse(code, $"'{code.Path}' may not be 0 with the operator In: an exit code of 0 is not a failure.");
            }
        }
    }

    internal static void CheckController(ServerCheck check, Field spec, IReadOnlyCollection<string>? extraVolumes = null)
    {
        var selector = spec["selector"];
        SelectorChecks.CheckLabelSelector(check, selector);
        var template = spec["template"];
        var labels = template["metadata"]["labels"];
        if (!selector.Exists)
            check.Require(selector);
        else if (SelectorChecks.IsEmpty(selector))
            check.Refuse(selector, $"'{selector.Path}' must select something: an empty selector is refused.");
        if (labels.IsEmpty)
            check.Require(labels, "and must satisfy the selector");
        else if (selector.Exists && !SelectorChecks.Matches(selector, labels.TextMap()))
            check.Refuse(labels,
                $"'{labels.Path}' must satisfy '{selector.Path}', so that the {check.Resource.Kind} finds the pods that it makes.",
                against: selector);
        CheckRestartsAlways(check, template["spec"]);
        PodChecks.Check(check, template["spec"], extraVolumes);
        var deadline = template["spec"]["activeDeadlineSeconds"];
        check.Forbid(deadline, $"in a {check.Resource.Kind}");
    }

    private static void CheckRestartsAlways(ServerCheck check, Field spec)
    {
        if (spec["restartPolicy"].Text is { Length: > 0 } policy && policy != "Always")
            check.Refuse(spec["restartPolicy"], $"'{spec["restartPolicy"].Path}' must be Always in a {check.Resource.Kind}.");
    }

    private static void CheckRollingUpdate(ServerCheck check, Field rolling, bool surgeIsZero = false)
    {
        var surge = ResourceChecks.CountOrPercent(check, rolling["maxSurge"], atMostAll: surgeIsZero);
        var unavailable = ResourceChecks.CountOrPercent(check, rolling["maxUnavailable"], atMostAll: true);
        var noSurge = surge is 0 || (surgeIsZero && !rolling["maxSurge"].Exists);
        if (noSurge && unavailable is 0)
            check.Refuse(rolling["maxUnavailable"],
                $"'{rolling["maxUnavailable"].Path}' may not be 0 when maxSurge is 0 as well: no pod could ever be replaced.");
        if (surgeIsZero && surge is > 0 && unavailable is not 0)
            check.Refuse(rolling["maxSurge"], $"'{rolling["maxSurge"].Path}' may be set in a DaemonSet only when maxUnavailable is 0.");
    }
}
