using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Repave.Core.Dialects.Terraform.Evaluation;
using Repave.Core.Dialects.Terraform.Plans;

namespace Repave.Environments.Terraform;

/// <summary>
/// The providers that <c>terraform init</c> put into a workspace. They are programs of the workspace: callers have made sure that a person
/// wants them started. Each runs on between questions, and is ended when nobody asks for a while.
/// </summary>
public sealed class WorkspaceProviders : IProviderAnswers, IDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    // While somebody types, all but the edited resource is asked about again as it was.
    private const int MaxKnown = 5_000;

    private readonly string _folder;
    private readonly Dictionary<string, ProviderClient?> _clients = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Source, string Type, string Values), ProviderAnswer?> _known = [];
    private readonly object _lock = new();
    private readonly Timer _timer;
    private DateTime _last = DateTime.UtcNow;

    /// <param name="folder">The folder in which <c>terraform init</c> ran.</param>
    public WorkspaceProviders(string folder)
    {
        _folder = Path.GetFullPath(folder);
        _timer = new Timer(_ => StopIdle(), null, Idle, Idle);
    }

    /// <summary>The providers of a workspace: address, version and binary.</summary>
    public static IReadOnlyList<(string Source, string Version, string Binary)> In(string folder)
    {
        var found = new List<(string, string, string)>();
        var root = Path.Combine(Path.GetFullPath(folder), ".terraform", "providers");
        if (!Directory.Exists(root))
            return found;
        var platform = $"{(OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux")}_"
            + (RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "amd64");
        foreach (var host in Directory.GetDirectories(root))
        {
            foreach (var name in Directory.GetDirectories(host).SelectMany(Directory.GetDirectories))
            {
                foreach (var version in Directory.GetDirectories(name))
                {
                    var place = Path.Combine(version, platform);
                    if (Directory.Exists(place) && Directory.GetFiles(place, "terraform-provider-*").FirstOrDefault() is { } binary)
                        found.Add((Path.GetRelativePath(root, name).Replace('\\', '/'), Path.GetFileName(version), binary));
                }
            }
        }

        return found;
    }

    /// <summary>Starts the providers and reads what they have, which takes seconds: whoever asks later is answered at once.</summary>
    public void Start()
    {
        foreach (var (source, _, _) in In(_folder))
        {
            lock (_lock)
                ClientOf(source);
        }
    }

    /// <inheritdoc/>
    public ProviderAnswer? Plan(string source, string type, TerraformValue prior, TerraformValue proposed, TerraformValue config)
    {
        var (was, next, written) = (ProviderValues.Of(prior), ProviderValues.Of(proposed), ProviderValues.Of(config));
        var key = (source, type, Convert.ToHexString(SHA256.HashData(ProviderValue.Write(new List<object?> { was, next, written }))));
        lock (_lock)
        {
            if (_known.TryGetValue(key, out var known))
                return known;
            _last = DateTime.UtcNow;
            if (ClientOf(source) is not { } client)
                return null;
            ProviderAnswer? answer;
            try
            {
                var plan = client.Plan(type, was, next, written);
                answer = plan.Errors.Count > 0 || plan.Planned is null ? null
                    : new ProviderAnswer(
                        plan.Replaces.Select(p => p.Count > 0 ? p[0] as string ?? "" : "").Where(p =>
                            p.Length > 0).ToHashSet(StringComparer.Ordinal),
                        ProviderValues.ToValue(plan.Planned));
            }
            catch (ProviderException)
            {
                return null;
            }

            if (_known.Count >= MaxKnown)
                _known.Clear();
            return _known[key] = answer;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_lock)
        {
            foreach (var client in _clients.Values)
                client?.Dispose();
            _clients.Clear();
        }
    }

    private ProviderClient? ClientOf(string source)
    {
        if (_clients.TryGetValue(source, out var known))
            return known;
        ProviderClient? client = null;
        if (In(_folder).FirstOrDefault(p => p.Source == source) is { Binary: { } binary })
        {
            client = new ProviderClient(binary) { Limit = Limit };
            try
            {
                client.StandIn(client.Schema().Configuration);
            }
            catch (ProviderException)
            {
                client.Dispose();
                client = null;
            }
        }

        _clients[source] = client;
        return client;
    }

    private void StopIdle()
    {
        lock (_lock)
        {
            if (DateTime.UtcNow - _last < Idle)
                return;
            foreach (var client in _clients.Values)
                client?.Stop();
        }
    }
}
