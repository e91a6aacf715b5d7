using Repave.Core.Shapes;

namespace Repave.Core.Dialects.CloudFormation;

/// <summary>What a template may hold besides the properties of its resources (<c>schemas/cloudformation/template.pack</c>).</summary>
internal static class TemplateShapes
{
    private static readonly Lazy<SchemaPack> Pack = new(
        () => new SchemaPack(EmbeddedPacks.Text(CloudFormationDialect.DialectName, "template.pack")));

    private static readonly Lazy<ShapeFields> SnapshotTypes = new(() => Pack.Value.Type("*snapshots").Fields!);

    /// <summary>The sections.</summary>
    public static Shape Template => Pack.Value.Type("*Template");

    /// <summary>A parameter.</summary>
    public static Shape Parameter => Pack.Value.Type("*Parameter");

    /// <summary>An output.</summary>
    public static Shape Output => Pack.Value.Type("*Output");

    /// <summary>A rule on parameters.</summary>
    public static Shape Rule => Pack.Value.Type("*Rule");

    /// <summary>The CreationPolicy of a resource.</summary>
    public static Shape CreationPolicy => Pack.Value.Type("*Creation");

    /// <summary>The UpdatePolicy of a resource type; null if it takes none.</summary>
    public static Shape? UpdatePolicyOf(string type) => type switch
    {
        "AWS::AutoScaling::AutoScalingGroup" => Pack.Value.Type("*AutoScalingUpdate"),
        "AWS::Lambda::Alias" => Pack.Value.Type("*LambdaAliasUpdate"),
        "AWS::Elasticsearch::Domain" or "AWS::OpenSearchService::Domain" => Pack.Value.Type("*SearchUpdate"),
        "AWS::ElastiCache::ReplicationGroup" => Pack.Value.Type("*CacheUpdate"),
        "AWS::AppStream::Fleet" => Pack.Value.Type("*FleetUpdate"),
        _ => null,
    };

    /// <summary>Whether a resource type can be kept as a snapshot when it is deleted.</summary>
    public static bool TakesSnapshots(string type) => SnapshotTypes.Value[type] is not null;
}
