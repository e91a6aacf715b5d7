using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Claim templates of StatefulSets with a label for the version.</summary>
public sealed class VersionInClaimTemplate : KubernetesRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1402";

    /// <inheritdoc/>
    public override string Title => "Claim template that names a version";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "The claim templates of a StatefulSet cannot be changed, so the next release, whose version label differs, is refused. "
        + "Keep the version out of them.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-3"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#limitations"];

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata:
          name: web
        spec:
          serviceName: web
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
          volumeClaimTemplates:
            - metadata:
                name: data
                labels:
                  app.kubernetes.io/version: 1.4.2
              spec:
                accessModes: [ReadWriteOnce]
                resources:
                  requests:
                    storage: 10Gi
        """;

    /// <inheritdoc/>
    public override string Good => """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata:
          name: web
        spec:
          serviceName: web
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
          volumeClaimTemplates:
            - metadata:
                name: data
                labels:
                  app.kubernetes.io/name: web
              spec:
                accessModes: [ReadWriteOnce]
                resources:
                  requests:
                    storage: 10Gi
        """;

    /// <inheritdoc/>
    public override void Check(KubernetesResource resource, KubernetesSet set, FindingSink sink)
    {
        if (!resource.Is("StatefulSet", "apps"))
            return;
        foreach (var template in resource.Root["spec"]?.ItemsAt("volumeClaimTemplates") ?? [])
        {
            foreach (var entry in template["metadata"]?.MappingAt("labels")?.AllEntries ?? [])
            {
                if (entry.Name is "app.kubernetes.io/version" or "helm.sh/chart" or "chart" or "version" or "release-version"
                    && entry.Value.Resolved is ScalarNode value)
                    sink.Add(this, resource, value,
                        $"Claim templates cannot be changed: a release with another '{entry.Name}' would be refused.");
            }
        }
    }
}
