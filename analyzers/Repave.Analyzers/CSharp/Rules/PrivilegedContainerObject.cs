using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>A privileged container of the Kubernetes object model.</summary>
public sealed class PrivilegedContainerObject : PropertyRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3006";

    /// <inheritdoc/>
    public override string Title => "Privileged container, in a Kubernetes object";

    /// <inheritdoc/>
    public override string Reason =>
        "A privileged container can change the node that it runs on, and the change stays when the pod is replaced. "
        + "Grant the single capabilities that are needed.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 AC-6", "NIST SP 800-53 CM-7"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/concepts/security/pod-security-standards/"];

    /// <inheritdoc/>
    public override string Library => "KubernetesClient 21.0.8";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["k8s.Models.V1SecurityContext"];

    /// <inheritdoc/>
    public override string Bad => """
        using k8s;
        using k8s.Models;

        class Example
        {
            async Task Run(IKubernetes client)
            {
                var context = new V1SecurityContext { Privileged = true };
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
                var context = new V1SecurityContext { Privileged = false };
            }
        }
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Properties => ["Privileged"];

    internal override (string Message, CSharpFix? Fix)? Judge(IPropertyReferenceOperation property, IOperation value) =>
        value.Flag() == true ? ("A privileged container can change its node for good: grant the capabilities that it needs instead.", null)
            : null;
}
