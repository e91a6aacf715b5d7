using Repave.Core.Commands;
using Repave.Core.Rules;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects.CloudInit.Rules;

/// <summary>Software that is installed whenever a host starts.</summary>
public sealed class ChangesAtEachBoot : CloudInitRule
{
    private const string EachBoot = "/var/lib/cloud/scripts/per-boot/";

    /// <inheritdoc/>
    public override string Id => "RPV1119";

    /// <inheritdoc/>
    public override string Title => "Host that installs software at each boot";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "What runs at each boot makes another host of the same image each time it starts, and a boot fails when a registry does. "
            + "Build it into the image, or install it once, with 'packages' or 'runcmd', and replace the host.";

    /// <inheritdoc/>
    public override string Bad => """
        #cloud-config
        bootcmd:
          - apt-get install -y nginx
        """;

    /// <inheritdoc/>
    public override string Good => """
        #cloud-config
        packages:
          - nginx
        """;

    /// <inheritdoc/>
    public override void Check(CloudConfig config)
    {
        foreach (var command in config.Root.ItemsAt("bootcmd"))
        {
            if (WhatIn(command) is { } what)
                config.Report(this, command, $"bootcmd runs at each boot, and this {what}: build it into the image, or install it once.");
        }

        foreach (var file in config.Root.ItemsAt("write_files"))
        {
            if (file.TextAt("path")?.StartsWith(EachBoot, StringComparison.Ordinal) == true && file.ScalarAt("content") is { } content
                && WhatIn(content) is { } what)
                config.Report(this, file["path"]!, $"This script runs at each boot, and {what}: build it into the image, or install it once.");
        }

        foreach (var list in (string[])["cloud_init_modules", "cloud_config_modules", "cloud_final_modules"])
        {
            foreach (var module in config.Root.ItemsAt(list).OfType<ListNode>())
                CheckModule(config, module);
        }
    }

    private void CheckModule(CloudConfig config, ListNode module)
    {
        if (module.Items is not [{ Resolved: ScalarNode name }, { Resolved: ScalarNode { Value: "always" } frequency }, ..])
            return;
        switch (name.Value.Replace('_', '-'))
        {
            case "package-update-upgrade-install":
                config.Report(this, frequency, "Packages are installed and upgraded at each boot: leave the frequency out.");
                break;
            case "scripts-user":
                config.Report(this, frequency, "The scripts of the user data run at each boot, whatever they change.", Severity.Info);
                break;
        }
    }

    // What is done once is not what each boot does.
    private static string? WhatIn(Node command)
    {
        if (command is ListNode list)
        {
            var words = list.ResolvedItems.OfType<ScalarNode>().Select(static word => word.Value).ToList();
            return words is ["cloud-init-per", ..] && words.Count > 1 && words[1] != "always" ? null
                : InstallCommands.InstallsOrUpgrades([.. CommandReader.EffectsOf(words)], ShellText.CommandsOf(words, []));
        }

        if (command is not ScalarNode { IsNull: false } scalar
            || (scalar.Value.StartsWith("cloud-init-per ", StringComparison.Ordinal)
                && !scalar.Value.StartsWith("cloud-init-per always", StringComparison.Ordinal)))
            return null;
        return InstallCommands.InstallsOrUpgrades([.. CommandReader.EffectsOf(scalar.Value)], ShellText.CommandsOf(scalar.Value));
    }
}
