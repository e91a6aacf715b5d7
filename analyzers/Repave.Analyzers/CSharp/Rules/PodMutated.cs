using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>A running pod is patched or replaced as an object.</summary>
public sealed class PodMutated : CallRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3001";

    /// <inheritdoc/>
    public override string Title => "Pod changed in place";

    /// <inheritdoc/>
    public override string Reason =>
        "A pod that is patched differs from the template that it was made from, until its controller replaces it and the change is gone. "
        + "Change the template of the workload, so new pods replace the old ones.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/concepts/workloads/pods/#pod-update-and-replacement"];

    /// <inheritdoc/>
    public override string Library => "KubernetesClient 21.0.8";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["k8s.CoreV1OperationsExtensions", "k8s.ICoreV1Operations", "k8s.GenericClient"];

    /// <inheritdoc/>
    public override string Bad => """
        using k8s;
        using k8s.Models;

        class Example
        {
            async Task Run(IKubernetes client)
            {
                await client.CoreV1.PatchNamespacedPodAsync(new V1Patch("{}", V1Patch.PatchType.MergePatch), "web-0", "shop");
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
                await client.CoreV1.DeleteNamespacedPodAsync("web-0", "shop");
            }
        }
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods =>
        ["PatchNamespacedPod", "ReplaceNamespacedPod", "PatchNamespacedPodResize", "ReplaceNamespacedPodResize",
            "PatchNamespaced", "ReplaceNamespaced", "Patch", "Replace"];

    internal override bool IsDrift => true;

    internal override string? Judge(IInvocationOperation call) =>
        call.TargetMethod is { ContainingType.Name: "GenericClient" } method && !method.TypeArguments.Any(t => t.Name == "V1Pod") ? null
            : $"{call.TargetMethod.Name} changes a running pod in place: change the workload's template, "
                + "or delete the pod and let its controller make another.";
}
