using System.ComponentModel;
using System.Diagnostics;

namespace Repave.Environments;

/// <summary>What a client answered.</summary>
/// <param name="ExitCode">Its exit code; null if it could not be started or did not end in time.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Error">What it said on stderr, or why there is no answer.</param>
public sealed record ClientAnswer(int? ExitCode, string Output, string Error);

/// <summary>Runs an official client found on the PATH: arguments as a list, never a shell, and never without a bound on its time.</summary>
internal static class ClientProcess
{
    public static ClientAnswer Run(string client, IReadOnlyList<string> arguments, string folder, TimeSpan limit)
    {
        var start = new ProcessStartInfo(client) { WorkingDirectory = folder, StandardOutputEncoding = System.Text.Encoding.UTF8, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        try
        {
            using var process = Process.Start(start);
            if (process is null)
                return new ClientAnswer(null, "", $"{client} could not be started.");
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            if (!Task.WaitAll([output, error], limit) || !process.WaitForExit(limit))
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
}
