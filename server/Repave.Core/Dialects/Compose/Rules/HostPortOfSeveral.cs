using Repave.Core.Dialects.Compose.Loading;
using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Compose.Rules;

/// <summary>Services of several containers that publish one port of the host.</summary>
public sealed class HostPortOfSeveral : ComposeRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1360";

    /// <inheritdoc/>
    public override string Title => "One port of the host for several containers";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "The host has a port once: of several containers only the first can start. Leave the host port out, publish a "
            + "range, or put a proxy before them.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.docker.com/reference/compose-file/services/"];

    /// <inheritdoc/>
    public override string Bad => """
        services:
          web:
            image: example.com/web:1.4.2
            scale: 2
            ports: ["80:8080"]
        """;

    /// <inheritdoc/>
    public override string Good => """
        services:
          web:
            image: example.com/web:1.4.2
            scale: 2
            ports: ["8080"]
        """;

    /// <inheritdoc/>
    public override void Check(ComposeResource resource, FindingSink sink)
    {
        if (!resource.IsService || IsForSwarm(resource.Manifest.FileName))
            return;
        var scale = (resource.Root.ScalarAt("scale") ?? resource.Root["deploy"]?.ScalarAt("replicas"))?.Integer ?? 1;
        // Swarm publishes a port once for all of them.
        if (scale < 2 || resource.Root["deploy"] is { } deploy && (deploy["mode"] ?? deploy["update_config"] ?? deploy["placement"]
            ?? deploy["endpoint_mode"]) is not null)
            return;
        foreach (var port in resource.Root.ItemsAt("ports"))
        {
            var published = port is MapNode ? port.TextAt("published") : port is ScalarNode text
                ? PortText.TryParse(text.Value, null, out _)?.FirstOrDefault()?.TextAt("published") : null;
            if (published is { Length: > 0 } && published != "0" && published.IndexOf('-') < 0)
                sink.Add(this, resource, port,
                    $"Only one of {scale} containers can have the host's port {published}: leave it out, or publish a range.");
        }
    }

    private static bool IsForSwarm(string file) =>
        file.Split('.', '-', '_').Any(part => part.ToLowerInvariant() is "stack" or "swarm");
}
