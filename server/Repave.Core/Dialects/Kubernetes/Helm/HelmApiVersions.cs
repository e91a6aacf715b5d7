namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>The API versions that Helm takes every cluster to have where it asks none.</summary>
internal static class HelmApiVersions
{
    // What client-go's scheme registers (kubernetes/scheme/register.go) with apiextensions: versions that servers no longer have too.
    private const string Known =
        "admissionregistration.k8s.io/v1 admissionregistration.k8s.io/v1alpha1 admissionregistration.k8s.io/v1beta1 "
        + "apiextensions.k8s.io/v1 apiextensions.k8s.io/v1beta1 apps/v1 apps/v1beta1 apps/v1beta2 "
        + "authentication.k8s.io/v1 authentication.k8s.io/v1alpha1 authentication.k8s.io/v1beta1 authorization.k8s.io/v1 "
        + "authorization.k8s.io/v1beta1 autoscaling/v1 autoscaling/v2 batch/v1 batch/v1beta1 certificates.k8s.io/v1 "
        + "certificates.k8s.io/v1alpha1 certificates.k8s.io/v1beta1 coordination.k8s.io/v1 coordination.k8s.io/v1alpha2 "
        + "coordination.k8s.io/v1beta1 discovery.k8s.io/v1 discovery.k8s.io/v1beta1 events.k8s.io/v1 "
        + "events.k8s.io/v1beta1 extensions/v1beta1 flowcontrol.apiserver.k8s.io/v1 flowcontrol.apiserver.k8s.io/v1beta1 "
        + "flowcontrol.apiserver.k8s.io/v1beta2 flowcontrol.apiserver.k8s.io/v1beta3 internal.apiserver.k8s.io/v1alpha1 "
        + "networking.k8s.io/v1 networking.k8s.io/v1alpha1 networking.k8s.io/v1beta1 node.k8s.io/v1 node.k8s.io/v1alpha1 "
        + "node.k8s.io/v1beta1 policy/v1 policy/v1beta1 rbac.authorization.k8s.io/v1 rbac.authorization.k8s.io/v1alpha1 "
        + "rbac.authorization.k8s.io/v1beta1 resource.k8s.io/v1 resource.k8s.io/v1alpha2 resource.k8s.io/v1alpha3 "
        + "resource.k8s.io/v1beta1 resource.k8s.io/v1beta2 scheduling.k8s.io/v1 scheduling.k8s.io/v1alpha1 "
        + "scheduling.k8s.io/v1alpha2 scheduling.k8s.io/v1beta1 storage.k8s.io/v1 storage.k8s.io/v1alpha1 "
        + "storage.k8s.io/v1beta1 storagemigration.k8s.io/v1 storagemigration.k8s.io/v1alpha1 "
        + "storagemigration.k8s.io/v1beta1 v1";

    public static IReadOnlyList<string> All { get; } = [.. Known.Split(' ')];

    /// <summary>What a server of a release has: its API versions, and each with its kinds.</summary>
    public static IReadOnlyList<string> OfServer(string version)
    {
        var kinds = KubernetesSchemas.Nearest(Version.TryParse(version.TrimStart('v'), out var release) ? release
            : Version.Parse(KubernetesDialect.Newest)).Pack.Kinds;
        return [.. kinds.SelectMany(kind => new[] { kind.ApiVersion, kind.ApiVersion + "/" + kind.Kind }).Distinct()];
    }
}
