using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Data that is kept from deletion and not from replacement.</summary>
public sealed class KeptWhenDeletedOnly : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1551";

    /// <inheritdoc/>
    public override string Title => "Data that is kept from deletion and not from replacement";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "DeletionPolicy says nothing of replacements: a change that replaces the resource deletes the old one with its data. "
        + "Set UpdateReplacePolicy too.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CP-9", "NIST SP 800-53 CM-3"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatereplacepolicy.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Uploads:
            Type: AWS::S3::Bucket
            DeletionPolicy: Retain
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Uploads:
            Type: AWS::S3::Bucket
            DeletionPolicy: Retain
            UpdateReplacePolicy: Retain
        """;

    internal override void Check(CloudFormationResource resource, FindingSink sink)
    {
        if (resource.Root["DeletionPolicy"] is ScalarNode policy && TextOf(policy) is "Retain" or "Snapshot"
            && !resource.Root.Has("UpdateReplacePolicy") && resource.Type.StartsWith("AWS::", StringComparison.Ordinal))
            sink.Add(this, resource, resource.Root["DeletionPolicy"]!,
                $"'{resource.Id.Name}' is kept when it is deleted and not when a change replaces it: set UpdateReplacePolicy too.",
                resource.Slot.Document.Edits?.Append(resource.Slot.Document, resource.Root, "UpdateReplacePolicy",
                    TextOf(resource.Root["DeletionPolicy"])!, isText: true) is { } edit
                    ? sink.FixHere("Set UpdateReplacePolicy", edit)
                    : null);
    }
}
