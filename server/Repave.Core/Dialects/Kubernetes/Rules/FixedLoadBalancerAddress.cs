using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Services that fix the address of their load balancer.</summary>
public sealed class FixedLoadBalancerAddress : KubernetesRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1406";

    /// <inheritdoc/>
    public override string Title => "Fixed address of a load balancer";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "A fixed address belongs to one Service, so a successor cannot be made beside the old one, "
        + "and the field is deprecated because providers differ in what it means. "
        + "Use the annotations of the provider, or DNS.";

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
          type: LoadBalancer
          loadBalancerIP: 192.0.2.10
          ports:
            - port: 80
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
          type: LoadBalancer
          ports:
            - port: 80
        """;

    /// <inheritdoc/>
    public override void Check(KubernetesResource resource, KubernetesSet set, FindingSink sink)
    {
        if (resource.Is("Service", "") && resource.Root["spec"]?.ScalarAt("loadBalancerIP") is { IsNull: false, Value.Length: > 0 } address)
            sink.Add(this, resource, address,
                $"Only one Service can have the address {address.Value}, so no successor can be made beside it.");
    }
}
