using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>An ECR repository whose tags may be moved.</summary>
public sealed class RepositoryTagsMovable : PropertyRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3109";

    /// <inheritdoc/>
    public override string Title => "Repository whose tags may move";

    /// <inheritdoc/>
    public override bool HasFix => true;

    /// <inheritdoc/>
    public override string Category => "Images";

    /// <inheritdoc/>
    public override string Reason =>
        "In a repository with mutable tags the image behind a tag can be exchanged after it was tested and rolled out. "
        + "Make tags immutable.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-3", "NIST SP 800-53 SI-7"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html"];

    /// <inheritdoc/>
    public override string Library => "AWSSDK.ECR 4.0 (API reference)";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types =>
        ["Amazon.ECR.Model.CreateRepositoryRequest", "Amazon.ECR.Model.PutImageTagMutabilityRequest"];

    /// <inheritdoc/>
    public override string Bad => """
        using Amazon.ECR;
        using Amazon.ECR.Model;

        class Example
        {
            async Task Run(IAmazonECR ecr)
            {
                await ecr.CreateRepositoryAsync(new CreateRepositoryRequest { RepositoryName = "web", ImageTagMutability = ImageTagMutability.MUTABLE });
            }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        using Amazon.ECR;
        using Amazon.ECR.Model;

        class Example
        {
            async Task Run(IAmazonECR ecr)
            {
                await ecr.CreateRepositoryAsync(new CreateRepositoryRequest { RepositoryName = "web", ImageTagMutability = ImageTagMutability.IMMUTABLE });
            }
        }
        """;

    /// <inheritdoc/>
    public override string? Stubs => """
        namespace Amazon.ECR
        {
            public class ImageTagMutability
            {
                public static readonly ImageTagMutability MUTABLE = new();
                public static readonly ImageTagMutability IMMUTABLE = new();
            }

            public interface IAmazonECR
            {
                Task<object> CreateRepositoryAsync(Model.CreateRepositoryRequest request, CancellationToken token = default);
            }
        }

        namespace Amazon.ECR.Model
        {
            public class CreateRepositoryRequest { public string? RepositoryName { get; set; } public ImageTagMutability? ImageTagMutability { get; set; } }
        }
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Properties => ["ImageTagMutability"];

    internal override (string Message, CSharpFix? Fix)? Judge(IPropertyReferenceOperation property, IOperation value) =>
        value.NameOfValue() == "MUTABLE"
            ? ("Tags of this repository can be moved to other images after they were rolled out: make them immutable.",
                CSharpFix.Replace("ImageTagMutability.IMMUTABLE"))
            : null;
}
