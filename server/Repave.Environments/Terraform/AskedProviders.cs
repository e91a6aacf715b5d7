using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Model;
using Repave.Core.Plans;

namespace Repave.Environments.Terraform;

/// <summary>The providers that <c>terraform init</c> put into a folder of the workspace. They are programs of the workspace, so only those
/// of one that its user trusts are started, and only where a plan is compared with a state: of an earlier text they know nothing.</summary>
/// <param name="isTrusted">Whether processes may be started in the workspace.</param>
/// <param name="fullPath">A manifest's path on the disk.</param>
/// <param name="ready">Called once they can be asked.</param>
public sealed class AskedProviders(Func<bool> isTrusted, Func<string, string> fullPath, Action ready) : IDisposable
{
    private readonly Lock _lock = new();
    private string? _folder;
    private WorkspaceProviders? _providers;
    private bool _isReady;
    private bool _isDisposed;

    /// <summary>Whether the user wants them asked.</summary>
    public bool IsWanted { get; set; } = true;

    /// <summary>The baseline with the providers that answer for it. Starting them takes seconds: until they are ready it comes as it
    /// is.</summary>
    public Baseline With(Baseline baseline, IReadOnlyList<Manifest> desired)
    {
        if (!IsWanted || !isTrusted() || baseline.Evidence is not null
            || !TerraformFiles.HoldState(baseline.Manifests) || FolderOf(desired) is not { } folder)
            return baseline;
        lock (_lock)
        {
            if (_isDisposed)
                return baseline;
            if (_folder != folder)
                Start(folder);
            return _isReady ? baseline with { Evidence = _providers } : baseline;
        }
    }

    /// <summary>Ends them; those of another version may stand in their place.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _providers?.Dispose();
            (_providers, _folder, _isReady) = (null, null, false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
            _isDisposed = true;
        Forget();
    }

    private void Start(string folder)
    {
        _providers?.Dispose();
        var providers = new WorkspaceProviders(folder);
        (_folder, _providers, _isReady) = (folder, providers, false);
        var thread = new Thread(() =>
        {
            providers.Start();
            lock (_lock)
            {
                if (!ReferenceEquals(_providers, providers))
                    return;
                _isReady = true;
            }

            ready();
        })
        { IsBackground = true, Name = "providers" };
        thread.Start();
    }

    // A state is of one root module; where several were initialised, nobody says of which.
    private string? FolderOf(IReadOnlyList<Manifest> desired)
    {
        string? found = null;
        foreach (var folder in desired.Where(m => TerraformFiles.KindOf(m.Path) == TerraformFileKind.Configuration)
            .Select(m => Path.GetDirectoryName(m.Path) ?? "").Distinct())
        {
            var full = fullPath(folder);
            if (!Directory.Exists(Path.Combine(full, ".terraform", "providers")))
                continue;
            if (found is not null)
                return null;
            found = full;
        }

        return found;
    }
}
