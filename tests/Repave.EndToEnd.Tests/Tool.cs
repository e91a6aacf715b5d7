using System.Diagnostics;
using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests;

/// <summary>What a process answered.</summary>
public sealed record Answer(int ExitCode, string Output, string Error);

/// <summary>Runs the built tool, and other programs, as processes. With REPAVE_PROGRAM the tool is that program, which the same tests
/// then judge.</summary>
internal static class Tool
{
    /// <summary>How the tool that was built with these tests is started, whatever the PATH.</summary>
    public static IReadOnlyList<string> Built { get; } =
    [
        Programs.Find("dotnet") ?? "dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "repave.dll"),
    ];

    /// <summary>How the tool under test is started.</summary>
    public static IReadOnlyList<string> Command { get; } =
        Environment.GetEnvironmentVariable("REPAVE_PROGRAM") is { Length: > 0 } program ? [Path.GetFullPath(program, Repository.Root)]
            : Built;

    /// <summary>Runs <c>repave</c> in a folder.</summary>
    public static Answer Repave(string folder, params string[] arguments) => Run(folder, Command[0], [.. Command.Skip(1), .. arguments]);

    /// <summary>Runs <c>repave</c> with a text on standard input.</summary>
    public static Answer RepaveWithInput(string folder, string input, params string[] arguments) =>
        Run(folder, Command[0], [.. Command.Skip(1), .. arguments], input);

    /// <summary>Runs any program.</summary>
    public static Answer Run(string folder, string program, IEnumerable<string> arguments, string? input = null)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment.Remove("FORCE_COLOR");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (input is not null)
            process.StandardInput.Write(input);
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromMinutes(15)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} did not end");
        }

        return new Answer(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}
