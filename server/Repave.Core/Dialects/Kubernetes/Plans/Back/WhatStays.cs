using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans.Back;

/// <summary>What an object has afterwards that it had not before, though the old manifest is applied again (measured with kubectl 1.33 on
/// kube-apiserver 1.20.2).</summary>
internal static class WhatStays
{
    private const string External = "ExternalName";
    private const string Account = "serviceAccountName";

    public static void Judge(ReturnPair pair)
    {
        if (pair.Forward is not { Desired: KubernetesResource now, Baseline: KubernetesResource old } || pair.Way.How == BackHow.Never)
            return;
        if (now.Is("Service", ""))
        {
            JudgeAddress(pair.Way, old, now);
            JudgePorts(pair.Way, old, now);
        }
        else if (now.Is("Secret", ""))
        {
            JudgeKeys(pair.Way, old, now);
        }
        else if (now.PodSpec?.Node.TextAt(Account) is { Length: > 0 } account && old.PodSpec?.Node is { } before
            && before[Account] is null && before["serviceAccount"] is null)
        {
            pair.Way.Say($"The service account '{account}' stays: the server keeps it under its old name, serviceAccount, which the old "
                + "manifest does not take away.");
        }
    }

    private static void JudgeAddress(WayBack way, KubernetesResource old, KubernetesResource now)
    {
        var (before, after) = (old.Root["spec"], now.Root["spec"]);
        if (before?.TextAt("type") != External && after?.TextAt("type") == External && before?.TextAt("clusterIP") != "None")
            way.Say("Its cluster IP is given up, and going back gets another one: whoever kept the address must look it up again.");
    }

    // A port that is written twice is stored once, and kubectl takes it away where one of the two goes.
    private static void JudgePorts(WayBack way, KubernetesResource old, KubernetesResource now)
    {
        var (before, after) = (PortsOf(old), PortsOf(now));
        var twice = before.Distinct().Where(p => after.Count(a => a == p) > before.Count(b => b == p)).ToList();
        if (twice.Count == 0)
            return;
        var message = $"The port {twice[0]} is a duplicate in the change: kubectl takes it away on the way back";
        if (twice.Count == before.Distinct().Count())
            way.Worsen(BackHow.Replace, message + ", and the server refuses a Service without ports.");
        else
            way.Say(message + ".");
    }

    private static List<string> PortsOf(KubernetesResource service) =>
        [.. (service.Root["spec"]?.ItemsAt("ports") ?? []).Select(p => $"{p.TextAt("port")} {p.TextAt("protocol") ?? "TCP"}")];

    private static void JudgeKeys(WayBack way, KubernetesResource old, KubernetesResource now)
    {
        var known = new HashSet<string>(KeysOf(old, "data").Concat(KeysOf(old, "stringData")), StringComparer.Ordinal);
        var added = KeysOf(now, "stringData").Where(key => !known.Contains(key)).ToList();
        if (added.Count > 0)
            way.Say($"The key{(added.Count == 1 ? "" : "s")} {string.Join(", ", added.Select(k => $"'{k}'"))} "
                + $"stay{(added.Count == 1 ? "s" : "")}, with an empty value: kubectl does not take away what came by stringData.");
    }

    private static IEnumerable<string> KeysOf(KubernetesResource secret, string field) =>
        (secret.Root[field] as MapNode)?.AllEntries.Select(e => e.Name).OfType<string>() ?? [];
}
