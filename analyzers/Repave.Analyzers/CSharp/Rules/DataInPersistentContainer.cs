using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Repave.Core.Rules;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>A server of Aspire whose container outlives the program, with its data in it.</summary>
public sealed class DataInPersistentContainer : CallRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3704";

    /// <inheritdoc/>
    public override string Title => "Data in a persistent container, in Aspire";

    /// <inheritdoc/>
    public override string Category => "Data";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "A persistent container is kept when the program ends, and replaced when its definition changes: another tag, another variable. "
        + "Data that lies in it seems safe until then, and is lost then. "
        + "Keep the data in a volume.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://aspire.dev/fundamentals/persist-data-volumes/"];

    /// <inheritdoc/>
    public override string Library => "Aspire.Hosting 13.6.5 and its integrations";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["Aspire.Hosting.ContainerResourceBuilderExtensions"];

    /// <inheritdoc/>
    public override string Bad => """
        using Aspire.Hosting;
        using Aspire.Hosting.ApplicationModel;

        class Example
        {
            void Build(IDistributedApplicationBuilder builder)
            {
                builder.AddMongoDB("db").WithLifetime(ContainerLifetime.Persistent);
            }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        using Aspire.Hosting;
        using Aspire.Hosting.ApplicationModel;

        class Example
        {
            void Build(IDistributedApplicationBuilder builder)
            {
                builder.AddMongoDB("db").WithLifetime(ContainerLifetime.Persistent).WithDataVolume();
            }
        }
        """;

    /// <inheritdoc/>
    public override string? Stubs => """
        namespace Aspire.Hosting
        {
            public class MongoDBServerResource(string name) : ApplicationModel.ContainerResource(name) { }

            public static class MongoDBBuilderExtensions
            {
                public static ApplicationModel.IResourceBuilder<MongoDBServerResource> AddMongoDB(this IDistributedApplicationBuilder builder, string name) => null!;
                public static ApplicationModel.IResourceBuilder<MongoDBServerResource> WithDataVolume(this ApplicationModel.IResourceBuilder<MongoDBServerResource> builder, string? name = null) => builder;
            }
        }
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods => ["WithLifetime"];

    internal override string? Judge(IInvocationOperation call) =>
        AspireServers.DataFolder(call) is { } folder && call.Argument("lifetime").NameOfValue() == "Persistent"
        && AspireServers.CallsOn(call)?.Any(c => AspireServers.KeepsData(c, folder)) == false
            ? "The container is kept with its data until its definition changes, and then both go: keep the data in a volume." : null;
}
