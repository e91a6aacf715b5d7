using Repave.Core.Rules;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Data that goes with its resource.</summary>
public sealed class DataGoesWithResource : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1550";

    /// <inheritdoc/>
    public override string Title => "Data that goes with its resource";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "A resource that holds data and has no policies takes it along when a change replaces it or its stack is deleted. "
        + "Set DeletionPolicy and UpdateReplacePolicy to Retain or Snapshot.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CP-9", "NIST SP 800-53 CM-3"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatereplacepolicy.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Orders:
            Type: AWS::DynamoDB::Table
            Properties:
              BillingMode: PAY_PER_REQUEST
              KeySchema: [{AttributeName: id, KeyType: HASH}]
              AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Orders:
            Type: AWS::DynamoDB::Table
            DeletionPolicy: Retain
            UpdateReplacePolicy: Retain
            Properties:
              BillingMode: PAY_PER_REQUEST
              KeySchema: [{AttributeName: id, KeyType: HASH}]
              AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
        """;

    internal override void Check(CloudFormationResource resource, FindingSink sink)
    {
        if (CloudFormationSchemas.Instance.IsStateful(resource.Type) && !resource.Root.Has("DeletionPolicy")
            && !resource.Root.Has("UpdateReplacePolicy"))
            sink.Add(this, resource, resource.NameNode,
                $"The data of '{resource.Id.Name}' goes when a change replaces it: set DeletionPolicy and UpdateReplacePolicy.");
    }
}
