using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Deployments that take a port of their node.</summary>
public sealed class HostPortUnderSurge : PodRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1319";

    /// <inheritdoc/>
    public override string Title => "Port of the node that blocks a successor";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "A second pod cannot start on a node where the first one holds the port, "
        + "so a roll-out waits for a free node and a replacement can fail. "
        + "Use a Service, or a DaemonSet that replaces in place of the old pod.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CP-10", "CIS Kubernetes Benchmark 5.2.13"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/concepts/workloads/controllers/deployment/"];

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
                      hostPort: 80
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
        """;

    /// <inheritdoc/>
    protected override void Check(KubernetesResource resource, PodSpec pod, KubernetesSet set, FindingSink sink)
    {
        if (!resource.Is("Deployment", "apps") || resource.Root.At("spec", "strategy")?.TextAt("type") == "Recreate")
            return;
        foreach (var port in pod.Containers.SelectMany(c => c.Node.ItemsAt("ports")))
        {
            if (port.ScalarAt("hostPort") is not { IsNull: false, Value: not "0" } taken)
                continue;
            sink.Add(this, resource, taken, $"Old and new pods of '{resource.Id.Name}' cannot run side by side on one node, "
                + $"because both take its port {taken.Value}: use a Service.");
            return;
        }
    }
}
