using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Repository whose tags may move.</summary>
public sealed class RepositoryTagsMutable : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1051";

    /// <inheritdoc/>
    public override string Title => "Repository whose tags may move";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

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
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Images:
            Type: AWS::ECR::Repository
            Properties:
              RepositoryName: web
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Images:
            Type: AWS::ECR::Repository
            Properties:
              RepositoryName: web
              ImageTagMutability: IMMUTABLE
        """;

    internal override void Check(CloudFormationResource resource, FindingSink sink)
    {
        if (resource.Type != "AWS::ECR::Repository")
            return;
        var mutability = resource.Properties?["ImageTagMutability"];
        if (mutability is null)
            sink.Add(this, resource, resource.NameNode, $"Tags in '{resource.Id.Name}' can be moved to other images after they were rolled "
                + "out: set ImageTagMutability to IMMUTABLE.",
                resource.Properties is { } properties && resource.Slot.Document.Edits?.Append(resource.Slot.Document, properties,
                    "ImageTagMutability", "IMMUTABLE", isText: true) is { } edit ? sink.FixHere("Make tags immutable", edit) : null);
        else if (TextOf(mutability) == "MUTABLE")
            sink.Add(this, resource, mutability,
                $"Tags in '{resource.Id.Name}' can be moved to other images after they were rolled out: make them immutable.",
                sink.FixHere("Make tags immutable", resource.Slot.Document.Edits?.Replace((ScalarNode)mutability, "IMMUTABLE")));
    }
}
