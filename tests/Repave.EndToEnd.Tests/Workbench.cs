using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests;

/// <summary>A real VS Code in a browser, and its driver (tests/VSCode). What it shows in which time depends on what runs beside it:
/// not two browsers.</summary>
[CollectionDefinition(nameof(Workbench))]
public sealed class Workbench
{
    private static readonly string Folder = Components.Folder("code-server-4.100.3");

    /// <summary>The folder of the driver.</summary>
    public static string Driver { get; } = Path.Combine(Repository.Root, "tests", "VSCode");

    /// <summary>The workbench's program; skips the test where it is missing, or fails it where nothing may be skipped.</summary>
    public static string Require()
    {
        Components.Require(File.Exists(Path.Combine(Folder, "complete")) && Programs.Exist("chromium") && Programs.Exist("npm") ? null
            : "there is no VS Code workbench: run tests/Components/code-server.sh (Debian 12, 2 minutes)");
        return Path.Combine(Folder, "node_modules", "code-server", "out", "node", "entry.js");
    }

    /// <summary>How many of the driver's steps have been seen.</summary>
    public static int StepsIn(string output) => output.Split('\n').Count(line => line.StartsWith("seen ", StringComparison.Ordinal));
}
