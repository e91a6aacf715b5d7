using System.Text.Json.Nodes;
using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests.Systems;

/// <summary>What can be seen of Windows and macOS on Linux: files through .NET's own calls alone, as everywhere but on Linux, and texts whose lines end as
/// on Windows.</summary>
public sealed class OtherSystemTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("repave-systems-").FullName;
    private readonly string _settings;

    public OtherSystemTests()
    {
        _settings = Path.Combine(_folder, "managed.runtimeconfig.json");
        var settings = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "repave.runtimeconfig.json")))!;
        settings["runtimeOptions"]!["configProperties"]!["Repave.ManagedFiles"] = true;
        File.WriteAllText(_settings, settings.ToJsonString());
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "samples"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_folder, "work", Path.GetRelativePath(Repository.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        Git("init", "--quiet");
        File.WriteAllText(Path.Combine(Work, ".gitignore"), "ignored/\n");
        Write("ignored/broken.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: 7\n");
        Git("add", "-A");
        Git("-c", "user.email=tests@example.com", "-c", "user.name=tests", "commit", "--quiet", "-m", "first");
    }

    private string Work => Path.Combine(_folder, "work");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("check . --format json --fail-on never")]
    [InlineData("check samples/shop-flawed/config.yaml --fix --diff --fail-on never")]
    [InlineData("check --staged --format json --fail-on never")]
    [InlineData("plan samples/shop-next --from samples/shop.snapshot.yaml --format json")]
    [InlineData("plan samples/shop-chart --from git:HEAD --format json")]
    [InlineData("build samples/shop-overlays/overlays/prod")]
    [InlineData("check nowhere.yaml")]
    public void ManagedCallsAnswerTheSame(string command)
    {
        var words = command.Split(' ');
        var here = Tool.Run(Work, Tool.Built[0], [.. Tool.Built.Skip(1), .. words]);
        Assert.True(here.Output.Length + here.Error.Length > 0);
        Assert.Equal(here, Managed(words));
    }

    [Fact]
    public void ManagedCallsWriteTheSame()
    {
        var file = Path.Combine(Work, "samples", "shop-flawed", "config.yaml");
        var before = File.ReadAllBytes(file);
        Tool.Run(Work, Tool.Built[0], [.. Tool.Built.Skip(1), "check", file, "--fix"]);
        var mended = File.ReadAllBytes(file);
        Assert.NotEqual(before, mended);
        File.WriteAllBytes(file, before);
        Managed("check", file, "--fix");
        Assert.Equal(mended, File.ReadAllBytes(file));
        Assert.Equal(Directory.GetFiles(Path.Combine(Repository.Root, "samples", "shop-flawed")).Length,
            Directory.GetFileSystemEntries(Path.GetDirectoryName(file)!).Length);
    }

    [Fact]
    public void ManagedCallsFollowNoLinkOutAndWaitForNothing()
    {
        File.WriteAllText(Path.Combine(_folder, "outside.yaml"), "apiVersion: v1\nkind: ConfigMap\nmetadata: 7\n");
        Directory.CreateSymbolicLink(Path.Combine(Work, "samples", "up"), _folder);
        File.CreateSymbolicLink(Path.Combine(Work, "samples", "nothing.yaml"), "not-there.yaml");
        Assert.Equal(0, Tool.Run(Work, "mkfifo", ["samples/pipe.yaml"]).ExitCode);
        var answer = Managed("check", "samples", "--fail-on", "never");
        Assert.DoesNotContain("outside.yaml", answer.Output, StringComparison.Ordinal);
        Assert.Contains("shop-flawed", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void LinesThatEndAsOnWindowsChangeNothing()
    {
        var here = Tool.Repave(Work, "check", "samples", "--format", "json", "--fail-on", "never");
        var texts = Directory.GetFiles(Path.Combine(Work, "samples"), "*", SearchOption.AllDirectories);
        foreach (var file in texts)
            File.WriteAllText(file, File.ReadAllText(file).Replace("\n", "\r\n", StringComparison.Ordinal));
        // Which fields are hinted at is not a matter of line ends, nor is any place.
        Assert.Equal(here.Output, Tool.Repave(Work, "check", "samples", "--format", "json", "--fail-on", "never").Output);
        foreach (var folder in (string[])["shop", "stack", "compose", "shop-chart", "shop-overlays"])
        {
            var plan = Tool.Repave(Work, "plan", "samples/" + folder, "--from", "git:HEAD", "--format", "json", "--fail-on", "any");
            Assert.True(plan.ExitCode == 0, plan.Output + plan.Error);
        }
    }

    private Answer Managed(params string[] arguments) => Tool.Run(Work, Tool.Built[0],
        ["exec", "--runtimeconfig", _settings, .. Tool.Built.Skip(2), .. arguments]);

    private void Git(params string[] arguments)
    {
        var answer = Tool.Run(Work, "git", arguments);
        Assert.True(answer.ExitCode == 0, answer.Error);
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(Work, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
