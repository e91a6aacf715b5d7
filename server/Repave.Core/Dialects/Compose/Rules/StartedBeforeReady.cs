using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Compose.Rules;

/// <summary>Services that do not wait for the healthcheck of what they depend on.</summary>
public sealed class StartedBeforeReady : ComposeRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1362";

    /// <inheritdoc/>
    public override string Title => "Started before what it depends on is ready";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "A dependency without a condition waits until a container has started, not until it answers, although its "
            + "healthcheck could tell: the first requests fail, and so may the service. Say condition: service_healthy.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.docker.com/compose/how-tos/startup-order/"];

    /// <inheritdoc/>
    public override string Bad => """
        services:
          web:
            image: example.com/web:1.4.2
            depends_on: [db]
          db:
            image: docker.io/library/postgres:17.2
            healthcheck: {test: [CMD, pg_isready]}
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
        foreach (var (node, name) in (resource.Root["depends_on"] as MapNode)?.AllEntries.Where(e => e.Value["condition"] is null)
            .Select(e => (e.Key, e.Name))
            ?? resource.Root.ItemsAt("depends_on").OfType<ScalarNode>().Select(s => ((Node)s, (string?)s.Value)))
        {
            if (name is not null && services[name]?["healthcheck"] is MapNode check && check.ScalarAt("disable") is not { IsTrue: true })
                sink.Add(this, resource,
                    node, $"'{resource.Id.Name}' does not wait until '{name}' is healthy, though its healthcheck could tell: "
                        + "say condition: service_healthy.");
        }
    }
}
