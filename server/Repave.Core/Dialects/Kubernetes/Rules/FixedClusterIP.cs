using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Services that fix their cluster address.</summary>
public sealed class FixedClusterIP : KubernetesRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1405";

    /// <inheritdoc/>
    public override string Title => "Fixed address inside the cluster";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A cluster address cannot be changed and belongs to one Service, "
        + "so replacing the Service or moving it to another cluster fails. "
        + "Leave the address out; names find the Service.";

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
          clusterIP: 10.96.0.50
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
          clusterIP: None
          ports:
            - port: 80
        """;

    /// <inheritdoc/>
    public override void Check(KubernetesResource resource, KubernetesSet set, FindingSink sink)
    {
        if (resource.Is("Service", "") && resource.Root["spec"] is MapNode spec
            && spec.Find("clusterIP") is { Value.Resolved: ScalarNode { IsNull: false } address } entry
            && address.Value is not ("None" or ""))
            sink.Add(this, resource, address, $"The address {address.Value} cannot be changed and belongs to one cluster: leave it out.",
                sink.FixHere("Remove clusterIP", resource.Slot.Document.Edits?.Remove(resource.Slot.Document, spec, entry)));
    }
}
