using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.EndToEnd.Tests;

/// <summary>Cloud-configs against the real <c>cloud-init schema</c> of Debian 12: the same verdict.
/// REPAVE_CLOUD_CONFIGS names a folder of further files (*.yaml), of which the tests tell what differs.</summary>
public sealed class CloudInitTests(ITestOutputHelper output)
{
    private const string Program = "cloud-init";
    private const string Release = "22.4";

    [Theory]
    [InlineData("packages: [nginx]\n")]
    [InlineData("packages: [nginx, [curl, 7.88.1]]\nruncmd:\n- [ls, -l]\n- echo\n")]
    [InlineData("packages: nginx\n")]
    [InlineData("runcmd: echo\n")]
    [InlineData("package_update: sometimes\n")]
    [InlineData("users:\n- default\n- name: web\n  shell: /bin/bash\n")]
    [InlineData("users:\n- name: web\n  shel: /bin/bash\n")]
    [InlineData("write_files:\n- path: /a\n  permissions: 0o600\n  content: b\n")]
    [InlineData("write_files:\n- path: /a\n  permissions: 600\n")]
    [InlineData("write_files:\n- content: a\n")]
    [InlineData("ntp: {enabled: true, servers: [a.example.com]}\n")]
    [InlineData("ntp: {enabled: true, server: [a.example.com]}\n")]
    [InlineData("power_state: {mode: reboot, delay: 5}\n")]
    [InlineData("power_state: {mode: restart}\n")]
    [InlineData("mounts:\n- [vdb, /data, ext4]\n")]
    [InlineData("mounts: {}\n")]
    [InlineData("apt: {sources: {a.list: {source: deb http://a.example.com stable main}}}\n")]
    [InlineData("apt: {preserve_sources_list: 3}\n")]
    [InlineData("hostname: web\nfqdn: web.example.com\nmanage_etc_hosts: localhost\n")]
    [InlineData("manage_etc_hosts: maybe\n")]
    public void TheVerdictIsTheTools(string text)
    {
        var program = HostTools.Require(Program);
        text = "#cloud-config\n" + text;
        Assert.True(Refused(program, text) == Found(text), text);
    }

    [Fact]
    public void FilesHaveTheToolsVerdict()
    {
        var folder = Environment.GetEnvironmentVariable("REPAVE_CLOUD_CONFIGS");
        Assert.SkipWhen(folder is null, "REPAVE_CLOUD_CONFIGS names no folder.");
        var program = HostTools.Require(Program);
        var files = Directory.GetFiles(folder, "*.yaml").Order(StringComparer.Ordinal).ToList();
        var same = 0;
        foreach (var file in files)
        {
            var text = File.ReadAllText(file);
            var (refused, found) = (Refused(program, text), Found(text));
            same += refused == found ? 1 : 0;
            if (refused != found)
                output.WriteLine($"{Path.GetFileName(file)}: cloud-init {(refused ? "refuses" : "takes")} it");
        }

        output.WriteLine($"{same} of {files.Count} alike");
        Assert.True(same >= files.Count * 0.97, $"{same} of {files.Count}");
    }

    private static bool Refused(string program, string text)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, text);
        try
        {
            return Tool.Run(Path.GetTempPath(), program, ["schema", "-c", file]).ExitCode != 0;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static bool Found(string text)
    {
        var settings = Settings.Default with { Versions = new Dictionary<string, string> { ["cloudinit"] = Release } };
        return ManifestAnalysis.Of([Manifest.Parse("user-data.yaml", text)], new AnalysisOptions(settings)).Findings("user-data.yaml")
            .Any(f => f.Severity == Severity.Error || f.Rule.Id == "RPV0010");
    }
}
