using System.Globalization;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;

namespace Repave.Core.Dialects.CloudFormation.Plans.Back;

/// <summary>Properties that go one way only, as the services' own guides say: engines that are not downgraded, switches that are not
/// turned off, and retention whose shortening deletes what is older.</summary>
internal static class OneWayProperties
{
    // "You cannot downgrade": the guides' pages on upgrading engines, and ModifyReplicationGroup, ModifyCacheCluster, ModifyDBInstance,
    // UpdateClusterKafkaVersion. EKS goes back by one version, but only within seven days.
    private static readonly HashSet<(string Type, string Property)> Upgrades =
    [
        ("AWS::RDS::DBInstance", "EngineVersion"), ("AWS::RDS::DBCluster", "EngineVersion"), ("AWS::RDS::GlobalCluster", "EngineVersion"),
        ("AWS::Neptune::DBCluster", "EngineVersion"), ("AWS::DocDB::DBCluster", "EngineVersion"),
        ("AWS::ElastiCache::ReplicationGroup", "EngineVersion"), ("AWS::ElastiCache::CacheCluster", "EngineVersion"),
        ("AWS::ElastiCache::ServerlessCache", "MajorEngineVersion"), ("AWS::ElastiCache::GlobalReplicationGroup", "EngineVersion"),
        ("AWS::MemoryDB::Cluster", "EngineVersion"), ("AWS::MSK::Cluster", "KafkaVersion"), ("AWS::EKS::Cluster", "Version"),
        ("AWS::OpenSearchService::Domain", "EngineVersion"), ("AWS::Elasticsearch::Domain", "ElasticsearchVersion"),
        ("AWS::Redshift::Cluster", "ClusterVersion"), ("AWS::AmazonMQ::Broker", "EngineVersion"),
    ];

    // Sizes that only grow, deep in a property. What stands at the top of a resource RefusedUpdates knows.
    private static readonly (string Type, string End)[] Growing =
    [
        ("AWS::MSK::Cluster", "EBSStorageInfo.VolumeSize"), ("AWS::RDS::DBCluster", "AllocatedStorage"),
        ("AWS::EKS::Nodegroup", "DiskSize"),
    ];

    // Once on, on for good: PutObjectLockConfiguration of S3.
    private static readonly HashSet<(string Type, string Property)> Switches =
        [("AWS::S3::Bucket", "ObjectLockEnabled"), ("AWS::DynamoDB::GlobalTable", "MultiRegionConsistency")];

    // What is older than the new bound is deleted.
    private static readonly HashSet<(string Type, string Property)> Retention =
    [
        ("AWS::Logs::LogGroup", "RetentionInDays"), ("AWS::Kinesis::Stream", "RetentionPeriodHours"),
        ("AWS::SQS::Queue", "MessageRetentionPeriod"), ("AWS::RDS::DBInstance", "BackupRetentionPeriod"),
        ("AWS::RDS::DBCluster", "BackupRetentionPeriod"), ("AWS::DocDB::DBCluster", "BackupRetentionPeriod"),
        ("AWS::Neptune::DBCluster", "BackupRetentionPeriod"),
    ];

    public static void Judge(ReturnPair pair)
    {
        if (pair.Forward is not { Desired: CloudFormationResource now, Baseline: not null })
            return;
        foreach (var reason in pair.Forward.Reasons)
        {
            var property = PropertyPaths.PropertyOf(reason.Path);
            var (from, to) = (Plain(reason.From), Plain(reason.To));
            if (Upgrades.Contains((now.Type, property)) && IsUpgrade(from, to) && pair.Reverse?.Action != PlanAction.Replace)
                pair.Way.Worsen(BackHow.Never,
                    $"Version {to} cannot be taken back to {from}: only a new one made from a backup of before has it.");
            else if (Array.Exists(Growing, g => g.Type == now.Type && reason.Path.EndsWith(g.End, StringComparison.Ordinal))
                && Number(from) is { } small && Number(to) is { } big && small < big)
                pair.Way.Worsen(BackHow.Never, $"{property} can only grow: {to} does not become {from} again.");
            else if (Switches.Contains((now.Type, property)) && to is not (null or "false") && pair.Reverse?.Action != PlanAction.Replace)
                pair.Way.Worsen(BackHow.Never, $"{property} cannot be taken back once it is set.");
            else if (Retention.Contains((now.Type, property)) && Number(to) is { } shorter
                && (Number(from) is { } longer ? shorter < longer : from is null && now.Type == "AWS::Logs::LogGroup"))
                pair.Way.Worsen(BackHow.Loss,
                    $"The setting goes back; what was deleted because it is older than {property} {to} does not.");
        }
    }

    private static string? Plain(string? json) => json?.Trim('"');

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    // Numbers of a version one by one, whatever stands before them: OpenSearch_2.11, 8.0.mysql_aurora.3.05.2.
    private static bool IsUpgrade(string? from, string? to)
    {
        if (from is null || to is null)
            return false;
        var (olds, news) = (NumbersOf(from), NumbersOf(to));
        for (var i = 0; i < Math.Min(olds.Count, news.Count); i++)
        {
            if (olds[i] != news[i])
                return news[i] > olds[i];
        }

        return news.Count > olds.Count;
    }

    private static List<long> NumbersOf(string version)
    {
        const int most = 12;
        var (numbers, number) = (new List<long>(), -1L);
        foreach (var c in version)
        {
            if (c is >= '0' and <= '9')
            {
                number = Math.Min(long.MaxValue / 100, (Math.Max(0, number) * 10) + (c - '0'));
            }
            else if (number >= 0)
            {
                numbers.Add(number);
                number = -1;
            }

            if (numbers.Count > most)
                break;
        }

        if (number >= 0)
            numbers.Add(number);
        return numbers;
    }
}
