using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Servers without a readiness probe under a rolling update.</summary>
public sealed class NoReadinessProbe : PodRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1305";

    /// <inheritdoc/>
    public override string Title => "Roll-out that does not wait";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "Without a readiness probe a new pod counts as ready the moment it starts, "
        + "so a roll-out replaces working pods by ones that never worked. "
        + "Add a readiness probe.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CP-10"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/"];

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
                  ports:
                    - containerPort: 8080
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
                  ports:
                    - containerPort: 8080
                  readinessProbe:
                    httpGet:
                      path: /ready
                      port: 8080
        """;

    /// <inheritdoc/>
    protected override void Check(KubernetesResource resource, PodSpec pod, KubernetesSet set, FindingSink sink)
    {
        if (!resource.Is("Deployment", "apps") && !resource.Is("StatefulSet", "apps"))
            return;
        foreach (var container in pod.Containers.Where(c => c.List == "containers"))
        {
            if (container.Node["ports"] is not null && container.Node["readinessProbe"] is null)
                sink.Add(this, resource, container.Node,
                    $"A roll-out does not wait until '{container.Name}' works: add a readiness probe.");
        }
    }
}
