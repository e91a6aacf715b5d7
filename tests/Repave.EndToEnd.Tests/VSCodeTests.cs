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
        var cache = Components.Folder("code-server-4.100.3");
        var missing = File.Exists(Path.Combine(cache, "complete")) && Programs.Exist("chromium") && Programs.Exist("npm") ? null
            : "there is no VS Code workbench: run tests/Components/code-server.sh (Debian 12, 2 minutes)";
        Components.Require(missing);
        var extension = Path.Combine(Repository.Root, "vscode-extension");
        var driver = Path.Combine(Repository.Root, "tests", "VSCode");
        foreach (var (folder, arguments) in ((string, string[])[])[(extension, ["ci"]),
            (extension, ["run", "-s", "package"]), (driver, ["ci"])])
        {
            var step = Tool.Run(folder, "npm", arguments);
            Assert.True(step.ExitCode == 0, $"npm {string.Join(' ', arguments)}: {step.Error}{step.Output}");
        }

        var entry = Path.Combine(cache, "node_modules", "code-server", "out", "node", "entry.js");
        // Where an engine can run, what the editor shows of one is looked at too.
        Components.Require(engine.Missing);
        var hasEngine = engine.Forbidden is null;
        var answer = Tool.Run(driver, "env",
            [.. hasEngine ? [.. engine.Variables, "REPAVE_ENGINE=1"] : Array.Empty<string>(), "node", "run.mjs", entry,
                Path.Combine(extension, "repave-0.1.0.vsix"), Path.Combine(Repository.Root, "artifacts", "screenshots")]);
        output.WriteLine(answer.Output);
        Assert.True(answer.ExitCode == 0, answer.Output + answer.Error);
        // REPAVE_SITUATIONS=1 for the long form: each situation that one file and one thing done there make (3 minutes more).
        var situations = Environment.GetEnvironmentVariable("REPAVE_SITUATIONS") is { Length: > 0 } ? 46 : 0;
        Assert.Equal((hasEngine ? 97 : 94) + situations, answer.Output.Split('\n').Count(line => line.StartsWith("seen ", StringComparison.Ordinal)));
    }
}
