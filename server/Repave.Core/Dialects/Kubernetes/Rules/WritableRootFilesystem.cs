using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Containers whose root filesystem can be written.</summary>
public sealed class WritableRootFilesystem : KubernetesRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1101";

    /// <inheritdoc/>
    public override string Title => "Root filesystem that can be written";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "A container that can write its own root filesystem can be changed while it runs, "
        + "and the change is gone or stays unseen after a restart. "
        + "Set readOnlyRootFilesystem to true, and mount an emptyDir where the program must write.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-5", "NIST SP 800-53 SI-7", "NIST SP 800-190 4.4.4"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/tasks/configure-pod-container/security-context/"];

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
                    readOnlyRootFilesystem: true
        """;

    /// <inheritdoc/>
    public override void Check(KubernetesResource resource, KubernetesSet set, FindingSink sink)
    {
        foreach (var container in resource.PodSpec?.Containers ?? [])
        {
            if (container.List == "ephemeralContainers" || resource.PodSpec!.Node["os"]?.TextAt("name") == "windows")
                continue;
            var setting = container.Node["securityContext"]?.ScalarAt("readOnlyRootFilesystem");
            if (setting is not { IsTrue: true })
                sink.Add(this, resource, (Node?)setting ?? container.Node,
                    $"The container '{container.Name}' can write its root filesystem: set securityContext.readOnlyRootFilesystem to true.");
        }
    }
}
