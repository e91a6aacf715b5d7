using Repave.Core.Plans;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans.Cascades;

/// <summary>What to know before an object is deleted and created again.</summary>
internal static class ReplacementWarnings
{
    public static void Add(CascadeContext context)
    {
        foreach (var change in context.Changes.Where(c => c.Action == PlanAction.Replace && c.Mechanism == ResourceChange.DeleteAndCreate))
        {
            if (change.Baseline is KubernetesResource old)
                Add(change, old);
        }
    }

    private static void Add(ResourceChange change, KubernetesResource old)
    {
        switch (old.Kind)
        {
            case "Deployment" or "DaemonSet" or "ReplicaSet" or "ReplicationController":
                change.Warn(PlanWarningKind.Downtime, "Its pods are deleted with it, before the new ones start; "
                    + "make the new one under another name first, and delete the old one when it answers.");
                break;
            case "StatefulSet":
                var keepsSelector = !change.Reasons.Any(r => r.Path.StartsWith("spec.selector", StringComparison.Ordinal)
                    || r.Path.StartsWith("spec.template.metadata.labels", StringComparison.Ordinal));
                change.Warn(PlanWarningKind.Downtime, keepsSelector
                    ? "Its pods are deleted with it, unless it is deleted with --cascade=orphan: "
                        + "then they run on and the new one takes them over."
                    : "Its pods are deleted with it, before the new ones start.");
                break;
            case "Pod":
                change.Warn(PlanWarningKind.Downtime, "The pod stops before the new one starts, and nothing makes it again if that fails.");
                break;
            case "Job":
                if (old.Root["status"]?.TextAt("completionTime") is null)
                    change.Warn(PlanWarningKind.Notice, "A run that has not finished is lost, and the new Job runs from the start.");
                break;
            case "Service":
                change.Warn(PlanWarningKind.Downtime, old.Root["spec"]?.TextAt("type") == "LoadBalancer"
                    ? "The Service gets another address, and so does its load balancer: clients and DNS records that hold the old one fail."
                    : "The Service gets another address: connections end, and clients that hold the old one fail.");
                break;
            case "Ingress" or "NetworkPolicy" or "RoleBinding" or "ClusterRoleBinding":
                change.Warn(PlanWarningKind.Downtime, old.Kind == "NetworkPolicy"
                    ? "Between deletion and creation nothing filters this traffic."
                    : "Between deletion and creation it is not there.");
                break;
        }

        if (old.Kind is "Deployment" or "DaemonSet" or "StatefulSet" or "Service" or "Pod" && change.Previous is null)
            change.Warn(PlanWarningKind.NoSideBySide,
                $"Both have the name {old.Id.Name}, so the old one must go before the new one can be made.");
        if (old.Kind == "Service" && change.DesiredRoot()?["spec"]?.ItemsAt("ports").Any(p => p.TextAt("nodePort") is not null) == true)
            change.Warn(PlanWarningKind.NoSideBySide, "Its node ports are fixed, and free only when the old Service is gone.");
    }
}
