using Repave.Core.Dialects.Kubernetes.Plans.Applying;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans.Versions;

/// <summary>Objects under another apiVersion of their kind, as a server gives them when it is asked for that one. Held against a
/// kube-apiserver 1.20 where it serves both; versions that it no longer serves are from the defaults in Kubernetes' sources
/// (pkg/apis/apps, pkg/apis/extensions, pkg/apis/policy).</summary>
internal static class ObjectVersions
{
    /// <summary>An object under another apiVersion; null if it is not known what a server makes of it.</summary>
    /// <param name="root">The object.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="from">Its apiVersion.</param>
    /// <param name="to">The apiVersion to give it.</param>
    public static MapNode? Convert(MapNode root, string kind, string from, string to)
    {
        if (KubernetesSchemas.MeansTheSame(from, kind, to) || KubernetesSchemas.MeansTheSame(to, kind, from))
            return root;
        var value = JsonValue.Of(root);
        return Convert(value, kind, from, to) ? JsonValue.NodeOf(value) : null;
    }

    private static bool Convert(Dictionary<string, object?> root, string kind, string from, string to) => kind switch
    {
        "Deployment" or "DaemonSet" or "StatefulSet" or "ReplicaSet" => WorkloadVersions.Convert(root, kind, from, to),
        "HorizontalPodAutoscaler" => AutoscalerVersions.Convert(root, from, to),
        "Ingress" => IngressVersions.Convert(root, from, to),
        "PodDisruptionBudget" => BudgetVersions.Convert(root, from, to),
        "ValidatingWebhookConfiguration" or "MutatingWebhookConfiguration" => WebhookVersions.Convert(root, kind, from, to),
        "CustomResourceDefinition" => DefinitionVersions.Convert(root, from, to),
        "EndpointSlice" => EndpointSliceVersions.Convert(root, from, to),
        "NetworkPolicy" => from == "extensions/v1beta1" && to == "networking.k8s.io/v1",
        _ => false,
    };
}
