using System.Diagnostics;

namespace Repave.EndToEnd.Tests;

/// <summary>What a process answered.</summary>
public sealed record Answer(int ExitCode, string Output, string Error);

/// <summary>Runs the built tool, and other programs, as processes.</summary>
internal static class Tool
{
    /// <summary>The built tool.</summary>
    public static readonly string Dll = Path.Combine(AppContext.BaseDirectory, "repave.dll");

    /// <summary>The program that runs it, by its whole path: some tests change the PATH.</summary>
    public static readonly string Dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Runs <c>repave</c> in a folder.</summary>
    public static Answer Repave(string folder, params string[] arguments) => Run(folder, "dotnet", ["exec", Dll, .. arguments]);

    /// <summary>Runs <c>repave</c> with a text on standard input.</summary>
    public static Answer RepaveWithInput(string folder, string input, params string[] arguments) => Run(folder, "dotnet", ["exec", Dll, .. arguments], input);

    /// <summary>Runs any program.</summary>
    public static Answer Run(string folder, string program, IEnumerable<string> arguments, string? input = null)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment.Remove("FORCE_COLOR");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (input is not null)
            process.StandardInput.Write(input);
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromMinutes(5)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} did not end");
        }

        return new Answer(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}
