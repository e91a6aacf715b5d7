using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>A container of the Kubernetes object model with an image whose tag moves.</summary>
public sealed class ContainerImageMoves : PropertyRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3005";

    /// <inheritdoc/>
    public override string Title => "Image tag that moves, in a Kubernetes object";

    /// <inheritdoc/>
    public override string Category => "Images";

    /// <inheritdoc/>
    public override string Reason =>
        "An image without a tag, or with the tag latest, is another image after the next push, "
        + "so a restarted pod runs something that nobody rolled out. "
        + "Name a version or, better, a digest.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2", "NIST SP 800-53 CM-3"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/concepts/containers/images/#image-names"];

    /// <inheritdoc/>
    public override string Library => "KubernetesClient 21.0.8";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["k8s.Models.V1Container", "k8s.Models.V1EphemeralContainer"];

    /// <inheritdoc/>
    public override string Bad => """
        using k8s;
        using k8s.Models;

        class Example
        {
            async Task Run(IKubernetes client)
            {
                var container = new V1Container { Name = "web", Image = "registry.example.com/web:latest" };
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
                var container = new V1Container { Name = "web", Image = "registry.example.com/web:1.4.2" };
            }
        }
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Properties => ["Image"];

    internal override (string Message, CSharpFix? Fix)? Judge(IPropertyReferenceOperation property, IOperation value) =>
        MovingImage.Judge(value) is { } message ? (message, null) : null;
}
