using Repave.Core.Tests.Support;
using Repave.EndToEnd.Tests.Engines;

namespace Repave.EndToEnd.Tests;

/// <summary>The extension in a real VS Code workbench, driven as a person drives it; screenshots stay
/// under artifacts/screenshots.</summary>
[Collection(nameof(DockerEngine))]
public class VSCodeTests(DockerEngine engine, ITestOutputHelper output) : IClassFixture<DockerEngine>
{
    [Fact]
    public void ThePackedExtensionDoesWhatItSays()
    {
        var entry = Workbench.Require();
        var extension = Path.Combine(Repository.Root, "vscode-extension");
        foreach (var (folder, arguments) in ((string, string[])[])[(extension, ["ci"]),
            (extension, ["run", "-s", "package"]), (Workbench.Driver, ["ci"])])
        {
            var step = Tool.Run(folder, "npm", arguments);
            Assert.True(step.ExitCode == 0, $"npm {string.Join(' ', arguments)}: {step.Error}{step.Output}");
        }

        // Where an engine can run, what the editor shows of one is looked at too.
        Components.Require(engine.Missing);
        var hasEngine = engine.Forbidden is null;
        var answer = Tool.Run(Workbench.Driver, "env",
            [.. hasEngine ? [.. engine.Variables, "REPAVE_ENGINE=1"] : Array.Empty<string>(), "node", "run.mjs", entry,
                Path.Combine(extension, "repave-0.1.0.vsix"), Path.Combine(Repository.Root, "artifacts", "screenshots")]);
        output.WriteLine(answer.Output);
        Assert.True(answer.ExitCode == 0, answer.Output + answer.Error);
        // REPAVE_SITUATIONS=1 for the long form: each situation that one file and one thing done there make (3 minutes more).
        var situations = Environment.GetEnvironmentVariable("REPAVE_SITUATIONS") is { Length: > 0 } ? 46 : 0;
        Assert.Equal((hasEngine ? 97 : 94) + situations, Workbench.StepsIn(answer.Output));
    }
}
