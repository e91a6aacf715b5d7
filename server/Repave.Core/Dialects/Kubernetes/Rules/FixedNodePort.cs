using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Services that fix their node port.</summary>
public sealed class FixedNodePort : KubernetesRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1404";

    /// <inheritdoc/>
    public override string Title => "Fixed port on every node";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "A fixed node port belongs to one Service of the whole cluster, so old and new cannot live side by side. "
        + "Let the cluster choose the port, or use a load balancer or an Ingress.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CP-10"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/concepts/services-networking/service/"];

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: v1
        kind: Service
        metadata:
          name: web
        spec:
          selector:
            app: web
          type: NodePort
          ports:
            - port: 80
              nodePort: 30080
        """;

    /// <inheritdoc/>
    public override string Good => """
        apiVersion: v1
        kind: Service
        metadata:
          name: web
        spec:
          selector:
            app: web
          type: NodePort
          ports:
            - port: 80
        """;

    /// <inheritdoc/>
    public override void Check(KubernetesResource resource, KubernetesSet set, FindingSink sink)
    {
        if (!resource.Is("Service", ""))
            return;
        foreach (var port in resource.Root["spec"]?.ItemsAt("ports") ?? [])
        {
            if (port.ScalarAt("nodePort") is { IsNull: false, Value: not "0" } fixedPort)
                sink.Add(this, resource, fixedPort,
                    $"The node port {fixedPort.Value} belongs to this Service alone, so no second one can take over beside it.");
        }
    }
}
