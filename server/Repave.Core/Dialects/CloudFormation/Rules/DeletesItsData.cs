using Repave.Core.Rules;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Data that is to be deleted.</summary>
public sealed class DeletesItsData : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1553";

    /// <inheritdoc/>
    public override string Title => "Data that is to be deleted";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "The resource says itself that its data may go, with a stack or a replacement. "
        + "Keep it or take a snapshot; what is only for tests may say so in a suppression.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CP-9", "NIST SP 800-53 CM-3"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Shop:
            Type: AWS::RDS::DBInstance
            DeletionPolicy: Delete
            UpdateReplacePolicy: Delete
            Properties:
              DBInstanceClass: db.t4g.medium
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Shop:
            Type: AWS::RDS::DBInstance
            DeletionPolicy: Snapshot
            UpdateReplacePolicy: Snapshot
            Properties:
              DBInstanceClass: db.t4g.medium
        """;

    internal override void Check(CloudFormationResource resource, FindingSink sink)
    {
        if (!CloudFormationSchemas.Instance.IsStateful(resource.Type))
            return;
        foreach (var policy in (string[])["DeletionPolicy", "UpdateReplacePolicy"])
        {
            if (resource.Root[policy] is { } said && TextOf(said) == "Delete")
                sink.Add(this, resource, said, $"The data of '{resource.Id.Name}' goes with it: keep it, or take a snapshot.");
        }
    }
}
