using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudInit.Rules;

/// <summary>Hosts that do not stay what their image made them.</summary>
public sealed class UpgradesItself : CloudInitRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1120";

    /// <inheritdoc/>
    public override string Title => "Host that upgrades itself";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "Two hosts of the same image and the same user data differ by the day on which they were started, or last upgraded themselves, and "
            + "no plan shows it. Build images with the updates in them, and replace the hosts.";

    /// <inheritdoc/>
    public override string Bad => """
        #cloud-config
        package_upgrade: true
        """;

    /// <inheritdoc/>
    public override string Good => """
        #cloud-config
        package_upgrade: false
        """;

    /// <inheritdoc/>
    public override void Check(CloudConfig config)
    {
        foreach (var key in (string[])["package_upgrade", "apt_upgrade"])
        {
            if (config.Root.ScalarAt(key) is { IsTrue: true } upgrade)
                config.Report(this, upgrade, "The first boot upgrades all packages to what there is that day: build them into the image.");
        }

        foreach (var package in config.Root.ItemsAt("packages"))
        {
            if (package is ScalarNode { Value: "unattended-upgrades" or "dnf-automatic" or "yum-cron" })
                config.Report(this, package, "This upgrades the host while it runs: build updates into the image, and replace the host.");
        }

        foreach (var file in config.Root.ItemsAt("write_files"))
        {
            if (file.TextAt("content")?.Contains("APT::Periodic::Unattended-Upgrade \"1\"", StringComparison.Ordinal) == true)
                config.Report(this, file["path"] ?? file, "This upgrades the host while it runs: build updates into the image, and replace the host.");
        }
    }
}
