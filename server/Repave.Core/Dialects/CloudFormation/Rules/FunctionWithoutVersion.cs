using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Lambda function without a version.</summary>
public sealed class FunctionWithoutVersion : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1157";

    /// <inheritdoc/>
    public override string Title => "Lambda function without a version";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "Without a version each change of the code replaces what everybody calls, and there is nothing to go back to. "
        + "Publish versions, and let an alias point at one.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Orders:
            Type: AWS::Lambda::Function
            Properties:
              Runtime: python3.13
              Handler: index.handler
              Role: arn:aws:iam::123456789012:role/orders
              Code: {S3Bucket: builds, S3Key: orders.zip}
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Orders:
            Type: AWS::Lambda::Function
            Properties:
              Runtime: python3.13
              Handler: index.handler
              Role: arn:aws:iam::123456789012:role/orders
              Code: {S3Bucket: builds, S3Key: orders.zip}
          Orders7:
            Type: AWS::Lambda::Version
            Properties:
              FunctionName: !Ref Orders
        """;

    internal override bool LooksBeyond => true;

    internal override void Check(CloudFormationResource resource, FindingSink sink)
    {
        if (resource.Type != "AWS::Lambda::Function")
            return;
        var template = resource.Template;
        var isVersioned = template.Resources.Any(r => template.TypeOf(r.Key) == "AWS::Lambda::Version"
            && r.Value.Value.Resolved is MapNode version && template.ReferencesOf(version).Any(u => u.Name == resource.Id.Name));
        if (!isVersioned)
            sink.Add(this, resource, resource.NameNode,
                $"'{resource.Id.Name}' has no version to go back to: add an AWS::Lambda::Version and an alias.");
    }
}
