using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Compose.Rules;

/// <summary>Services that wait for the health of a service that has no healthcheck here.</summary>
public sealed class WaitsForNoHealthcheck : ComposeRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1363";

    /// <inheritdoc/>
    public override string Title => "Waits for a healthcheck that is not there";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "Compose fails where a service waits for the health of another that has no healthcheck, neither here nor in its "
            + "image. Give that one a healthcheck, where everybody can read it.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.docker.com/compose/how-tos/startup-order/"];

    /// <inheritdoc/>
    public override string Bad => """
        services:
          web:
            image: example.com/web:1.4.2
            depends_on:
              db: {condition: service_healthy}
          db:
            image: docker.io/library/postgres:17.2
        """;

    /// <inheritdoc/>
    public override string Good => """
        services:
          web:
            image: example.com/web:1.4.2
            depends_on:
              db: {condition: service_healthy}
          db:
            image: docker.io/library/postgres:17.2
            healthcheck: {test: [CMD, pg_isready]}
        """;

    /// <inheritdoc/>
    public override void Check(ComposeResource resource, FindingSink sink)
    {
        if (!resource.IsService || resource.Document?["services"] is not MapNode services)
            return;
        foreach (var entry in (resource.Root["depends_on"] as MapNode)?.AllEntries ?? [])
        {
            if (entry.Name is { } name && entry.Value.Resolved?.ScalarAt("condition") is { Value: "service_healthy" } condition
                && services[name] is MapNode other && other["image"] is not null && other["build"] is null && other["extends"] is null
                && (other["healthcheck"] is null || other.At("healthcheck", "disable") is ScalarNode { IsTrue: true }))
                sink.Add(this, resource, condition,
                    $"'{name}' has no healthcheck here; unless its image has one, '{resource.Id.Name}' never starts.");
        }
    }
}
