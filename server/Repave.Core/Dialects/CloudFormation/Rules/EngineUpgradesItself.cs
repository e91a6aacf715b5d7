using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Database engine that upgrades itself.</summary>
public sealed class EngineUpgradesItself : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1156";

    /// <inheritdoc/>
    public override string Title => "Database engine that upgrades itself";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "A database that takes minor versions by itself restarts at a time that nobody chose for this change, "
        + "with an engine that nobody tested. "
        + "Set AutoMinorVersionUpgrade to false, and upgrade by a change of the version.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html"];

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
              AutoMinorVersionUpgrade: true
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
              AutoMinorVersionUpgrade: false
        """;

    internal override void Check(CloudFormationResource resource, FindingSink sink)
    {
        if (resource.Properties?["AutoMinorVersionUpgrade"] is ScalarNode upgrade
            && string.Equals(TextOf(upgrade), "true", StringComparison.OrdinalIgnoreCase))
            sink.Add(this, resource, upgrade, $"'{resource.Id.Name}' changes its engine by itself: upgrade it by a change of its version.");
    }
}
