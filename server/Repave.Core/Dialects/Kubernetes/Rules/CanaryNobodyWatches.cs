using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Canary roll-outs without a pause or an analysis.</summary>
public sealed class CanaryNobodyWatches : KubernetesRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1320";

    /// <inheritdoc/>
    public override string Title => "Canary that nothing judges";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "A canary that neither waits nor is measured goes on to replace everything whatever it does. "
        + "Add steps that pause, or an analysis.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-3"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://argo-rollouts.readthedocs.io/en/stable/features/canary/"];

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata:
          name: rollouts.argoproj.io
        spec:
          group: argoproj.io
          scope: Namespaced
          names:
            kind: Rollout
            plural: rollouts
          versions:
            - name: v1alpha1
              served: true
              storage: true
              schema:
                openAPIV3Schema:
                  type: object
                  x-kubernetes-preserve-unknown-fields: true
        ---
        apiVersion: argoproj.io/v1alpha1
        kind: Rollout
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
          strategy:
            canary:
              steps:
                - setWeight: 20
                - setWeight: 60
        """;

    /// <inheritdoc/>
    public override string Good => """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata:
          name: rollouts.argoproj.io
        spec:
          group: argoproj.io
          scope: Namespaced
          names:
            kind: Rollout
            plural: rollouts
          versions:
            - name: v1alpha1
              served: true
              storage: true
              schema:
                openAPIV3Schema:
                  type: object
                  x-kubernetes-preserve-unknown-fields: true
        ---
        apiVersion: argoproj.io/v1alpha1
        kind: Rollout
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
          strategy:
            canary:
              steps:
                - setWeight: 20
                - pause: {duration: 10m}
        """;

    /// <inheritdoc/>
    public override void Check(KubernetesResource resource, KubernetesSet set, FindingSink sink)
    {
        if (resource.Is("Rollout", "argoproj.io") && resource.Root.At("spec", "strategy", "canary") is { } canary
            && canary["analysis"] is null)
        {
            var steps = canary.ItemsAt("steps").ToList();
            if (!steps.Exists(step => step["pause"] is not null || step["analysis"] is not null || step["experiment"] is not null))
                sink.Add(this, resource, canary,
                    $"The canary of '{resource.Id.Name}' neither waits nor is measured: add a pause or an analysis.");
        }
        else if (resource.Is("Canary", "flagger.app") && resource.Root["spec"]?.ScalarAt("skipAnalysis") is { Value: "true" } skip)
        {
            sink.Add(this, resource, skip, $"The canary '{resource.Id.Name}' is not measured: remove skipAnalysis.");
        }
    }
}
