using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Pods whose containers share their processes.</summary>
public sealed class SharedProcesses : PodRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1111";

    /// <inheritdoc/>
    public override string Title => "Processes shared between containers";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "With a shared process namespace one container can stop, trace and change the processes of another while they run. "
        + "Leave shareProcessNamespace off.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 AC-6"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/"];

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
              shareProcessNamespace: true
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

    /// <inheritdoc/>
    protected override void Check(KubernetesResource resource, PodSpec pod, KubernetesSet set, FindingSink sink)
    {
        if (pod.Node.ScalarAt("shareProcessNamespace") is { IsTrue: true } setting)
            sink.Add(this, resource, setting,
                "The pod's containers can stop and change each other's processes: leave shareProcessNamespace off.");
    }
}
