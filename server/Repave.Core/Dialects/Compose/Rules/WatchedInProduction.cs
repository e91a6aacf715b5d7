using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Compose.Rules;

/// <summary>Watching for changes in files that are meant for production.</summary>
public sealed class WatchedInProduction : ComposeRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1166";

    /// <inheritdoc/>
    public override string Title => "Files copied into running containers in production";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "What watch copies into a running container is in no image: the next container is without it, and nobody can "
            + "say what ran. Keep develop out of files for production.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.docker.com/compose/how-tos/file-watch/"];

    /// <inheritdoc/>
    public override string Bad => """
        name: shop-production
        services:
          web:
            build: .
            develop:
              watch:
                - {action: sync, path: ./web, target: /web}
        """;

    /// <inheritdoc/>
    public override string Good => """
        name: shop-production
        services:
          web:
            build: .
        """;

    /// <inheritdoc/>
    public override void Check(ComposeResource resource, FindingSink sink)
    {
        if (!resource.IsService || !(IsProduction(resource.Manifest.FileName) || IsProduction(resource.Document?.TextAt("name") ?? "")))
            return;
        foreach (var watch in resource.Root["develop"]?.ItemsAt("watch") ?? [])
        {
            if (watch.ScalarAt("action") is { } action && action.Value.StartsWith("sync", StringComparison.Ordinal))
                sink.Add(this, resource, action,
                    "This copies files into running containers, in a file for production: build them into the image.");
        }
    }

    private static bool IsProduction(string name) =>
        name.Split('.', '-', '_').Any(part => part.ToLowerInvariant() is "prod" or "production" or "live");
}
