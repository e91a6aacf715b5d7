using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Workloads that set replicas beside an autoscaler of the set.</summary>
public sealed class ReplicasBesideAutoscaler : KubernetesRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1312";

    /// <inheritdoc/>
    public override string Title => "Replicas that an autoscaler sets too";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "Each time the manifest is applied the number of pods jumps back to the one it says, under load too, "
        + "until the autoscaler corrects it. "
        + "Remove replicas from the manifest.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling"];

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 3
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
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata:
          name: web
        spec:
          minReplicas: 2
          maxReplicas: 5
          scaleTargetRef:
            apiVersion: apps/v1
            kind: Deployment
            name: web
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
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata:
          name: web
        spec:
          minReplicas: 2
          maxReplicas: 5
          scaleTargetRef:
            apiVersion: apps/v1
            kind: Deployment
            name: web
        """;

    /// <inheritdoc/>
    public override void Check(KubernetesResource resource, KubernetesSet set, FindingSink sink)
    {
        if (resource.Kind is not ("Deployment" or "StatefulSet" or "ReplicaSet") || resource.Root["spec"] is not MapNode spec
            || spec.Find("replicas") is not { Value.Resolved: ScalarNode { IsNull: false } } replicas)
            return;
        if (set.AutoscalersOf(resource).FirstOrDefault() is not { } autoscaler)
            return;
        // No fix: a client-side apply without the field sets the replicas to 1 once, so that removing it takes a moment of one's
        // own choice.
        sink.Add(this, resource, replicas.Value, $"The autoscaler '{autoscaler.Id.Name}' sets the replicas of '{resource.Id.Name}' too; "
            + "each apply fights it. Remove replicas here.");
    }
}
