using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Ephemeral containers in manifests.</summary>
public sealed class EphemeralContainers : PodRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1112";

    /// <inheritdoc/>
    public override string Title => "Debugging container in a manifest";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "Ephemeral containers are put into running pods by hand for debugging; in a manifest they are refused, "
        + "and in a dump they show that a running pod was changed. "
        + "Remove them; what the pod needs belongs to containers.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-3", "NIST SP 800-53 CM-5"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/"];

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: v1
        kind: Pod
        metadata:
          name: web
        spec:
          containers:
            - name: web
              image: registry.example.com/web:1.4.2
          ephemeralContainers:
            - name: debug
              image: registry.example.com/tools:1.0.0
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

    /// <inheritdoc/>
    protected override void Check(KubernetesResource resource, PodSpec pod, KubernetesSet set, FindingSink sink)
    {
        if (pod.Node["ephemeralContainers"] is ListNode { Items.Count: > 0 } debug)
            sink.Add(this, resource, debug,
                "Ephemeral containers are put into running pods by hand and have no place in a manifest: remove them.");
    }
}
