using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Pods without a controller.</summary>
public sealed class BarePod : KubernetesRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1301";

    /// <inheritdoc/>
    public override string Title => "Pod that nothing replaces";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "Nothing starts a bare pod again when its node fails, and most of its fields can only be changed by deleting it, "
        + "so every change is an outage. "
        + "Let a Deployment, StatefulSet, DaemonSet or Job make the pod.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CP-10"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/concepts/workloads/pods/#working-with-pods"];

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
    public override void Check(KubernetesResource resource, KubernetesSet set, FindingSink sink)
    {
        if (!resource.Is("Pod", "") || resource.Metadata?.ItemsAt("ownerReferences").Any() == true)
            return;
        // A pod that ends by itself is started for one purpose and needs no replacement.
        if (resource.Root["spec"]?.TextAt("restartPolicy") is "Never" or "OnFailure")
            return;
        sink.Add(this, resource, resource.HeadNode("kind"),
            $"Nothing replaces the pod '{resource.Id.Name}' when its node fails or its definition changes: let a Deployment make it.");
    }
}
