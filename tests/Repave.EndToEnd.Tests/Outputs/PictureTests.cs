using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests.Outputs;

/// <summary>The pictures in the README and the pages are of what the commands answer today. REPAVE_WRITE_PAGES=1 makes them.</summary>
public sealed class PictureTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("repave-pictures-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("plan", "plan samples/shop-next --from samples/shop.snapshot.yaml", null)]
    [InlineData("check", "check samples/shop-flawed", 27)]
    public void OfACommand(string picture, string command, int? hanging) =>
        Hold(picture, "repave " + command, Repository.Root, command, hanging);

    [Fact]
    public void OfEnvironmentsAfterAnEditOfTheirValues()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "samples", "shop-chart"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_folder, Path.GetRelativePath(Path.Combine(Repository.Root, "samples", "shop-chart"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        Git("init", "--quiet");
        Git("add", ".");
        Git("-c", "user.email=tests@example.com", "-c", "user.name=tests", "commit", "--quiet", "-m", "first");
        var values = Path.Combine(_folder, "values.yaml");
        File.WriteAllText(values, File.ReadAllText(values).Replace("  replicas: 1\n  storage: 8Gi\n", "  replicas: 3\n  storage: 12Gi\n",
            StringComparison.Ordinal));
        Hold("environments", "repave plan . (samples/shop-chart, after an edit of values.yaml)", _folder, "plan .", null);
    }

    private static void Hold(string picture, string title, string folder, string command, int? hanging)
    {
        var answer = Tool.Run(folder, "env", ["FORCE_COLOR=1", .. Tool.Command, .. command.Split(' ')]);
        Assert.True(answer.ExitCode is 0 or 1, answer.Error);
        var made = TerminalPicture.Of(title, answer.Output, hanging);
        var file = Path.Combine(Repository.Root, "docs", "images", picture + ".svg");
        if (Environment.GetEnvironmentVariable("REPAVE_WRITE_PAGES") == "1")
            File.WriteAllText(file, made);
        else
            Assert.Equal(File.ReadAllText(file), made);
    }

    private void Git(params string[] arguments) => Assert.Equal(0, Tool.Run(_folder, "git", arguments).ExitCode);
}
