using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>A server of Aspire has a volume, and keeps its data beside it.</summary>
public sealed class VolumeBesideData : CallRule
{
    // A volume beside the data is right for these.
    private static readonly string[] OtherUses =
        ["init", "backup", "dump", "conf", "etc", "cert", "ssl", "tls", "log", "script", "plugin", "extension", "import",
            "export", "tmp", "temp",
            "theme", "provider", "model", "cache", "secret", "run", "wal", "archive", "share", "usr"];

    /// <inheritdoc/>
    public override string Id => "RPV3703";

    /// <inheritdoc/>
    public override string Title => "Volume beside the data, in Aspire";

    /// <inheritdoc/>
    public override string Category => "Data";

    /// <inheritdoc/>
    public override string Reason =>
        "The server writes its data to one folder. A volume at another folder stays empty, the data stays in the container, "
        + "and the next replacement of the container loses it. "
        + "WithDataVolume mounts the right folder.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://aspire.dev/fundamentals/persist-data-volumes/"];

    /// <inheritdoc/>
    public override string Library => "Aspire.Hosting 13.6.5 and its integrations";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["Aspire.Hosting.ContainerResourceBuilderExtensions"];

    /// <inheritdoc/>
    public override string Bad => """
        using Aspire.Hosting;

        class Example
        {
            void Build(IDistributedApplicationBuilder builder)
            {
                builder.AddMySql("db").WithVolume("db-data", "/var/lib/data");
            }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        using Aspire.Hosting;

        class Example
        {
            void Build(IDistributedApplicationBuilder builder)
            {
                builder.AddMySql("db").WithVolume("db-data", "/var/lib/mysql");
            }
        }
        """;

    /// <inheritdoc/>
    public override string? Stubs => """
        namespace Aspire.Hosting
        {
            public class MySqlServerResource(string name) : ApplicationModel.ContainerResource(name) { }

            public static class MySqlBuilderExtensions
            {
                public static ApplicationModel.IResourceBuilder<MySqlServerResource> AddMySql(this IDistributedApplicationBuilder builder, string name) => null!;
                public static ApplicationModel.IResourceBuilder<MySqlServerResource> WithDataVolume(this ApplicationModel.IResourceBuilder<MySqlServerResource> builder, string? name = null) => builder;
            }
        }
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods => ["WithVolume", "WithBindMount"];

    internal override string? Judge(IInvocationOperation call)
    {
        if (AspireServers.DataFolder(call) is not { } folder || call.Argument("target")?.Text() is not { Length: > 0 } target
            || AspireServers.Holds(target, folder) || OtherUses.Any(use => target.Contains(use, StringComparison.OrdinalIgnoreCase))
            // A folder of the machine may be mounted for anything; one that is called data is meant for the data.
            || call.TargetMethod.Name == "WithBindMount" && !LooksLikeData(target))
            return null;
        return AspireServers.CallsOn(call)?.Any(c => AspireServers.KeepsData(c, folder)) == false
            ? $"The server keeps its data in {folder}, so this stays empty and the data goes with the container: use WithDataVolume."
            : null;
    }

    private static bool LooksLikeData(string target) =>
        target.TrimEnd('/').Split('/')[^1].ToLowerInvariant() is "data" or "db" or "database" or "pgdata" or "storage"
            or "mysql" or "postgres"
            or "postgresql" or "mssql" or "mongo" or "mongodb" or "redis" or "rabbitmq" or "oradata" or "qdrant" or "milvus" or "nats";
}
