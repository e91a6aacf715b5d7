using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp;

/// <summary>The servers of .NET Aspire that keep data: where each keeps it, as its own WithDataVolume mounts it
/// (Aspire.Hosting 13.6.5 and its integrations).</summary>
internal static class AspireServers
{
    private static readonly Dictionary<string, string> DataFolders = new(StringComparer.Ordinal)
    {
        ["PostgresServerResource"] = "/var/lib/postgresql/data",
        ["SqlServerServerResource"] = "/var/opt/mssql",
        ["MySqlServerResource"] = "/var/lib/mysql",
        ["MongoDBServerResource"] = "/data/db",
        ["OracleDatabaseServerResource"] = "/opt/oracle/oradata",
        ["RabbitMQServerResource"] = "/var/lib/rabbitmq",
        ["MilvusServerResource"] = "/var/lib/milvus",
        ["QdrantServerResource"] = "/qdrant/storage",
        ["KeycloakResource"] = "/opt/keycloak/data",
        ["RedisResource"] = "/data",
        ["NatsServerResource"] = "/var/lib/nats",
    };

    // Official images of PostgreSQL keep data one folder higher from 18 on, and which one runs is a matter of its tag.
    private const string NewerPostgres = "/var/lib/postgresql";

    /// <summary>The folder in which the server keeps its data, of a call on its builder; null if it is not one of these.</summary>
    public static string? DataFolder(IInvocationOperation call) =>
        call.TargetMethod.TypeArguments.FirstOrDefault() is { } resource && DataFolders.TryGetValue(resource.Name, out var folder)
            ? folder : null;

    /// <summary>True if what is mounted there holds the server's data, or a part of it.</summary>
    public static bool Holds(string mount, string folder)
    {
        var path = mount.TrimEnd('/');
        return path.Length == 0 || path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal)
            || path == NewerPostgres && folder.StartsWith(NewerPostgres + "/", StringComparison.Ordinal)
            || path != NewerPostgres && folder.StartsWith(path + "/", StringComparison.Ordinal);
    }

    /// <summary>All calls on the builder that this call is made on, itself among them; null if it is not known where the builder
    /// comes from.</summary>
    public static IReadOnlyList<IInvocationOperation>? CallsOn(IInvocationOperation call)
    {
        var first = StartOf(call);
        if (first.Arguments.FirstOrDefault()?.Value.Bare() is ILocalReferenceOperation { Local: var local })
        {
            // Not the application's builder: the variable holds the server, and its first value is where the chain begins.
            if (DataFolder(first) is null)
                return [first, .. first.CallsAfter()];
            var start = local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();
            var value = start is null ? null
                : (call.SemanticModel?.GetOperation(start) as IVariableDeclaratorOperation)?.Initializer?.Value;
            if (value?.Bare() is not IInvocationOperation made)
                return null;
            first = StartOf(made);
        }

        return first.TargetMethod.Name.StartsWith("Add", StringComparison.Ordinal) ? [first, .. first.CallsAfter()] : null;
    }

    // The first call of a chain.
    private static IInvocationOperation StartOf(IInvocationOperation call)
    {
        var first = call;
        while (first.Arguments.FirstOrDefault()?.Value.Bare() is IInvocationOperation before)
            first = before;
        return first;
    }

    /// <summary>True for a call that keeps the server's data outside of its container.</summary>
    public static bool KeepsData(IInvocationOperation call, string folder) =>
        call.TargetMethod.Name is "WithDataVolume" or "WithDataBindMount"
        || call.TargetMethod.Name is "WithVolume" or "WithBindMount"
            && (call.Argument("target")?.Text() is not { } target || Holds(target, folder));
}
