using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans;

/// <summary>What a server fills in where the value depends on other fields; the rest is in the packs.</summary>
internal static class KubernetesDefaults
{
    /// <summary>What stands for an absent field, as JSON or plain text; null if nothing is known.</summary>
    /// <param name="type">The object's type.</param>
    /// <param name="path">The field.</param>
    /// <param name="holder">The structure that lacks it.</param>
    public static string? Of(string type, FieldPath path, MapNode holder)
    {
        switch (path.Name)
        {
            case "imagePullPolicy":
                return holder.TextAt("image") is { } image ? PullPolicyOf(image) : null;
            // A pod, and nobody else, has both.
            case "serviceAccount" when holder["containers"] is not null:
                return holder.TextAt("serviceAccountName") ?? "default";
            case "serviceAccountName" when holder["containers"] is not null:
                return holder.TextAt("serviceAccount");
            case "targetPort" when type == "Service":
                return holder.TextAt("port");
            case "externalTrafficPolicy" when type == "Service":
                return holder.TextAt("type") is "LoadBalancer" or "NodePort" ? "Cluster" : null;
            case "allocateLoadBalancerNodePorts" when type == "Service":
                return holder.TextAt("type") == "LoadBalancer" ? "true" : "";
            case "emptyDir":
                return holder.AllEntries.All(e => e.Name is "name" or "emptyDir") ? "{}" : null;
            case "parallelism" when type == "Job.batch" || path.StartsWith("spec", "jobTemplate"):
                return "1";
            case "completions" when type == "Job.batch" || path.StartsWith("spec", "jobTemplate"):
                return holder.TextAt("parallelism") is null ? "1" : null;
            case "policyTypes" when type == "NetworkPolicy.networking.k8s.io":
                return holder["egress"] is ListNode { Items.Count: > 0 } ? "[\"Ingress\",\"Egress\"]" : "[\"Ingress\"]";
            case "singular" when type == "CustomResourceDefinition.apiextensions.k8s.io":
                return holder.TextAt("kind")?.ToLowerInvariant();
            case "listKind" when type == "CustomResourceDefinition.apiextensions.k8s.io":
                return holder.TextAt("kind") + "List";
            case "apiGroup" when path.Parent!.Name is null && path.Parent.Parent?.Name == "subjects":
                return holder.TextAt("kind") is "User" or "Group" ? "rbac.authorization.k8s.io" : "";
            case "selector" when type == "ReplicationController":
                return JsonOf(holder.At("template", "metadata", "labels"));
            case "default" when type == "LimitRange":
                return JsonOf(holder["max"]);
            case "defaultRequest" when type == "LimitRange":
                return JsonOf(holder["default"] ?? holder["max"] ?? holder["min"]);
            default:
                return null;
        }
    }

    private static string? JsonOf(Node? node) => node is null ? null : CanonicalJson.Of(node, asPlatform: true);

    private static string PullPolicyOf(string image)
    {
        var reference = ImageReference.Parse(image);
        return reference.Digest is null && (reference.Tag ?? "latest") == "latest" ? "Always" : "IfNotPresent";
    }
}
