using Repave.Core.Dialects.Kubernetes.Validation;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans.Steps;

/// <summary>How many more pods the nodes take, as the scheduler counts: what each node can give, less what its pods ask for
/// (kubernetes.io, "Kubernetes Scheduler", "Resource Management for Pods and Containers", "Taints and Tolerations").</summary>
internal sealed class NodeRoom
{
    private const string Pods = "pods";
    private const string DefaultScheduler = "default-scheduler";
    private const int Most = 1_000_000;

    private readonly List<(KubernetesResource Node, Dictionary<string, decimal> Free)> _nodes = [];

    private NodeRoom()
    {
    }

    /// <summary>Reads nodes and pods; null where one of both is not there.</summary>
    public static NodeRoom? Of(IReadOnlyList<KubernetesResource> live)
    {
        var room = new NodeRoom();
        var pods = live.Where(r => r.Is("Pod", "") && r.Root["spec"]?.TextAt("nodeName") is { Length: > 0 }
            && r.Root["status"]?.TextAt("phase") is not ("Succeeded" or "Failed")).ToLookup(r => r.Root["spec"]!.TextAt("nodeName")!);
        if (pods.Count == 0)
            return null;
        foreach (var node in live.Where(r => r.Is("Node", "") && r.Root["status"]?["allocatable"] is MapNode)
            .GroupBy(r => r.Id.Name).Select(g => g.First()))
        {
            var free = AmountsOf(node.Root["status"]!["allocatable"]);
            foreach (var pod in pods[node.Id.Name])
            {
                foreach (var (name, amount) in RequestsOf(pod.Root["spec"]!))
                    free[name] = (free.TryGetValue(name, out var left) ? left : 0) - amount;
            }

            room._nodes.Add((node, free));
        }

        return room._nodes.Count == 0 ? null : room;
    }

    /// <summary>How many pods fit beside those that are there; null where more than room decides it.</summary>
    /// <param name="pod">The pod's spec.</param>
    public int? For(Node pod)
    {
        if (DependsOnMore(pod))
            return null;
        var requests = RequestsOf(pod);
        var selector = LabelSelector.OfLabels(Field.Root((MapNode)pod)["nodeSelector"]);
        long all = 0;
        foreach (var (node, free) in _nodes)
        {
            if (node.Root["spec"]?["unschedulable"] is ScalarNode { IsTrue: true }
                || !selector.Matches(Field.Root(node.Root)["metadata"]["labels"].TextMap())
                || (node.Root["spec"]?.ItemsAt("taints") ?? []).Any(taint => !IsTolerated(taint, pod)))
                continue;
            all += requests.Min(r => r.Value <= 0 ? Most : free.TryGetValue(r.Key, out var left) && left > 0
                ? (long)Math.Min(Most, Math.Floor(left / r.Value)) : 0);
        }

        return (int)Math.Min(Most, all);
    }

    // What it asks for, in words.
    public static string Words(Node pod) => string.Join(", ", RequestsOf(pod).Where(r => r.Key != Pods && r.Value > 0)
        .OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => r.Key));

    // Where pods stand to each other, volumes, ports and other schedulers decide as well.
    private static bool DependsOnMore(Node pod) =>
        pod["affinity"] is MapNode { AllEntries.Count: > 0 } || pod.TextAt("schedulerName") is { Length: > 0 } and not DefaultScheduler
        || pod.TextAt("runtimeClassName") is { Length: > 0 } || pod.TextAt("nodeName") is { Length: > 0 }
        || pod.ItemsAt("resourceClaims").Any() || pod["hostNetwork"] is ScalarNode { IsTrue: true }
        || pod.ItemsAt("topologySpreadConstraints").Any(c => c.TextAt("whenUnsatisfiable") != "ScheduleAnyway")
        || pod.ItemsAt("volumes").Any(v => v["persistentVolumeClaim"] is not null || v["ephemeral"] is not null || v["csi"] is not null)
        || pod.ItemsAt("containers").Any(c => c.ItemsAt("ports").Any(p => WorkloadBounds.Number(p["hostPort"], 0) > 0));

    private static bool IsTolerated(Node taint, Node pod)
    {
        if (taint.TextAt("effect") is not ("NoSchedule" or "NoExecute"))
            return true;
        return pod.ItemsAt("tolerations").Any(t => (t.TextAt("effect") is not { Length: > 0 } effect || effect == taint.TextAt("effect"))
            && Fits(t, taint));
    }

    private static bool Fits(Node toleration, Node taint)
    {
        var key = toleration.TextAt("key") ?? "";
        return toleration.TextAt("operator") == "Exists" ? key.Length == 0 || key == taint.TextAt("key")
            : key == taint.TextAt("key") && (toleration.TextAt("value") ?? "") == (taint.TextAt("value") ?? "");
    }

    // The containers together, or the one that asks for most before they start; what is bounded asks for its bound.
    private static Dictionary<string, decimal> RequestsOf(Node pod)
    {
        var sum = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var container in pod.ItemsAt("containers").Concat(pod.ItemsAt("initContainers").Where(IsSidecar)))
        {
            foreach (var (name, amount) in RequestsOfContainer(container))
                sum[name] = (sum.TryGetValue(name, out var before) ? before : 0) + amount;
        }

        foreach (var container in pod.ItemsAt("initContainers").Where(c => !IsSidecar(c)))
        {
            foreach (var (name, amount) in RequestsOfContainer(container))
                sum[name] = Math.Max(sum.TryGetValue(name, out var before) ? before : 0, amount);
        }

        foreach (var (name, amount) in AmountsOf(pod["overhead"]))
            sum[name] = (sum.TryGetValue(name, out var before) ? before : 0) + amount;
        sum[Pods] = 1;
        return sum;
    }

    private static bool IsSidecar(Node container) => container.TextAt("restartPolicy") == "Always";

    private static Dictionary<string, decimal> RequestsOfContainer(Node container)
    {
        var amounts = AmountsOf(container["resources"]?["limits"]);
        foreach (var (name, amount) in AmountsOf(container["resources"]?["requests"]))
            amounts[name] = amount;
        return amounts;
    }

    private static Dictionary<string, decimal> AmountsOf(Node? amounts)
    {
        var read = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var (name, field) in amounts is MapNode map ? Field.Root(map).Fields : [])
        {
            if (field.Text is { } text && Quantity.TryParse(text, out var quantity) && quantity.Value is >= 0 and < 1e20m)
                read[name] = quantity.Value;
        }

        return read;
    }
}
