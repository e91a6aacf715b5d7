using Repave.Core.Rules;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Database without backups.</summary>
public sealed class NoBackups : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1552";

    /// <inheritdoc/>
    public override string Title => "Database without backups";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A database that keeps no backups cannot be brought back after a change that went wrong. "
        + "Keep backups for some days (BackupRetentionPeriod).";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CP-9", "NIST SP 800-53 CP-10"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Shop:
            Type: AWS::RDS::DBInstance
            DeletionPolicy: Snapshot
            UpdateReplacePolicy: Snapshot
            Properties:
              DBInstanceClass: db.t4g.medium
              BackupRetentionPeriod: 0
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
              BackupRetentionPeriod: 7
        """;

    internal override void Check(CloudFormationResource resource, FindingSink sink)
    {
        if (resource.Properties?["BackupRetentionPeriod"] is { } days && TextOf(days) == "0")
            sink.Add(this, resource, days, $"'{resource.Id.Name}' keeps no backups: set BackupRetentionPeriod to some days.");
    }
}
