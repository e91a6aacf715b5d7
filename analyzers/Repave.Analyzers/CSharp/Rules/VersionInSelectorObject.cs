using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>A selector of the Kubernetes object model that names a version.</summary>
public sealed class VersionInSelectorObject : PropertyRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3008";

    /// <inheritdoc/>
    public override string Title => "Version in a selector, in a Kubernetes object";

    /// <inheritdoc/>
    public override string Category => "Replacement";

    /// <inheritdoc/>
    public override string Reason =>
        "A selector is fixed when its workload is made, so one that names a version forces the whole workload to be deleted "
        + "with the next version. "
        + "Select by what stays the same.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#label-selector-updates"];

    /// <inheritdoc/>
    public override string Library => "KubernetesClient 21.0.8";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["k8s.Models.V1LabelSelector"];

    /// <inheritdoc/>
    public override string Bad => """
        using k8s;
        using k8s.Models;

        class Example
        {
            async Task Run(IKubernetes client)
            {
                var selector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = "web", ["version"] = "1.4.2" } };
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
                var selector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = "web" } };
            }
        }
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Properties => ["MatchLabels"];

    internal override (string Message, CSharpFix? Fix)? Judge(IPropertyReferenceOperation property, IOperation value) =>
        VersionLabels.In(value) is { } label
            ? ($"The selector names '{label}', which changes with each release, and a selector cannot change: "
                + "select by what stays the same.", null)
            : null;
}
