using Repave.Core.Dialects.Compose.Loading;
using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Compose.Rules;

/// <summary>Volumes that have no name, so that their data is found by nobody.</summary>
public sealed class AnonymousVolume : ComposeRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1560";

    /// <inheritdoc/>
    public override string Title => "Volume without a name";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "The data in a volume without a name goes with docker compose down, with -V, and with a renamed service, and "
            + "nobody can say which volume it was. Name the volume.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.docker.com/engine/storage/volumes/"];

    /// <inheritdoc/>
    public override string Bad => """
        services:
          db:
            image: docker.io/library/postgres:17.2
            volumes: [/var/lib/postgresql/data]
        """;

    /// <inheritdoc/>
    public override string Good => """
        services:
          db:
            image: docker.io/library/postgres:17.2
            volumes: [data:/var/lib/postgresql/data]
        volumes:
          data:
        """;

    /// <inheritdoc/>
    public override void Check(ComposeResource resource, FindingSink sink)
    {
        if (!resource.IsService)
            return;
        var mounts = resource.Root.ItemsAt("volumes").Select(volume => (Node: volume, Mount: volume is ScalarNode text
            ? MountText.TryParse(text.Value, out _) : null)).ToList();
        foreach (var (node, mount) in mounts)
        {
            var (type, source, target) = node is MapNode ? (node.TextAt("type"), node.TextAt("source"), node.TextAt("target"))
                : (mount?.TextAt("type"), mount?.TextAt("source"), mount?.TextAt("target"));
            if (type != "volume" || source is not null || target is null || target.IndexOf('$') >= 0 || IsMadeAgain(target))
                continue;
            // What shields a folder of the image from a mount above it holds nothing that is worth keeping.
            if (mounts.Exists(m => m.Node != node
                && (m.Mount?.TextAt("target") ?? m.Node.TextAt("target"))?.TrimEnd('/') is { Length: > 0 } above
                && target.StartsWith(above + "/", StringComparison.Ordinal)))
                continue;
            sink.Add(this, resource, node, $"The data in {target} is in a volume without a name, and lost with it: name the volume.");
        }
    }

    private static readonly string[] Again =
    [
        "node_modules", "bower_components", "vendor", "venv", ".venv", "target", "build", "dist", "bin", "obj", "tmp", "cache", ".cache",
        ".next", ".nuxt", ".gradle", ".m2", ".npm", ".yarn", "__pycache__", "deps", "_build",
    ];

    // What a build or a package manager puts there it puts there again.
    private static bool IsMadeAgain(string target) =>
        target.TrimEnd('/') is var path && Array.IndexOf(Again, path.Substring(path.LastIndexOf('/') + 1)) >= 0;
}
