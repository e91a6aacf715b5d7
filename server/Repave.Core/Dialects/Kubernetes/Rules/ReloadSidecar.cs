using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Containers that reload the configuration of another while it runs.</summary>
public sealed class ReloadSidecar : ContainerRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1206";

    /// <inheritdoc/>
    public override string Title => "Sidecar that reloads configuration";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "A sidecar that reloads configuration changes the running process in place, so what runs is no longer what was rolled out. "
        + "Give each content its own name and let the pods be replaced.";

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
                - name: reloader
                  image: registry.example.com/configmap-reload:0.15.0
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
        ["configmap-reload", "prometheus-config-reloader", "config-reloader", "k8s-sidecar", "nginx-reloader", "k8s-configmap-watcher"];

    /// <inheritdoc/>
    protected override void Check(KubernetesResource resource, Container container, FindingSink sink)
    {
        if (container.Image is { } image && ImageReference.Parse(image.Value).Repository is var repository
            && Reloaders.Contains(repository.Substring(repository.LastIndexOf('/') + 1)))
            sink.Add(this, resource, image, $"The container '{container.Name}' reloads configuration of running processes: "
                + "give each content its own name and let the pods be replaced.");
    }
}
