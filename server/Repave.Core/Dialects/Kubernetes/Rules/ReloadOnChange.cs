using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Annotations that let a controller restart pods when configuration changes.</summary>
public sealed class ReloadOnChange : KubernetesRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1205";

    /// <inheritdoc/>
    public override string Title => "Roll-out that a change triggers";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "A controller that restarts pods whenever a ConfigMap or Secret changes rolls out what nobody reviewed as a release, "
        + "and leaves no revision to roll back to. "
        + "Give each content its own name, so that the change is a roll-out with a revision.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-3"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/concepts/configuration/configmap/"];

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          annotations:
            reloader.stakater.com/auto: "true"
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
        """;

    private static readonly string[] Reloaders =
    [
        "reloader.stakater.com/", "secret.reloader.stakater.com/", "configmap.reloader.stakater.com/", "wave.pusher.com/",
        "config.kubernetes.io/reload",
    ];

    /// <inheritdoc/>
    public override void Check(KubernetesResource resource, KubernetesSet set, FindingSink sink)
    {
        foreach (var entry in resource.Metadata?.MappingAt("annotations")?.AllEntries ?? [])
        {
            if (entry.Name is { } name && Reloaders.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
                sink.Add(this, resource, entry.Value,
                    $"The annotation '{name}' restarts pods when configuration is changed in place: "
                        + "give each content its own name instead.");
        }
    }
}
