using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Workloads that name the node that they run on.</summary>
public sealed class PodOnOneNode : PodRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1408";

    /// <inheritdoc/>
    public override string Title => "Pod tied to one node";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A pod that names its node is not started anywhere else when that node is replaced. "
        + "Select nodes by what they offer: labels, taints, affinity.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CP-10"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/"];

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
              nodeName: worker-3
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
              nodeSelector:
                disk: ssd
              containers:
                - name: web
                  image: registry.example.com/web:1.4.2
        """;

    /// <inheritdoc/>
    protected override void Check(KubernetesResource resource, PodSpec pod, KubernetesSet set, FindingSink sink)
    {
        if (resource.Kind == "DaemonSet")
            return;
        if (pod.Node.ScalarAt("nodeName") is { IsNull: false, Value.Length: > 0 } node && !Placeholders.IsMarked(node.Value))
            sink.Add(this, resource, node, $"The pods run on the node '{node.Value}' only and are gone with it: select nodes by labels.");
        else if (pod.Node["nodeSelector"]?.ScalarAt("kubernetes.io/hostname") is { IsNull: false } host && !Placeholders.IsMarked(host.Value))
            sink.Add(this, resource, host,
                $"The pods run on the node '{host.Value}' only and are gone with it: select nodes by other labels.");
    }
}
