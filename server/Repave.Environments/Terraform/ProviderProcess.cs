using System.Diagnostics;
using System.Globalization;
using Repave.Environments.Clients;

namespace Repave.Environments.Terraform;

/// <summary>
/// A provider's own binary, running. It is never configured: it gets no credentials, no configuration of the network, and an empty folder
/// for a home; what it answers about plans it knows by itself.
/// </summary>
internal sealed class ProviderProcess : IDisposable
{
    // What HashiCorp's documentation of go-plugin gives for Terraform's providers, so that nobody starts one by mistake.
    private const string Cookie = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private ProviderProcess(Process process, DirectoryInfo folder, int protocol, string socket)
    {
        _process = process;
        _folder = folder;
        Protocol = protocol;
        Channel = new ProviderChannel(socket, $"tfplugin{protocol.ToString(CultureInfo.InvariantCulture)}.Provider");
    }

    /// <summary>The version of the plugin protocol that it speaks: 5 or 6.</summary>
    public int Protocol { get; }

    /// <summary>Speaks to it.</summary>
    public ProviderChannel Channel { get; }

    /// <summary>Whether it runs.</summary>
    public bool IsAlive
    {
        get
        {
            try
            {
                return !_process.HasExited;
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        }
    }

    /// <summary>Starts a provider.</summary>
    /// <param name="binary">The absolute path of its binary.</param>
    /// <exception cref="ProviderException">It could not be started, or speaks another protocol.</exception>
    public static ProviderProcess Start(string binary)
    {
        var folder = Directory.CreateTempSubdirectory("repave-");
        var process = ClientProcess.StartProvider(binary, folder.FullName, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["TF_PLUGIN_MAGIC_COOKIE"] = Cookie,
            ["PLUGIN_PROTOCOL_VERSIONS"] = "5,6",
            ["PLUGIN_UNIX_SOCKET_DIR"] = folder.FullName,
            ["TMPDIR"] = folder.FullName,
            ["HOME"] = folder.FullName,
            // It writes down every call otherwise, which takes longer than the call.
            ["TF_LOG"] = "OFF",
            ["TF_LOG_SDK"] = "OFF",
            ["TF_LOG_PROVIDER"] = "OFF",
            // Nothing is asked of the machine that it runs on, should a provider try.
            ["AWS_EC2_METADATA_DISABLED"] = "true",
        }, out var reason);
        if (process is null)
        {
            Remove(folder);
            throw new ProviderException(reason);
        }

        // It prints its log there, of which nobody reads a word; a full pipe would stop it.
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var line = process.StandardOutput.ReadLineAsync();
        string? answer = null;
        if (line.Wait(StartLimit))
            answer = line.Result;
        // Core version, protocol, network, address, kind of calls, certificate.
        var parts = answer?.Trim().Split('|') ?? [];
        if (parts.Length >= 5 && parts[0] == "1" && parts[1] is "5" or "6" && parts[2] == "unix" && parts[4] == "grpc")
        {
            _ = process.StandardOutput.ReadToEndAsync();
            return new ProviderProcess(process, folder, int.Parse(parts[1], CultureInfo.InvariantCulture), parts[3]);
        }

        Stop(process);
        Remove(folder);
        throw new ProviderException(answer is null
            ? "The provider did not say where it can be reached."
            : "The provider speaks a protocol other than Terraform's 5 and 6.");
    }

    public void Dispose()
    {
        Channel.Dispose();
        Stop(_process);
        Remove(_folder);
    }

    private static void Stop(Process process)
    {
        try
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
            process.WaitForExit(TimeSpan.FromSeconds(2));
            process.Dispose();
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has gone by itself.
        }
    }

    private static void Remove(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The system clears its temporary files.
        }
    }
}
