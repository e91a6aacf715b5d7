using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>A container of Pulumi with an image whose tag moves.</summary>
public sealed class PulumiImageMoves : PropertyRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3306";

    /// <inheritdoc/>
    public override string Title => "Image tag that moves, in Pulumi";

    /// <inheritdoc/>
    public override string Category => "Images";

    /// <inheritdoc/>
    public override string Reason =>
        "An image without a tag, or with the tag latest, is another image after the next push, "
        + "so a restarted container runs something that nobody rolled out. "
        + "Name a version or, better, a digest.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2", "NIST SP 800-53 CM-3"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/concepts/containers/images/#image-names"];

    /// <inheritdoc/>
    public override string Library => "Pulumi.Kubernetes 4.x, Pulumi.Docker 4.x (API reference)";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["Pulumi.Kubernetes.Types.Inputs.Core.V1.ContainerArgs", "Pulumi.Docker.ContainerArgs"];

    /// <inheritdoc/>
    public override string Bad => """
        using Pulumi.Kubernetes.Types.Inputs.Core.V1;

        class Example
        {
            void Build()
            {
                var container = new ContainerArgs { Name = "web", Image = "registry.example.com/web:latest" };
            }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        using Pulumi.Kubernetes.Types.Inputs.Core.V1;

        class Example
        {
            void Build()
            {
                var container = new ContainerArgs { Name = "web", Image = "registry.example.com/web:1.4.2" };
            }
        }
        """;

    /// <inheritdoc/>
    public override string? Stubs => """
        namespace Pulumi
        {
            public class Input<T> { public static implicit operator Input<T>(T value) => new(); }
        }

        namespace Pulumi.Kubernetes.Types.Inputs.Core.V1
        {
            public class ContainerArgs { public Input<string>? Name { get; set; } public Input<string>? Image { get; set; } }
        }
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Properties => ["Image"];

    internal override (string Message, CSharpFix? Fix)? Judge(IPropertyReferenceOperation property, IOperation value) =>
        MovingImage.Judge(value) is { } message ? (message, null) : null;
}
