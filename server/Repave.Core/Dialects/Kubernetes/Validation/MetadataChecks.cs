namespace Repave.Core.Dialects.Kubernetes.Validation;

/// <summary>What every object's metadata must obey.</summary>
internal static class MetadataChecks
{
    public static void Check(ServerCheck check, Field root)
    {
        var metadata = root["metadata"];
        var name = metadata["name"];
        if (name.Exists)
            check.Malformed(name, NameGrammar(check.Resource, check.Release));
        else if (metadata["generateName"].IsEmpty && !NamesItself(check.Resource))
            check.Require(name, "(or 'metadata.generateName')");
    }

    // A LimitRange without a name gets one from the server.
    private static bool NamesItself(KubernetesResource resource) => resource.Is("LimitRange", "");

    private static Func<string, string?> NameGrammar(KubernetesResource resource, Version release) => (resource.Kind, resource.Group) switch
    {
        ("Role" or "ClusterRole" or "RoleBinding" or "ClusterRoleBinding", "rbac.authorization.k8s.io") => KubernetesFormats.PathSegment,
        ("Namespace", "") => KubernetesFormats.DnsLabel,
        ("StatefulSet", "apps") => KubernetesFormats.DnsLabel,
        // Services could begin with a digit only lately.
        ("Service", "") => release >= new Version(1, 36) ? KubernetesFormats.DnsLabel : KubernetesFormats.DnsLabel1035,
        ("CSIDriver", "storage.k8s.io") => value => KubernetesFormats.DnsSubdomain(value) ?? KubernetesFormats.Check("csi-driver", value),
        ("CronJob", "batch") =>
            value => value.Length <= 52 ? KubernetesFormats.DnsSubdomain(value) : "a CronJob's name may have at most 52 characters",
        ("Event", _) or ("IPAddress", _) or ("ComponentStatus", _) => KubernetesFormats.PathSegment,
        ("CertificateSigningRequest", _) or ("APIService", _) or ("CustomResourceDefinition", _) => KubernetesFormats.PathSegment,
        _ => KubernetesFormats.DnsSubdomain,
    };
}
