using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>A workload is patched from code.</summary>
public sealed class WorkloadMutated : CallRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3002";

    /// <inheritdoc/>
    public override string Title => "Workload changed from code";

    /// <inheritdoc/>
    public override string Category => "Drift";

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "A workload that code patches says something else than the manifest that it was applied from, "
        + "and the next roll-out undoes the change or fights it. "
        + "Change the manifest and apply it; code that owns its objects (an operator) may leave this rule off.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://kubernetes.io/docs/concepts/overview/working-with-objects/object-management/"];

    /// <inheritdoc/>
    public override string Library => "KubernetesClient 21.0.8";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["k8s.AppsV1OperationsExtensions", "k8s.IAppsV1Operations", "k8s.GenericClient"];

    /// <inheritdoc/>
    public override string Bad => """
        using k8s;
        using k8s.Models;

        class Example
        {
            async Task Run(IKubernetes client)
            {
                await client.AppsV1.PatchNamespacedDeploymentAsync(new V1Patch("{}", V1Patch.PatchType.MergePatch), "web", "shop");
            }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        using k8s;
        using k8s.Models;

        class Example
        {
            async Task Run(IKubernetes client)
            {
                await client.AppsV1.ReadNamespacedDeploymentAsync("web", "shop");
            }
        }
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods =>
        [
            "PatchNamespacedDeployment", "PatchNamespacedStatefulSet", "PatchNamespacedDaemonSet", "PatchNamespacedReplicaSet",
            "PatchNamespacedDeploymentScale", "PatchNamespacedStatefulSetScale", "PatchNamespacedReplicaSetScale",
            "ReplaceNamespacedDeploymentScale", "ReplaceNamespacedStatefulSetScale", "ReplaceNamespacedReplicaSetScale",
            "PatchNamespaced", "ReplaceNamespaced",
            "ReplaceNamespacedDeployment", "ReplaceNamespacedStatefulSet", "ReplaceNamespacedDaemonSet", "ReplaceNamespacedReplicaSet",
        ];

    internal override bool IsDrift => true;

    internal override string? Judge(IInvocationOperation call) =>
        call.TargetMethod is { ContainingType.Name: "GenericClient" } method && !method.TypeArguments.Any(t => t.Name is "V1Deployment"
            or "V1StatefulSet" or "V1DaemonSet" or "V1ReplicaSet" or "V1Scale") ? null
            : $"{call.TargetMethod.Name} changes a live workload behind its manifest's back: change the manifest, and apply that.";
}
