using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Containers whose resources can be changed while they run.</summary>
public sealed class ResizedInPlace : ContainerRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1116";

    /// <inheritdoc/>
    public override string Title => "Resources changed in running pods";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "A resize policy is written for changing the resources of running pods, which then differ from the template that made them. "
        + "Change the template and let the pods be replaced.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-3"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://kubernetes.io/docs/tasks/configure-pod-container/resize-container-resources/"];

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
                  resizePolicy:
                    - resourceName: cpu
                      restartPolicy: NotRequired
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
    protected override void Check(KubernetesResource resource, Container container, FindingSink sink)
    {
        if (container.Node["resizePolicy"] is ListNode { Items.Count: > 0 } policy)
            sink.Add(this, resource, policy,
                $"The resources of '{container.Name}' are meant to be changed in running pods: change the template instead.");
    }
}
