using Microsoft.CodeAnalysis.Operations;
using Repave.Core.Rules;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>A debugging container is put into a running pod.</summary>
public sealed class EphemeralContainerAdded : CallRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3004";

    /// <inheritdoc/>
    public override string Title => "Ephemeral container added";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "An ephemeral container stays in its pod until that ends, and can do there what no manifest says. "
        + "Debug a copy of the pod, and delete the pod that was changed.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/"];

    /// <inheritdoc/>
    public override string Library => "KubernetesClient 21.0.8";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["k8s.CoreV1OperationsExtensions", "k8s.ICoreV1Operations"];

    /// <inheritdoc/>
    public override string Bad => """
        using k8s;
        using k8s.Models;

        class Example
        {
            async Task Run(IKubernetes client)
            {
                await client.CoreV1.PatchNamespacedPodEphemeralcontainersAsync(new V1Patch("{}", V1Patch.PatchType.StrategicMergePatch), "web-0", "shop");
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
                await client.CoreV1.CreateNamespacedPodAsync(new V1Pod(), "shop");
            }
        }
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods => ["PatchNamespacedPodEphemeralcontainers", "ReplaceNamespacedPodEphemeralcontainers"];

    internal override string? Judge(IInvocationOperation call) =>
        "This puts a container into a running pod, where it stays: debug a copy of the pod instead.";
}
