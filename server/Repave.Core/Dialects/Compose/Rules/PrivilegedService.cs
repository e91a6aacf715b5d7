using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Compose.Rules;

/// <summary>Containers with every right on the host.</summary>
public sealed class PrivilegedService : ComposeRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1164";

    /// <inheritdoc/>
    public override string Title => "Privileged container";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => [.. base.Controls, "CIS Docker Benchmark 5.5"];

    /// <inheritdoc/>
    public override string Reason =>
        "A privileged container can change the host and every other container on it, so nothing that runs there "
            + "can be trusted to be what was deployed. Give it the capabilities and devices that it needs.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.docker.com/reference/compose-file/services/"];

    /// <inheritdoc/>
    public override string Bad => """
        services:
          web:
            image: example.com/web:1.4.2
            privileged: true
        """;

    /// <inheritdoc/>
    public override string Good => """
        services:
          web:
            image: example.com/web:1.4.2
            cap_add: [NET_ADMIN]
        """;

    /// <inheritdoc/>
    public override void Check(ComposeResource resource, FindingSink sink)
    {
        if (resource.IsService && resource.Root.ScalarAt("privileged") is { IsTrue: true } privileged && !NeedsHost(resource.Root))
            sink.Add(this, resource, privileged,
                $"'{resource.Id.Name}' has every right on the host: give it the capabilities that it needs.");
    }

    private static readonly string[] Engines = ["docker", "dind", "podman", "buildkit", "k3s", "kind", "containerd"];

    private static readonly string[] HostFolders = ["/dev", "/sys", "/proc", "/lib/modules", "/run/dbus", "/var/run/dbus", "/run/udev"];

    // What works on the host's devices or network, or runs containers itself, is given the host on purpose.
    private static bool NeedsHost(MapNode service) =>
        service["devices"] is not null || service["gpus"] is not null || service["device_cgroup_rules"] is not null
            || ((string[])["network_mode", "pid", "ipc", "cgroup", "uts"]).Any(field => service.TextAt(field) == "host")
            || service.ItemsAt("volumes").Any(v => (v is ScalarNode text ? text.Value : v.TextAt("source") ?? "") is var source
                && Array.Exists(HostFolders, f => source.StartsWith(f, StringComparison.Ordinal)))
            || (service.TextAt("image") is { } image && image.Substring(image.LastIndexOf('/') + 1).Split(':', '-', '_', '@')
                .Any(part => Array.IndexOf(Engines, part) >= 0));
}
