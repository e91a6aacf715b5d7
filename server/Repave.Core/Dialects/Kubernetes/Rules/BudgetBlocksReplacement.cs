using System.Globalization;
using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Disruption budgets that allow no disruption.</summary>
public sealed class BudgetBlocksReplacement : KubernetesRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1310";

    /// <inheritdoc/>
    public override string Title => "Budget that lets no pod be replaced";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A budget that allows no disruption keeps every node with one of the pods from being drained and replaced. "
        + "Allow at least one pod to be away.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CP-10", "NIST SP 800-53 SI-2"];

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
        ---
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata:
          name: web
        spec:
          minAvailable: 2
          selector:
            matchLabels:
              app: web
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
    public override void Check(KubernetesResource resource, KubernetesSet set, FindingSink sink)
    {
        if (!resource.Is("PodDisruptionBudget", "policy") || resource.Root["spec"] is not { } spec)
            return;
        if (spec.ScalarAt("maxUnavailable") is { Value: "0" or "0%" } none)
            sink.Add(this, resource, none,
                "This budget lets no pod be away, so no node with one of them can be replaced: allow at least one.");
        else if (spec.ScalarAt("minAvailable") is { Value: "100%" } all)
            sink.Add(this, resource, all,
                "This budget lets no pod be away, so no node with one of them can be replaced: allow at least one.");
        else if (spec.ScalarAt("minAvailable") is { } least)
            CheckCount(resource, spec, least, set, sink);
    }

    private void CheckCount(KubernetesResource resource, Node spec, ScalarNode least, KubernetesSet set, FindingSink sink)
    {
        var percent = PercentOf(least.Value);
        if (percent is null && least.Integer is null)
            return;
        var workloads = set.SelectedBy(spec["selector"], resource.Id.Namespace)
            .Where(r => r.Kind is "Deployment" or "StatefulSet" or "ReplicaSet").ToList();
        // An autoscaler may run more pods than the manifest says.
        if (workloads.Count != 1 || set.AutoscalersOf(workloads[0]).Any())
            return;
        var replicas = workloads[0].Root["spec"]?.ScalarAt("replicas") is { } written ? written.Integer ?? 1 : 1;
        // The disruption controller rounds a share of the pods that must be there up.
        var count = percent is { } share ? ((replicas * share) + 99) / 100 : least.Integer!.Value;
        var kept = percent is null ? $"{count} pods" : $"{least.Value}, which is {count} pod{(count == 1 ? "" : "s")},";
        if (replicas > 0 && count >= replicas)
            sink.Add(this, resource, least, $"This budget keeps {kept} and '{workloads[0].Id.Name}' has {replicas}, "
                + "so no node with one of them can be replaced.");
    }

    private static long? PercentOf(string text) =>
        text.EndsWith("%", StringComparison.Ordinal) && text.Length is > 1 and < 6
            && long.TryParse(text.Substring(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : null;
}
