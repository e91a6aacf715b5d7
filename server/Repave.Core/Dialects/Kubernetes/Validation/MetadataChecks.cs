namespace Repave.Core.Dialects.Kubernetes.Validation;

/// <summary>What every object's metadata must obey.</summary>
internal static class MetadataChecks
{
    public static void Check(ServerCheck check, Field root)
    {
        var metadata = root["metadata"];
        var name = metadata["name"];
        if (!name.IsEmpty)
            check.Malformed(name, NameGrammar(check.Resource, check.Release));
        else if (metadata["generateName"].IsEmpty && !NamesItself(check.Resource))
            check.Require(name, "(or 'metadata.generateName')");
        // What the server puts behind it follows a dash.
        check.Malformed(metadata["generateName"], prefix => NameGrammar(check.Resource, check.Release)(
            prefix.EndsWith("-", StringComparison.Ordinal) ? prefix.Substring(0, prefix.Length - 1) + "a" : prefix));
        foreach (var finalizer in metadata["finalizers"].Items)
            check.Malformed(finalizer, text => FinalizerGrammar(check.Resource, text));
    }

    // Measured: the other kinds take a finalizer without a domain.
    private static readonly HashSet<string> WithQualifiedFinalizers = new(StringComparer.Ordinal)
    {
        "CSIDriver", "ClusterRole", "ClusterRoleBinding", "ConfigMap", "CronJob", "DaemonSet", "Deployment", "EndpointSlice", "FlowSchema",
        "HorizontalPodAutoscaler", "Ingress", "IngressClass", "Job", "LimitRange", "NetworkPolicy", "PersistentVolume",
        "PersistentVolumeClaim", "Pod", "PodTemplate", "PriorityClass", "PriorityLevelConfiguration", "ReplicaSet", "ReplicationController",
        "ResourceQuota", "Role", "RoleBinding", "Secret", "Service", "ServiceAccount", "StatefulSet", "StorageClass",
    };

    private static string? FinalizerGrammar(KubernetesResource resource, string text) =>
        KubernetesFormats.LabelKey(text.ToLowerInvariant()) is { } reason ? reason
            : text.Contains('/') || text is "kubernetes" or "orphan" or "foregroundDeletion"
                || !WithQualifiedFinalizers.Contains(resource.Kind)
                || KubernetesSchemas.For(KubernetesDialect.Newest).Pack.Kind(resource.ApiVersion, resource.Kind) is null
            ? null
            : "it must have a domain and a '/' before its name";

    // A LimitRange without a name gets one from the server.
    private static bool NamesItself(KubernetesResource resource) => resource.Is("LimitRange", "");

    private static Func<string, string?> NameGrammar(KubernetesResource resource, Version release) => (resource.Kind, resource.Group) switch
    {
        ("Role" or "ClusterRole" or "RoleBinding" or "ClusterRoleBinding", "rbac.authorization.k8s.io") => KubernetesFormats.PathSegment,
        ("Namespace", "") => KubernetesFormats.DnsLabel,
        ("StatefulSet", "apps") => KubernetesFormats.DnsLabel,
        // Services could begin with a digit only lately.
        ("Service", "") => release >= new Version(1, 36) ? KubernetesFormats.DnsLabel : KubernetesFormats.DnsLabel1035,
        // Measured: the server checks no more of a budget's name.
        ("PodDisruptionBudget", "policy") => KubernetesFormats.PathSegment,
        // It becomes the value of a label.
        ("Job", "batch") =>
            value => value.Length <= 63 ? KubernetesFormats.DnsSubdomain(value) : "a Job's name may have at most 63 characters",
        ("CronJob", "batch") =>
            value => value.Length <= 52 ? KubernetesFormats.DnsSubdomain(value) : "a CronJob's name may have at most 52 characters",
        ("Event", _) or ("IPAddress", _) or ("ComponentStatus", _) => KubernetesFormats.PathSegment,
        ("CertificateSigningRequest", _) or ("APIService", _) or ("CustomResourceDefinition", _) => KubernetesFormats.PathSegment,
        _ => KubernetesFormats.DnsSubdomain,
    };
}
