using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Tests.Dialects.Ignition;

/// <summary>Configs of Ignition and Butane: what is taken, what is refused and where.</summary>
public sealed class HostConfigTests
{
    [Theory]
    [InlineData("""{"ignition":{"version":"3.3.0"}}""", "")]
    [InlineData("""{"ignition":{}}""", "RPV0012 \"ignition\"")]
    [InlineData("""{"ignition":{"version":"3.3"}}""", "RPV0014 \"3.3\"")]
    [InlineData("""{"ignition":{"version":"3.3.1"}}""", "RPV0013 \"3.3.1\"")]
    [InlineData("""{"ignition":{"version":"3.99.0"},"nothing":1}""", "")]
    [InlineData("""{"ignition":{"version":"2.2.0"},"networkd":{}}""", "")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"passwrd":{}}""", "RPV0010 \"passwrd\"")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"passwd":{"users":{}}}""", "RPV0011 \"users\"")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"passwd":{"users":[{"name":"a"},{"name":"a"}]}}""", "RPV0016 \"a\"")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"storage":{"files":[{"path":"/a","contents":{"source":"data:,b"},"mode":420}]}}""", "")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"storage":{"files":[{"path":"a"}]}}""", "RPV0014 \"a\"")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"storage":{"files":[{"path":"/a/"}]}}""", "RPV0014 \"/a/\"")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"storage":{"files":[{"path":"/a","mode":4096}]}}""", "RPV0015 4096")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"storage":{"files":[{"path":"/a","overwrite":true}]}}""", "RPV0020 true")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"storage":{"files":[{"path":"/a"}],"links":[{"path":"/a","target":"/b"}]}}""", "RPV0016 \"/a\"")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"storage":{"files":[{"path":"/a","contents":{"source":"data:;base64,?"}}]}}""",
        "RPV0014 \"data:;base64,?\"")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"storage":{"files":[{"path":"/a","contents":{"source":"oem:///a"}}]}}""",
        "RPV0014 \"oem:///a\"")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"storage":{"filesystems":[{"device":"/dev/a","format":"ext3"}]}}""", "RPV0013 \"ext3\"")]
    [InlineData("""{"ignition":{"version":"3.2.0"},"storage":{"filesystems":[{"device":"/dev/a","format":"none"}]}}""", "RPV0013 \"none\"")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"storage":{"filesystems":[{"device":"/dev/a","format":"none"}]}}""", "")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"systemd":{"units":[{"name":"a"}]}}""", "RPV0014 \"a\"")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"systemd":{"units":[{"name":"a.service","dropins":[{"name":"b"}]}]}}""", "RPV0014 \"b\"")]
    public void IgnitionIsHeldAgainstItsVersion(string text, string expected) => Assert.Equal(expected, Found("host.ign", text));

    [Theory]
    [InlineData("variant: fcos\nversion: 1.5.0\n", "")]
    [InlineData("version: 1.5.0\n", "RPV0012 version")]
    [InlineData("variant: fcos\n", "RPV0012 variant")]
    [InlineData("variant: coreos\nversion: 1.5.0\n", "RPV0013 coreos")]
    [InlineData("variant: fcos\nversion: 1.0.1\n", "RPV0013 1.0.1")]
    [InlineData("variant: fcos\nversion: 1.5.0\npasswd:\n  users:\n  - name: core\n    ssh_authorized_key: [a]\n", "RPV0010 ssh_authorized_key")]
    [InlineData("variant: fcos\nversion: 1.0.0\nkernel_arguments: {}\n", "RPV0010 kernel_arguments")]
    [InlineData("variant: fcos\nversion: 1.5.0\nstorage:\n  files:\n  - path: /a\n    mode: 0644\n    contents: {inline: 1}\n", "")]
    [InlineData("variant: fcos\nversion: 1.5.0\nstorage:\n  files:\n  - path: /a\n    mode: \"0644\"\n", "RPV0011 \"0644\"")]
    [InlineData("variant: fcos\nversion: 1.5.0\nstorage:\n  files:\n  - path: /a\n    contents: {inline: b, local: c}\n", "RPV0020 local")]
    [InlineData("variant: fcos\nversion: 1.5.0\nstorage:\n  files:\n  - path: ${path}\n    overwrite: true\n    contents: {local: c}\n", "")]
    [InlineData("variant: fcos\nversion: 1.5.0\nstorage:\n  filesystems:\n  - device: /dev/a\n    format: ext3\n", "RPV0013 ext3")]
    [InlineData("variant: openshift\nversion: 4.14.0\nmetadata:\n  name: a\n", "RPV0012 metadata")]
    [InlineData("variant: openshift\nversion: 4.14.0\nmetadata:\n  name: a\n  labels: {machineconfiguration.openshift.io/role: worker}\n", "")]
    public void ButaneIsHeldAgainstItsVersion(string text, string expected) => Assert.Equal(expected, Found("host.bu", text));

    [Fact]
    public void AnyYamlWithAVariantOfButanesIsItsOwn()
    {
        Assert.Equal("RPV0010 nothing", Found("deploy/host.yaml", "variant: flatcar\nversion: 1.0.0\nnothing: 1\n"));
        Assert.Equal("", Found("deploy/theme.yaml", "variant: dark\nversion: 1.0.0\nnothing: 1\n"));
    }

    [Fact]
    public void AHashOfAPasswordIsInNoMessage()
    {
        var findings = ManifestAnalysis.Of([Manifest.Parse("a.bu",
            "variant: fcos\nversion: 1.5.0\npasswd:\n  groups:\n  - name: $6$hashed\n  - name: $6$hashed\n    password_hash: $6$hashed\n")],
            new AnalysisOptions(Settings.Default)).Findings("a.bu");
        Assert.DoesNotContain("$6$hashed", Assert.Single(findings).Message);
    }

    private static string Found(string path, string text) => string.Join("\n", ManifestAnalysis.Of([Manifest.Parse(path, text)],
        new AnalysisOptions(Settings.Default)).Findings(path)
        .Select(finding => $"{finding.Rule.Id} {text.Substring(finding.Place.Span.Start, finding.Place.Span.Length)}"));
}
