using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Privileged containers.</summary>
public sealed class PrivilegedContainer : KubernetesRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1104";

    /// <inheritdoc/>
    public override string Title => "Privileged container";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "A privileged container is root on its node: it can change the node and every other container while they run. "
        + "Drop privileged and add the single capabilities that the program needs.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls =>
        ["NIST SP 800-53 AC-6", "NIST SP 800-53 CM-7", "NIST SP 800-190 4.4.3", "CIS Kubernetes Benchmark 5.2.2"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/concepts/security/pod-security-standards/"];

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
                  securityContext:
                    privileged: true
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
                  securityContext:
                    privileged: false
        """;

    /// <inheritdoc/>
    public override void Check(KubernetesResource resource, KubernetesSet set, FindingSink sink)
    {
        foreach (var container in resource.PodSpec?.Containers ?? [])
        {
            var setting = container.Node["securityContext"]?.ScalarAt("privileged");
            if (setting is { IsTrue: true })
                sink.Add(this, resource, setting, $"The container '{container.Name}' is privileged and can change its node.");
        }
    }
}
