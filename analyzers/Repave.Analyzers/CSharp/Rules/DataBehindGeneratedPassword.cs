using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Repave.Core.Rules;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>A database of Aspire keeps its data and not its password.</summary>
public sealed class DataBehindGeneratedPassword : CallRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3702";

    /// <inheritdoc/>
    public override string Title => "Data that outlives its password, in Aspire";

    /// <inheritdoc/>
    public override string Category => "Data";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "A database keeps the password of its first start in its data, and one that is generated is another on the next machine or "
            + "after secrets "
        + "are cleared, so nobody gets at the data. "
        + "Give the resource a password of its own (AddParameter) where its data is kept.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://aspire.dev/"];

    /// <inheritdoc/>
    public override string Library => "Aspire.Hosting.PostgreSQL 13.6.5 and its kin";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types =>
        [
            "Aspire.Hosting.PostgresBuilderExtensions", "Aspire.Hosting.SqlServerBuilderExtensions",
                "Aspire.Hosting.MySqlBuilderExtensions",
            "Aspire.Hosting.RabbitMQBuilderExtensions", "Aspire.Hosting.MongoDBBuilderExtensions",
                "Aspire.Hosting.OracleDatabaseBuilderExtensions",
        ];

    /// <inheritdoc/>
    public override string Bad => """
        using Aspire.Hosting;

        class Example
        {
            void Build(IDistributedApplicationBuilder builder)
            {
                builder.AddPostgres("db").WithDataVolume();
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
                builder.AddPostgres("db", password: builder.AddParameter("db-password", secret: true)).WithDataVolume();
            }
        }
        """;

    /// <inheritdoc/>
    public override string? Stubs => """
        namespace Aspire.Hosting
        {
            public class PostgresServer { }

            public static class PostgresBuilderExtensions
            {
                public static PostgresServer AddPostgres(this IDistributedApplicationBuilder builder, string name, object? userName = null, object? password = null, int? port = null) => new();
                public static PostgresServer WithDataVolume(this PostgresServer builder, string? name = null) => builder;
            }
        }
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods => ["WithDataVolume", "WithDataBindMount"];

    internal override string? Judge(IInvocationOperation call)
    {
        for (var at = call.Arguments.FirstOrDefault()?.Value.Bare() as IInvocationOperation; at is not null;
            at = at.Arguments.FirstOrDefault()?.Value.Bare() as IInvocationOperation)
        {
            if (at.TargetMethod.Parameters.Any(p => p.Name == "password"))
            {
                return at.Argument("password") is null
                    ? "The data outlives the password, which is generated: give the resource one of its own." : null;
            }

            if (at.TargetMethod.Name == "WithPassword")
                return null;
        }

        return null;
    }
}
