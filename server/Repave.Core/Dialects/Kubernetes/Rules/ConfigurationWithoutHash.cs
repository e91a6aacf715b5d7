using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Workloads that name configuration which keeps its name when it changes.</summary>
public sealed class ConfigurationWithoutHash : PodRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1202";

    /// <inheritdoc/>
    public override string Title => "Configuration whose name does not change";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "When configuration changes under the same name, nothing rolls its users: old pods keep the old values and new ones get the new. "
        + "Put a hash of the content into the name or into an annotation of the template.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-3"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://kubernetes.io/docs/tasks/manage-kubernetes-objects/kustomization/#generating-resources"];

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          selector:
            matchLabels:
              app: web
          template:
            metadata:
              labels:
                app: web
            spec:
              containers:
                - name: web
                  image: registry.example.com/web:1.4.2
                  envFrom:
                    - configMapRef:
                        name: shop
        """;

    /// <inheritdoc/>
    public override string Good => """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          selector:
            matchLabels:
              app: web
          template:
            metadata:
              labels:
                app: web
            spec:
              containers:
                - name: web
                  image: registry.example.com/web:1.4.2
                  envFrom:
                    - configMapRef:
                        name: shop-5d1c7f
        """;

    // The end of a name that a tool made from the content: kustomize's ten letters and digits, or a short hexadecimal hash.
    private static bool HasHash(string name)
    {
        var hash = name.Substring(name.LastIndexOf('-') + 1);
        return hash.Length is >= 4 and <= 64 && hash.Length < name.Length && hash.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9'))
            && hash.Any(c => c is >= '0' and <= '9');
    }

    /// <inheritdoc/>
    protected override void Check(KubernetesResource resource, PodSpec pod, KubernetesSet set, FindingSink sink)
    {
        if (Annotations(pod).Any(name => name.IndexOf("checksum", StringComparison.OrdinalIgnoreCase) >= 0
            || name.IndexOf("hash", StringComparison.OrdinalIgnoreCase) >= 0)
            || !pod.IsTemplate)
            return;
        foreach (var reference in KubernetesReferences.Of(resource))
        {
            if (reference.To.Type is "ConfigMap" or "Secret" && !HasHash(reference.To.Name) && !IsImmutable(reference.To, resource, set))
                sink.Add(this, resource, reference.Node,
                    $"A change of the {reference.To.Type} '{reference.To.Name}' rolls nothing: put a hash of its content into its name.");
        }
    }

    private static IEnumerable<string> Annotations(PodSpec pod) =>
        (pod.Template["metadata"]?.MappingAt("annotations")?.AllEntries ?? []).Select(e => e.Name).OfType<string>();

    private static bool IsImmutable(ResourceId id, KubernetesResource user, KubernetesSet set) =>
        set.Find(id.Type, user.Id.Namespace, id.Name).Any(r => r.Root.TextAt("immutable") == "true");
}
