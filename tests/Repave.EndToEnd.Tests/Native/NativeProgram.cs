using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests.Native;

/// <summary>The tool as one native program, beside the tool that was built with these tests: what both answer, to the byte.</summary>
internal static partial class NativeProgram
{
    private const string Making = "dotnet publish server/Repave.Cli -c Release -p:Native=true -o artifacts/native";

    private static readonly Lazy<string?> Missing = new(WhatIsMissing);

    /// <summary>How it is started: what REPAVE_PROGRAM names, or what was published into artifacts/native.</summary>
    public static IReadOnlyList<string> Command { get; } =
        Tool.Command == Tool.Built ? [Path.Combine(Repository.Root, "artifacts", "native", "repave")] : Tool.Command;

    /// <summary>Skips the test where there is no such program, or fails it where nothing may be skipped.</summary>
    public static void Require()
    {
        Components.Require(Missing.Value);
    }

    /// <summary>Runs both programs in a folder; fails the test if they differ in the exit code or in any byte. What both answer.</summary>
    public static Answer Same(string folder, IReadOnlyList<string> arguments, string? input = null, bool isColoured = false)
    {
        Require();
        var built = Run(Tool.Built, folder, arguments, input, isColoured);
        var native = Run(Command, folder, arguments, input, isColoured);
        var what = "repave " + string.Join(' ', arguments);
        AssertSame(what + ", output", built.Output, native.Output);
        AssertSame(what + ", errors", built.Error, native.Error);
        Assert.Equal((what, built.ExitCode), (what, native.ExitCode));
        return new Answer(native.ExitCode, Encoding.UTF8.GetString(native.Output), Encoding.UTF8.GetString(native.Error));
    }

    /// <summary>Fails the test at the first byte that differs, and shows what stands around it.</summary>
    public static void AssertSame(string what, byte[] built, byte[] native)
    {
        (built, native) = (WithoutTime(built), WithoutTime(native));
        var at = built.AsSpan().CommonPrefixLength(native);
        if (at == built.Length && at == native.Length)
            return;
        static string Around(byte[] bytes, int at) =>
            Encoding.UTF8.GetString(bytes[Math.Max(0, at - 200)..Math.Min(bytes.Length, at + 200)]);
        Assert.Fail($"""
            {what}: differs at byte {at} ({built.Length} and {native.Length} bytes); after a change remake the native program: {Making}
            --- built:
            {Around(built, at)}
            --- native:
            {Around(native, at)}
            """);
    }

    private static (int ExitCode, byte[] Output, byte[] Error) Run(
        IReadOnlyList<string> command, string folder, IReadOnlyList<string> arguments, string? input = null, bool isColoured = false)
    {
        var start = new ProcessStartInfo(command[0], [.. command.Skip(1), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["FORCE_COLOR"] = isColoured ? "1" : "";
        using var process = Process.Start(start)!;
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var read = Task.WhenAll(process.StandardOutput.BaseStream.CopyToAsync(output), process.StandardError.BaseStream.CopyToAsync(error));
        if (input is not null)
            process.StandardInput.Write(input);
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromMinutes(5)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{command[0]} {string.Join(' ', arguments)} did not end");
        }

        read.GetAwaiter().GetResult();
        return (process.ExitCode, output.ToArray(), error.ToArray());
    }

    private static string? WhatIsMissing()
    {
        if (!File.Exists(Command[0]))
            return $"there is no native program: {Making} (gcc or clang, 2 minutes), or name one in REPAVE_PROGRAM";
        // A program of other sources would differ for that reason. The version names the commit.
        var (built, native) = (Version(Tool.Built), Version(Command));
        return built == native ? null : $"the native program is {native} and the tool is {built}: {Making}";
    }

    private static string Version(IReadOnlyList<string> command) =>
        Encoding.UTF8.GetString(Run(command, Repository.Root, ["--version"]).Output).Trim();

    // A plan's page says when it was made. Latin-1 keeps every byte.
    private static byte[] WithoutTime(byte[] output) =>
        Encoding.Latin1.GetBytes(Time().Replace(Encoding.Latin1.GetString(output), "(time)"));

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC")]
    private static partial Regex Time();
}
