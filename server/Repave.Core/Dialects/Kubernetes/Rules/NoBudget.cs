using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Deployments of several replicas without a disruption budget in the set.</summary>
public sealed class NoBudget : PodRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1311";

    /// <inheritdoc/>
    public override string Title => "Replicas without a budget";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "Without a budget, draining nodes may stop all replicas at the same time. "
        + "Add a PodDisruptionBudget that allows one pod to be away.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CP-10"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/tasks/run-application/configure-pdb/"];

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 2
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
          replicas: 2
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
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata:
          name: web
        spec:
          maxUnavailable: 1
          selector:
            matchLabels:
              app: web
        """;

    /// <inheritdoc/>
    protected override void Check(KubernetesResource resource, PodSpec pod, KubernetesSet set, FindingSink sink)
    {
        if (!resource.Is("Deployment", "apps") || resource.Root["spec"]?.ScalarAt("replicas") is not { } replicas
            || replicas.Integer is not > 1)
            return;
        if (!set.BudgetsOf(resource).Any())
            sink.Add(this, resource, replicas,
                $"Draining nodes may stop all pods of '{resource.Id.Name}' at once: add a PodDisruptionBudget.");
    }
}
