using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Pods that share processes or memory with their node.</summary>
public sealed class HostNamespaces : PodRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1118";

    /// <inheritdoc/>
    public override string Title => "Pod inside its node's namespaces";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "A pod that sees the processes of its node can stop and change every other container there while it runs. "
        + "Leave hostPID and hostIPC off.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 AC-6", "NIST SP 800-190 4.4.3", "CIS Kubernetes Benchmark 5.2.3"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://csrc.nist.gov/pubs/sp/800/190/final"];

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
              hostPID: true
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
        foreach (var field in (string[])["hostPID", "hostIPC"])
        {
            if (pod.Node.ScalarAt(field) is { IsTrue: true } setting)
                sink.Add(this, resource, setting, $"With {field} the pod reaches every process of its node: leave it off.");
        }
    }
}
