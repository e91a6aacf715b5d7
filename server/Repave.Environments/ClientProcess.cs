using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Repave.Environments;

/// <summary>What a client answered.</summary>
/// <param name="ExitCode">Its exit code; null if it could not be started or did not end in time.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Error">What it said on stderr, or why there is no answer.</param>
public sealed record ClientAnswer(int? ExitCode, string Output, string Error);

/// <summary>Runs an official client found on the PATH: arguments as a list, never a shell, and never without a bound on its time.</summary>
internal static class ClientProcess
{
    /// <summary>Runs a client and waits for its end.</summary>
    /// <param name="client">Its name, looked up on the PATH.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="limit">How long it may take; then it is killed.</param>
    /// <param name="input">What it reads on its standard input; null for nothing.</param>
    /// <param name="encoding">How its output is read; by default as UTF-8.</param>
    public static ClientAnswer Run(string client, IReadOnlyList<string> arguments, string folder, TimeSpan limit, string? input = null, Encoding? encoding = null)
    {
        try
        {
            using var process = Process.Start(StartInfo(client, arguments, folder, encoding));
            if (process is null)
                return new ClientAnswer(null, "", $"{client} could not be started.");
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            var writing = WriteAsync(process.StandardInput, input);
            if (!Task.WaitAll([output, error, writing], limit) || !process.WaitForExit(limit))
            {
                process.Kill(entireProcessTree: true);
                return new ClientAnswer(null, "", $"{client} did not answer within {limit.TotalSeconds:0} s.");
            }

            return new ClientAnswer(process.ExitCode, output.Result, error.Result);
        }
        catch (Win32Exception)
        {
            return new ClientAnswer(null, "", $"{client} was not found on the PATH.");
        }
    }

    /// <summary>Starts a client that goes on running; null if it is not on the PATH.</summary>
    public static Process? Start(string client, IReadOnlyList<string> arguments, string folder)
    {
        try
        {
            return Process.Start(StartInfo(client, arguments, folder));
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static ProcessStartInfo StartInfo(string client, IReadOnlyList<string> arguments, string folder, Encoding? encoding = null)
    {
        var start = new ProcessStartInfo(client)
        {
            WorkingDirectory = folder,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = encoding ?? Encoding.UTF8,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }

    private static async Task WriteAsync(StreamWriter writer, string? input)
    {
        try
        {
            if (input is not null)
                await writer.WriteAsync(input);
            writer.Close();
        }
        catch (IOException)
        {
            // It ended without reading to the end; its exit code says why.
        }
    }
}
