namespace Repave.Core.Dialects.CloudFormation.Plans;

/// <summary>On what it depends whether changing a property replaces a resource, where AWS says that it may. The words follow the type's
/// page
/// in AWS's template reference.</summary>
internal static class MayReplace
{
    private const string Store = "an instance whose root device is an instance store is replaced, one on EBS is stopped and started";

    private static readonly Dictionary<(string Type, string Property), string> Conditions = new()
    {
        [("AWS::EC2::Instance", "EbsOptimized")] = Store,
        [("AWS::EC2::Instance", "InstanceType")] = Store,
        [("AWS::EC2::Instance", "KernelId")] = Store,
        [("AWS::EC2::Instance", "RamdiskId")] = Store,
        [("AWS::EC2::Instance", "UserData")] = Store,
        [("AWS::EC2::Instance", "SecurityGroupIds")] = "an instance in a VPC keeps its identity, one outside is replaced",
        [("AWS::EC2::Instance", "SecurityGroups")] = "an instance in a VPC keeps its identity, one outside is replaced",
        [("AWS::EC2::Instance", "Affinity")] = "it is replaced if its tenancy changes with it",
        [("AWS::ElastiCache::ReplicationGroup", "AuthToken")] = "it is replaced unless AuthTokenUpdateStrategy rotates or sets the token",
        [("AWS::RDS::DBInstance", "Engine")] = "it is replaced unless the engine is another name of the same one",
        [("AWS::RDS::DBInstance", "BackupRetentionPeriod")] = "a read replica may be",
    };

    /// <summary>The words; null where AWS's page says no more than "may".</summary>
    public static string? When(string type, string property) =>
        Conditions.TryGetValue((type, property), out var words) ? words : null;
}
