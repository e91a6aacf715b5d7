using Repave.Core.Model;
using Repave.Core.Shapes;

namespace Repave.Core.Dialects.Kubernetes.Plans;

/// <summary>What is known of the kinds in a plan: built-in ones, and those that definitions among the manifests or in the
/// baseline bring.</summary>
internal sealed class KubernetesKinds
{
    // Kinds that moved from one API group to another and stayed the same objects.
    private static readonly Dictionary<string, string> Moved = new(StringComparer.Ordinal)
    {
        ["Deployment.extensions"] = "Deployment.apps",
        ["DaemonSet.extensions"] = "DaemonSet.apps",
        ["ReplicaSet.extensions"] = "ReplicaSet.apps",
        ["Ingress.extensions"] = "Ingress.networking.k8s.io",
        ["NetworkPolicy.extensions"] = "NetworkPolicy.networking.k8s.io",
        ["PodSecurityPolicy.extensions"] = "PodSecurityPolicy.policy",
        ["Event"] = "Event.events.k8s.io",
    };

    private readonly KubernetesSchemas _schemas;
    private readonly Dictionary<(string ApiVersion, string Kind), CustomKind> _custom = [];

    /// <param name="release">The release of the pack.</param>
    /// <param name="definitions">The definitions of custom kinds.</param>
    /// <param name="isGranular">Whether the server is older than 1.21.</param>
    public KubernetesKinds(string release, IEnumerable<KubernetesResource> definitions, bool isGranular = false)
    {
        _schemas = isGranular ? KubernetesSchemas.Granular(release) : KubernetesSchemas.For(release);
        CustomResourceDefinitions.AddTo(_custom, definitions, _schemas);
    }

    /// <summary>A type under the group that it lives in today.</summary>
    public static string Canonical(string type) => Moved.TryGetValue(type, out var today) ? today : type;

    /// <summary>Whether a resource's kind is one of Kubernetes' own.</summary>
    public bool IsBuiltIn(KubernetesResource resource) => IsBuiltIn(_schemas, resource);

    /// <summary>Whether a resource's kind is one of Kubernetes' own.</summary>
    public static bool IsBuiltIn(KubernetesSchemas schemas, KubernetesResource resource) =>
        schemas.Pack.Kind(resource.ApiVersion, resource.Kind) is not null || schemas.IsBuiltInGroup(resource.Group);

    /// <summary>Whether the release serves a resource under its apiVersion.</summary>
    public bool HasVersion(KubernetesResource resource) => _schemas.Pack.Kind(resource.ApiVersion, resource.Kind) is not null;

    /// <summary>The shape of a resource of Kubernetes' own kinds, or that of another version of its kind; null if unknown.</summary>
    public static Shape? BuiltInShape(KubernetesSchemas schemas, KubernetesResource resource) =>
        BuiltIn(schemas, resource) is { } kind ? schemas.Pack.Type(kind.Type) : null;

    /// <summary>The shape of a resource, or that of another version of its kind; null if unknown.</summary>
    public Shape? ShapeOf(KubernetesResource resource)
    {
        if (CustomKindOf(resource) is { } custom)
            return custom.Shape;
        return BuiltInShape(_schemas, resource);
    }

    /// <summary>The definition of a custom resource's kind, or null.</summary>
    public CustomKind? CustomKindOf(KubernetesResource resource) =>
        _custom.TryGetValue((resource.ApiVersion, resource.Kind), out var found) ? found : PackagedKinds.Of(resource);

    /// <summary>Whether a resource lives in a namespace; null if nothing is known of its kind.</summary>
    public bool? IsNamespaced(KubernetesResource resource) =>
        CustomKindOf(resource)?.IsNamespaced ?? BuiltIn(_schemas, resource)?.IsNamespaced;

    private static PackKind? BuiltIn(KubernetesSchemas schemas, KubernetesResource resource)
    {
        if (schemas.Pack.Kind(resource.ApiVersion, resource.Kind) is { } kind)
            return kind;
        var type = Canonical(resource.Id.Type);
        return schemas.Pack.KindsNamed(resource.Kind).FirstOrDefault(k => KubernetesDialect.TypeOf(k.ApiVersion, k.Kind) == type);
    }
}
