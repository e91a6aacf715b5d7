using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Json;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>Custom kinds whose definitions this assembly carries (<c>schemas/kubernetes/knative.facts</c>), for resources whose definition
/// is not among the files. A cluster may have another release of them.</summary>
internal static class PackagedKinds
{
    private const string Knative = "serving.knative.dev/";

    private static readonly Lazy<Dictionary<(string ApiVersion, string Kind), CustomKind>> Known = new(() =>
    {
        var metadata = KubernetesSchemas.For(KubernetesDialect.Newest).Pack.Type("V1ObjectMeta");
        return EmbeddedPacks.Text(KubernetesDialect.DialectName, "knative.facts").Split('\n')
            .Where(line => line.Length > 0 && line[0] == '{')
            .Select(line => JsonLanguage.Instance.ParseDocument(line).Root).OfType<MapNode>()
            .SelectMany(definition => CustomResourceDefinitions.Read(definition, metadata))
            .ToDictionary(kind => (kind.ApiVersion, kind.Kind));
    });

    /// <summary>The definition of a resource's kind; null if none is here.</summary>
    public static CustomKind? Of(KubernetesResource resource) => Of(resource.ApiVersion, resource.Kind);

    /// <summary>The definition of a kind; null if none is here.</summary>
    public static CustomKind? Of(string apiVersion, string kind) => apiVersion.StartsWith(Knative, StringComparison.Ordinal)
        && Known.Value.TryGetValue((apiVersion, kind), out var known) ? known : null;
}
