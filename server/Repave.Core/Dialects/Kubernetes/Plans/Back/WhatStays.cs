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

    private static readonly Dictionary<string, string> MayBeTwice = new(StringComparer.Ordinal)
    {
        ["imagePullSecrets"] = "name",
        ["env"] = "name",
        ["secrets"] = "name",
        ["volumes"] = "name",
        ["containers"] = "name",
        ["initContainers"] = "name",
        ["webhooks"] = "name",
        ["hostAliases"] = "ip",
        ["volumeMounts"] = "mountPath",
        ["volumeDevices"] = "devicePath",
        ["ports"] = "containerPort",
        ["topologySpreadConstraints"] = "topologyKey",
    };

    public static void Judge(ReturnPair pair)
    {
        if (pair.Forward is not { Desired: KubernetesResource now, Baseline: KubernetesResource old } || pair.Way.How == BackHow.Never)
            return;
        EmptyEntries.Judge(pair.Way, old.Root, now.Root);
        JudgeTwice(pair.Way, old.Root, now.Root,
            now.Kind is "Deployment" or "StatefulSet" or "DaemonSet" ? BackHow.Roll : BackHow.InPlace, 0);
        if (now.Is("ReplicationController", ""))
            JudgeLabels(pair.Way, old, now);
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

    // Without labels of its own it gets those of its pods.
    private static void JudgeLabels(WayBack way, KubernetesResource old, KubernetesResource now)
    {
        var before = LabelsOf(old.Root);
        if (before.Count > 0 && LabelsOf(now.Root).Count == 0
            && LabelsOf(now.Root["spec"]?["template"]).Find(label => !before.Contains(label)) is { } added)
            way.Say($"The label '{added}' stays, which the server takes from the pods where the change leaves it none.");
    }

    private static List<string> LabelsOf(Node? holder) =>
        holder?["metadata"]?["labels"] is MapNode labels ? EmptyEntries.KeysOf(labels, isEmpty: false) : [];

    private static void JudgeAddress(WayBack way, KubernetesResource old, KubernetesResource now)
    {
        var (before, after) = (old.Root["spec"], now.Root["spec"]);
        if (before?.TextAt("type") != External && after?.TextAt("type") == External && before?.TextAt("clusterIP") != "None")
            way.Say("Its cluster IP is given up, and going back gets another one: whoever kept the address must look it up again.");
    }

    // kubectl tells ports apart by their numbers alone: of two that share one (written twice, or TCP and UDP) it takes away both where one
    // goes, and the server fills in what is left of the other.
    private static void JudgePorts(WayBack way, KubernetesResource old, KubernetesResource now)
    {
        var (before, after) = (PortsOf(old), PortsOf(now));
        var twice = before.Distinct().Where(p => after.Count(a => a == p) > before.Count(b => b == p)).ToList();
        if (twice.Count == 0)
            return;
        var isWritten = after.Count(a => a == twice[0]) > WholePortsOf(now).Distinct().Count(p => p.StartsWith(twice[0] + " ",
            StringComparison.Ordinal));
        if (!isWritten && !HasMore(old, twice[0]))
            return;
        if (!isWritten)
            way.Worsen(BackHow.InPlace, $"The port {twice[0]} is a duplicate in the change, of another protocol: kubectl does not tell "
                + "them apart, and on the way back the port that stays loses its name and target port. Apply it with --server-side, or "
                + "replace it.");
        else if (twice.Count == before.Distinct().Count())
            way.Worsen(BackHow.Replace, $"The port {twice[0]} is a duplicate in the change: kubectl takes it away on the way back, and the "
                + "server refuses a Service without ports.");
        else
            way.Worsen(BackHow.InPlace, $"The port {twice[0]} is a duplicate in the change: kubectl takes it away on the way back.");
    }

    private static IEnumerable<Node> EntriesOf(KubernetesResource service) => service.Root["spec"]?.ItemsAt("ports") ?? [];

    // Whether a port says more than the server fills in.
    private static bool HasMore(KubernetesResource service, string number) =>
        EntriesOf(service).Any(p => p.TextAt("port") == number && p is MapNode map
            && map.AllEntries.Any(e => e.Name is not ("port" or "protocol")));

    private static List<string> PortsOf(KubernetesResource service) =>
        [.. EntriesOf(service).Select(p => p.TextAt("port")).OfType<string>()];

    private static IEnumerable<string> WholePortsOf(KubernetesResource service) =>
        EntriesOf(service).Select(p => $"{p.TextAt("port")} {p.TextAt("protocol") ?? "TCP"}");

    // So it is with whatever else is merged by a key and taken by the server twice.
    private static void JudgeTwice(WayBack way, Node? old, Node? now, BackHow how, int depth)
    {
        if (depth > SyntaxLimits.Depth)
            return;
        if (old is ListNode olds && now is ListNode news)
        {
            for (var i = 0; i < Math.Min(olds.Items.Count, news.Items.Count); i++)
                JudgeTwice(way, olds.Items[i].Resolved, news.Items[i].Resolved, how, depth + 1);
            return;
        }

        foreach (var entry in (old as MapNode)?.AllEntries ?? [])
        {
            if (entry.Name is not { } name || now?[name] is not { } other || entry.Value.Resolved is not { } value)
                continue;
            if (MayBeTwice.TryGetValue(name, out var key))
            {
                var keys = (other as ListNode)?.ResolvedItems.Select(i => i.TextAt(key)).ToList() ?? [];
                foreach (var one in ((value as ListNode)?.ResolvedItems ?? []).Select(i => i.TextAt(key)).OfType<string>().Distinct())
                {
                    if (keys.Count(k => k == one) > 1)
                        way.Worsen(how, $"'{one}' of {name} is a duplicate in the change: kubectl takes it away on the way back.");
                }
            }

            JudgeTwice(way, value, other, how, depth + 1);
        }
    }

    // Where the old manifest has a stringData too, the server writes what is to be taken away of it as an empty value, over what stands
    // under data.
    private static void JudgeKeys(WayBack way, KubernetesResource old, KubernetesResource now)
    {
        var texts = new HashSet<string>(KeysOf(old, "stringData"), StringComparer.Ordinal);
        var data = new HashSet<string>(KeysOf(old, "data"), StringComparer.Ordinal);
        var added = KeysOf(now, "stringData").Where(key => !texts.Contains(key) && (texts.Count > 0 || !data.Contains(key))).ToList();
        if (added.Count == 0)
            return;
        var stays = $"The key{(added.Count == 1 ? "" : "s")} {string.Join(", ", added.Select(k => $"'{k}'"))} "
            + $"stay{(added.Count == 1 ? "s" : "")}{(texts.Count > 0 ? ", with an empty value" : "")}: kubectl does not take away "
            + "what came by stringData.";
        if (added.Exists(data.Contains))
            way.Worsen(BackHow.InPlace, stays);
        else
            way.Say(stays);
    }

    private static IEnumerable<string> KeysOf(KubernetesResource secret, string field) =>
        (secret.Root[field] as MapNode)?.AllEntries.Select(e => e.Name).OfType<string>() ?? [];
}
