using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>An ECR repository of the CDK whose tags may be moved.</summary>
public sealed class MutableRepository : PropertyRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3204";

    /// <inheritdoc/>
    public override string Title => "Repository whose tags may move, in the CDK";

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
    public override string Library => "Amazon.CDK.Lib 2.103.0";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["Amazon.CDK.AWS.ECR.RepositoryProps"];

    /// <inheritdoc/>
    public override string Bad => """
        using Amazon.CDK;
        using Amazon.CDK.AWS.ECR;

        class Example : Stack
        {
            void Build()
            {
                var props = new RepositoryProps { ImageTagMutability = TagMutability.MUTABLE };
            }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        using Amazon.CDK;
        using Amazon.CDK.AWS.ECR;

        class Example : Stack
        {
            void Build()
            {
                var props = new RepositoryProps { ImageTagMutability = TagMutability.IMMUTABLE };
            }
        }
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Properties => ["ImageTagMutability"];

    internal override (string Message, CSharpFix? Fix)? Judge(IPropertyReferenceOperation property, IOperation value) =>
        value.NameOfValue() == "MUTABLE"
            ? ("Tags of this repository can be moved to other images after they were rolled out: make them immutable.",
                CSharpFix.Replace("TagMutability.IMMUTABLE"))
            : null;
}
