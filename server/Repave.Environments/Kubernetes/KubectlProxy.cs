using System.Diagnostics;
using System.Net.Sockets;
using Repave.Environments.Clients;

namespace Repave.Environments.Kubernetes;

/// <summary>kubectl's own proxy to the cluster of a context, on a socket in a folder that only this user can enter. It knows the login, we
/// do not; it rejects what writes before we could.</summary>
internal sealed class KubectlProxy : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private KubectlProxy(Process process, DirectoryInfo folder, string socket)
    {
        _process = process;
        _folder = folder;
        Client = new HttpClient(new ReadOnlyGate(new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            ConnectCallback = async (_, cancellation) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellation);
                    return new NetworkStream(connection, ownsSocket: true);
                }
                catch
                {
                    connection.Dispose();
                    throw;
                }
            },
        }))
        { BaseAddress = new Uri("http://localhost/") };
    }

    /// <summary>Speaks to the cluster.</summary>
    public HttpClient Client { get; }

    /// <summary>Starts the proxy; null with the reason if that fails.</summary>
    public static KubectlProxy? Start(string? context, TimeSpan limit, out string reason)
    {
        reason = "";
        var folder = Directory.CreateTempSubdirectory("repave-");
        var socket = Path.Combine(folder.FullName, "kubectl");
        string[] arguments = ["proxy", $"--unix-socket={socket}", "--reject-methods=^(POST|PUT|DELETE)$", .. context is null ? (string[])[]
            : ["--context", context]];
        var process = ClientProcess.Start("kubectl", arguments, ClientProcess.Nowhere, out var problem);
        if (process is null)
        {
            folder.Delete(recursive: true);
            reason = problem.EndsWith("was not found on the PATH", StringComparison.Ordinal)
                ? $"{problem}; install it, or plan against a snapshot (--from)" : problem;
            return null;
        }

        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var ready = process.StandardOutput.ReadLineAsync();
        var wait = limit < StartLimit ? limit : StartLimit;
        if (ready.Wait(wait) && ready.Result is not null)
        {
            // Nobody reads on: what it prints later must not fill the pipe.
            _ = process.StandardOutput.ReadToEndAsync();
            return new KubectlProxy(process, folder, socket);
        }

        var ended = process.HasExited || process.WaitForExit(TimeSpan.FromMilliseconds(200));
        reason = ended ? $"kubectl could not reach a cluster: {FirstLine(error.Result)}"
            : $"kubectl did not start its proxy within {wait.TotalSeconds:0} s";
        Stop(process, folder);
        return null;
    }

    public void Dispose()
    {
        Client.Dispose();
        Stop(_process, _folder);
    }

    private static void Stop(Process process, DirectoryInfo folder)
    {
        try
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
            process.WaitForExit(TimeSpan.FromSeconds(2));
            process.Dispose();
            folder.Delete(recursive: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or UnauthorizedAccessException
            or System.ComponentModel.Win32Exception)
        {
            // It has gone by itself.
        }
    }

    private static string FirstLine(string text) => text.Trim().Split('\n')[0].Trim() is { Length: > 0 } line ? line : "it said nothing";
}
