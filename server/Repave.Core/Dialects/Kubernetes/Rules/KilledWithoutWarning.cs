using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Pods that get no time to shut down.</summary>
public sealed class KilledWithoutWarning : PodRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1313";

    /// <inheritdoc/>
    public override string Title => "Pods killed without a moment to finish";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "With terminationGracePeriodSeconds 0 each replacement cuts off requests and writes in the middle. "
        + "Give the program the time that it needs; the default is 30 seconds.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CP-10"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination"];

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
              terminationGracePeriodSeconds: 0
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
              terminationGracePeriodSeconds: 60
              containers:
                - name: web
                  image: registry.example.com/web:1.4.2
        """;

    /// <inheritdoc/>
    protected override void Check(KubernetesResource resource, PodSpec pod, KubernetesSet set, FindingSink sink)
    {
        if (pod.Node.ScalarAt("terminationGracePeriodSeconds") is { Kind: ScalarKind.Integer } seconds && seconds.Integer == 0)
            sink.Add(this, resource, seconds,
                $"Each replacement of a pod of '{resource.Id.Name}' cuts off what it is doing: give it time to finish.");
    }
}
