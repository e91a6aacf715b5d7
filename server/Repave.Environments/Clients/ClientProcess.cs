using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Repave.Environments.Clients;

/// <summary>What a client answered.</summary>
/// <param name="ExitCode">Its exit code; null if it could not be started or did not end in time.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Error">What it said on stderr, or why there is no answer.</param>
public sealed record ClientAnswer(int? ExitCode, string Output, string Error);

/// <summary>Runs an official client: by its absolute path (<see cref="ClientPath"/>), arguments as a list, never a shell, and never without
/// a bound on
/// its time. The only place that starts processes.</summary>
internal static class ClientProcess
{
    /// <summary>A folder in which nothing lies that a client would look for.</summary>
    public static string Nowhere => OperatingSystem.IsWindows() ? Environment.SystemDirectory : "/";

    /// <summary>Runs a client and waits for its end.</summary>
    /// <param name="client">Its name, looked up on the PATH.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="limit">How long it may take; then it is killed.</param>
    /// <param name="input">What it reads on its standard input; null for nothing.</param>
    /// <param name="encoding">How its output is read; by default as UTF-8.</param>
    /// <param name="variables">Changes what it is told by the environment.</param>
    public static ClientAnswer Run(string client, IReadOnlyList<string> arguments, string folder, TimeSpan limit, byte[]? input = null,
        Encoding? encoding = null, Action<IDictionary<string, string?>>? variables = null)
    {
        if (StartInfo(client, arguments, folder, out var reason, encoding, variables) is not { } start)
            return new ClientAnswer(null, "", reason + ".");
        try
        {
            using var process = Process.Start(start);
            if (process is null)
                return new ClientAnswer(null, "", $"{client} could not be started.");
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            var writing = WriteAsync(process.StandardInput.BaseStream, input);
            if (!Task.WaitAll([output, error, writing], limit) || !process.WaitForExit(limit))
            {
                process.Kill(entireProcessTree: true);
                return new ClientAnswer(null, "", $"{client} did not answer within {limit.TotalSeconds:0} s.");
            }

            return new ClientAnswer(process.ExitCode, output.Result, error.Result);
        }
        catch (Win32Exception exception)
        {
            return new ClientAnswer(null, "", $"{client} could not be started: {exception.Message}.");
        }
    }

    /// <summary>Starts a client that goes on running; null with the reason if that fails.</summary>
    public static Process? Start(string client, IReadOnlyList<string> arguments, string folder, out string reason)
    {
        if (StartInfo(client, arguments, folder, out reason) is not { } start)
            return null;
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception exception)
        {
            reason = $"{client} could not be started: {exception.Message}";
            return null;
        }
    }

    /// <summary>Starts the binary of a provider that <c>terraform init</c> put into a workspace: a program of the workspace, which is why
    /// only callers that know the workspace to be trusted may ask for it. It gets these variables and no others.</summary>
    public static Process? StartProvider(string binary, string folder, IReadOnlyDictionary<string, string> variables, out string reason)
    {
        reason = "";
        if (!Path.IsPathFullyQualified(binary) || !File.Exists(binary))
        {
            reason = $"{binary} was not found.";
            return null;
        }

        var start = new ProcessStartInfo(binary)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception exception)
        {
            reason = $"The provider could not be started: {exception.Message}.";
            return null;
        }
    }

    private static ProcessStartInfo? StartInfo(string client, IReadOnlyList<string> arguments, string folder, out string reason,
        Encoding? encoding = null, Action<IDictionary<string, string?>>? variables = null)
    {
        ForeignGround.Add(folder);
        if (ClientConfiguration.ProblemOf(client) is { } problem)
        {
            reason = problem;
            return null;
        }

        if (ClientPath.Find(client, out reason) is not { } path)
            return null;
        var start = new ProcessStartInfo(path)
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
        // Clients start programs too: kubectl the plug-ins that log in, git parts of itself.
        ClientConfiguration.Clean(start.Environment);
        start.Environment["PATH"] = ClientPath.ForClients();
        // What a user prefers for kubectl (kuberc) could add arguments to ours.
        start.Environment["KUBECTL_KUBERC"] = "false";
        // Nobody is there to page or to answer.
        start.Environment["AWS_PAGER"] = "";
        variables?.Invoke(start.Environment);
        return start;
    }

    private static async Task WriteAsync(Stream stream, byte[]? input)
    {
        try
        {
            if (input is not null)
                await stream.WriteAsync(input);
            stream.Close();
        }
        catch (IOException)
        {
            // It ended without reading to the end; its exit code says why.
        }
    }
}
