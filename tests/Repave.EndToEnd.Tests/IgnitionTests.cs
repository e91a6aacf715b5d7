using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.EndToEnd.Tests;

/// <summary>Configs against the real <c>ignition-validate</c> (Debian's package ignition): the same verdict. It knows configs up to 3.3.
/// REPAVE_IGNITION_CONFIGS names a folder of further files (*.ign), of which the tests tell what differs.</summary>
public sealed class IgnitionTests(ITestOutputHelper output)
{
    private const string Program = "ignition-validate";
    private static readonly Version Newest = new(3, 3, 0);

    [Theory]
    [InlineData("""{"ignition":{"version":"3.3.0"}}""")]
    [InlineData("""{"ignition":{}}""")]
    [InlineData("""{"ignition":{"version":"3.3"}}""")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"passwrd":{}}""")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"passwd":{"users":{}}}""")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"passwd":{"users":[{"name":"a"},{"name":"a"}]}}""")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"storage":{"files":[{"path":"a"}]}}""")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"storage":{"files":[{"path":"/a/"}]}}""")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"storage":{"files":[{"path":"/a","mode":4096}]}}""")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"storage":{"files":[{"path":"/a","overwrite":true}]}}""")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"storage":{"files":[{"path":"/a"}],"links":[{"path":"/a","target":"/b"}]}}""")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"storage":{"files":[{"path":"/a","contents":{"source":"data:;base64,?"}}]}}""")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"storage":{"files":[{"path":"/a","contents":{"source":"data:,b%"}}]}}""")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"storage":{"files":[{"path":"/a","contents":{"source":"oem:///a"}}]}}""")]
    [InlineData("""{"ignition":{"version":"3.0.0"},"storage":{"files":[{"path":"/a","contents":{"source":"gs://a/b"}}]}}""")]
    [InlineData("""{"ignition":{"version":"3.2.0"},"storage":{"filesystems":[{"device":"/dev/a","format":"none"}]}}""")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"storage":{"filesystems":[{"device":"/dev/a","path":"/a"}]}}""")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"storage":{"filesystems":[{"device":"/dev/a","format":"xfs","label":"1234567890123"}]}}""")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"storage":{"raid":[{"name":"a","level":"raid7","devices":["/dev/a"]}]}}""")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"storage":{"raid":[{"name":"a","level":"raid1"}]}}""")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"storage":{"disks":[{"device":"/dev/a","partitions":[{"sizeMiB":1}]}]}}""")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"storage":{"disks":[{"device":"/dev/a","partitions":[{"label":"a:b"}]}]}}""")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"storage":{"disks":[{"device":"/dev/a","partitions":[{"number":1},{"number":1}]}]}}""")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"storage":{"luks":[{"name":"a/b","device":"/dev/a"}]}}""")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"storage":{"luks":[{"name":"a","device":"/dev/a","clevis":{"tang":[{"url":"http://a"}]}}]}}""")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"systemd":{"units":[{"name":"a"}]}}""")]
    [InlineData("""{"ignition":{"version":"3.3.0"},"systemd":{"units":[{"name":"a.service","dropins":[{"name":"b"}]}]}}""")]
    [InlineData("""{"ignition":{"version":"3.3.0","config":{"merge":[{"source":"http://a","verification":{"hash":"md5-1"}}]}}}""")]
    public void TheVerdictIsTheTools(string text)
    {
        Assert.True(Refused(HostTools.Require(Program), text) == Found(text), text);
    }

    [Fact]
    public void FilesHaveTheToolsVerdict()
    {
        var folder = Environment.GetEnvironmentVariable("REPAVE_IGNITION_CONFIGS");
        Assert.SkipWhen(folder is null, "REPAVE_IGNITION_CONFIGS names no folder.");
        var program = HostTools.Require(Program);
        var (same, asked) = (0, 0);
        foreach (var file in Directory.GetFiles(folder, "*.ign").Order(StringComparer.Ordinal))
        {
            var text = File.ReadAllText(file);
            if (VersionOf(text) is { } version && (version.Major != Newest.Major || version > Newest))
                continue;
            asked++;
            var (refused, found) = (Refused(program, text), Found(text));
            same += refused == found ? 1 : 0;
            if (refused != found)
                output.WriteLine($"{Path.GetFileName(file)}: ignition-validate {(refused ? "refuses" : "takes")} it");
        }

        output.WriteLine($"{same} of {asked} alike");
        Assert.True(same >= asked * 0.97, $"{same} of {asked}");
    }

    private static Version? VersionOf(string text) => Manifest.Parse("a.ign", text).Source.Documents
        .Select(slot => slot.Document.Root?["ignition"]?.TextAt("version"))
        .Select(version => Version.TryParse(version?.Split('-')[0], out var number) ? number : null).FirstOrDefault();

    private static bool Refused(string program, string text)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, text);
        try
        {
            return Tool.Run(Path.GetTempPath(), program, [file]).ExitCode != 0;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static bool Found(string text) => ManifestAnalysis.Of([Manifest.Parse("host.ign", text)], new AnalysisOptions(Settings.Default))
        .Findings("host.ign").Any(finding => finding.Severity == Severity.Error);
}
