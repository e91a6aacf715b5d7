using Repave.Core.Plans;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans.Steps;

/// <summary>What stands around workloads whose pods are replaced: quotas, nodes, other changes.</summary>
internal sealed class StepsContext(
    IReadOnlyList<ResourceChange> changes, IReadOnlyList<KubernetesResource> after, IReadOnlyList<KubernetesResource> live, int? nodes,
    Version release, Func<KubernetesResource, Shape?> shapeOf)
{
    private static readonly string[] PodCounts = ["pods", "count/pods"];
    private readonly List<KubernetesResource> _quotas = [.. after.Where(r => r.Is("ResourceQuota", ""))];

    private readonly Lazy<NodeRoom?> _room = new(() => NodeRoom.Of(live));

    /// <summary>For how many pods beside those that are there the nodes have room; null where that is not known.</summary>
    public int? RoomFor(Node pod) => _room.Value?.For(pod);

    /// <summary>What kind of object a resource is; null where that is not known.</summary>
    public Shape? ShapeOf(KubernetesResource resource) => shapeOf(resource);

    /// <summary>The plan's changes.</summary>
    public IReadOnlyList<ResourceChange> Changes { get; } = changes;

    /// <summary>The resources as they are to be.</summary>
    public IReadOnlyList<KubernetesResource> After { get; } = after;

    /// <summary>What is there: the state before, and what is around it.</summary>
    public IReadOnlyList<KubernetesResource> Live { get; } = live;

    /// <summary>The Kubernetes release.</summary>
    public Version Release { get; } = release;

    /// <summary>How many pods a quota leaves a workload's namespace; null if none bounds them.</summary>
    public int? PodsOf(KubernetesResource workload)
    {
        int? least = null;
        foreach (var quota in _quotas.Where(r => r.Id.Namespace == workload.Id.Namespace))
        {
            // One that is only for some pods says nothing of these.
            if (quota.Root["spec"] is not { } spec || spec["scopes"] is ListNode || spec["scopeSelector"] is not null)
                continue;
            foreach (var name in PodCounts)
            {
                if (spec["hard"]?[name] is ScalarNode { Integer: { } hard and >= 0 and < int.MaxValue })
                    least = Math.Min(least ?? int.MaxValue, (int)hard);
            }
        }

        return least;
    }

    /// <summary>On how many nodes a DaemonSet runs; null if nothing says it.</summary>
    public int? NodesOf(KubernetesResource daemon)
    {
        if (daemon.Root["status"]?["desiredNumberScheduled"] is ScalarNode { Integer: { } scheduled and >= 0 and < int.MaxValue })
            return (int)scheduled;
        if (nodes is not null)
            return nodes;
        var found = Live.Where(r => r.Is("Node", "")).Select(r => r.Id.Name).Distinct().Count();
        var selects = daemon.PodSpec?.Node["nodeSelector"] is not null || daemon.PodSpec?.Node["affinity"] is not null;
        return found > 0 && !selects ? found : null;
    }
}
