using Repave.Core.Rules;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Lambda runtime that updates itself.</summary>
public sealed class RuntimeUpdatesItself : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1054";

    /// <inheritdoc/>
    public override string Title => "Lambda runtime that updates itself";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "AWS exchanges the runtime under a function that leaves that to it, without a change that anybody reviewed. "
        + "Update the runtime with the function, or by hand (FunctionUpdate, Manual).";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.aws.amazon.com/lambda/latest/dg/runtimes-update.html"];

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
              RuntimeManagementConfig:
                UpdateRuntimeOn: FunctionUpdate
        """;

    internal override void Check(CloudFormationResource resource, FindingSink sink)
    {
        if (resource.Type == "AWS::Lambda::Function" && resource.Properties is { } properties && properties.Has("Runtime")
            && (properties["RuntimeManagementConfig"] is not { } config || config.TextAt("UpdateRuntimeOn") == "Auto"))
            sink.Add(this, resource, resource.NameNode, $"AWS exchanges the runtime under '{resource.Id.Name}' when it pleases: "
                + "set RuntimeManagementConfig.UpdateRuntimeOn to FunctionUpdate.");
    }
}
