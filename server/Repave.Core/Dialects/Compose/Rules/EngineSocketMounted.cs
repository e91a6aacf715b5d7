using Repave.Core.Dialects.Compose.Loading;
using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Compose.Rules;

/// <summary>Containers that can command the engine that they run on.</summary>
public sealed class EngineSocketMounted : ComposeRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1162";

    /// <inheritdoc/>
    public override string Title => "The engine's socket in a container";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => [.. base.Controls, "CIS Docker Benchmark 5.32"];

    /// <inheritdoc/>
    public override string Reason =>
        "Whoever can write to the socket of the engine is root on the host: such a container can start, change and "
            + "remove every other. Keep it out, or put a proxy before it that lets reads through only.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.docker.com/engine/security/#docker-daemon-attack-surface"];

    /// <inheritdoc/>
    public override string Bad => """
        services:
          web:
            image: example.com/web:1.4.2
            volumes: [/var/run/docker.sock:/var/run/docker.sock]
        """;

    /// <inheritdoc/>
    public override string Good => """
        services:
          web:
            image: example.com/web:1.4.2
        """;

    /// <inheritdoc/>
    public override void Check(ComposeResource resource, FindingSink sink)
    {
        foreach (var volume in resource.IsService ? resource.Root.ItemsAt("volumes") : [])
        {
            var source = volume is ScalarNode text ? MountText.TryParse(text.Value, out _)?.TextAt("source") : volume.TextAt("source");
            if (source is "/var/run/docker.sock" or "/run/docker.sock" or "/var/run/podman/podman.sock" or "/run/podman/podman.sock"
                or "/run/containerd/containerd.sock")
                sink.Add(this, resource, volume, $"'{resource.Id.Name}' can command the engine through '{source}', and with it the host.");
        }
    }
}
