using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Environments;

namespace Repave.LanguageServer;

/// <summary>Plans the workspace against the chosen baseline: <c>git:REV</c>, a file or folder, or <c>live</c> or <c>live:CONTEXT</c>. What it reads,
/// it keeps until it is told to read again.</summary>
internal sealed class PlanService(Workspace workspace)
{
    private const string Git = "git:";
    private const string Live = "live";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private string? _chosen;
    private Baseline? _baseline;

    /// <summary>The last plan; null before the first and where there is no baseline.</summary>
    public Plan? Plan { get; private set; }

    /// <summary>Why there is no plan; null if there is one, or no baseline was chosen.</summary>
    public string? Problem { get; private set; }

    /// <summary>What is compared with; null for nothing.</summary>
    public string? Chosen => _chosen;

    /// <summary>Chooses a baseline; null for none.</summary>
    public void Choose(string? baseline)
    {
        lock (_lock)
        {
            _chosen = baseline is { Length: > 0 } ? baseline : null;
            _baseline = null;
            (Plan, Problem) = (null, null);
        }
    }

    /// <summary>Reads the baseline again before the next plan.</summary>
    public void Forget()
    {
        lock (_lock)
            _baseline = null;
    }

    /// <summary>Plans the workspace as it is now.</summary>
    public void Make()
    {
        var (chosen, baseline) = (_chosen, _baseline);
        if (chosen is null || workspace.Folders.Count == 0)
            return;
        var desired = workspace.Manifests;
        string? problem = null;
        var options = new PlanOptions();
        var made = baseline ?? Read(chosen, desired, options, out problem);
        var plan = made is null ? null : Planner.Plan(desired, made, workspace.Settings, options);
        lock (_lock)
        {
            // Somebody may have chosen another meanwhile.
            if (_chosen == chosen)
                (_baseline, Plan, Problem) = (made, plan, problem);
        }
    }

    private Baseline? Read(string chosen, IReadOnlyList<Manifest> desired, PlanOptions options, out string? problem)
    {
        var folder = workspace.Folders[0];
        problem = null;
        var startsProcess = chosen.StartsWith(Git, StringComparison.Ordinal) || IsLive(chosen);
        if (startsProcess && !workspace.IsTrusted)
        {
            problem = "this workspace is not trusted, so neither git nor kubectl is started";
            return null;
        }

        if (chosen.StartsWith(Git, StringComparison.Ordinal))
        {
            var files = GitRevision.Read(folder, chosen[Git.Length..], ["."], isStaged: false, out var reason);
            problem = files is null ? reason : null;
            return files is null ? null : new Baseline(chosen, [.. files.Select(f => Manifest.Parse(f.Path, f.Text))]) { IsEarlierState = true };
        }

        if (IsLive(chosen))
            return ReadLive(chosen, desired, options);
        try
        {
            var files = ManifestFiles.Find(Path.GetFullPath(chosen, folder), workspace.IsTrusted);
            return new Baseline(chosen, [.. files.Select(f => (Path: f, Text: ManifestFiles.Read(f))).Where(f => f.Text is not null).Select(f => Manifest.Parse(f.Path, f.Text!))]) { IsEarlierState = true };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = exception.Message;
            return null;
        }
    }

    private Baseline ReadLive(string chosen, IReadOnlyList<Manifest> desired, PlanOptions options)
    {
        var context = chosen.Length > Live.Length + 1 ? chosen[(Live.Length + 1)..] : null;
        var resources = Planner.ResourcesOf(desired, [], "");
        var dialect = resources.Count == 0 ? Repave.Core.Dialects.DialectCatalogue.All[0].Name : resources[0].Id.Dialect;
        using var environment = LiveEnvironments.Open(dialect, new LiveOptions(context, null, null, workspace.Settings.AppliedByServer.Contains(dialect), Timeout))!;
        return LiveBaseline.Read(environment, desired, resources, workspace.Settings, options, (_, _, _, _) => { });
    }

    private static bool IsLive(string chosen) => chosen == Live || chosen.StartsWith(Live + ":", StringComparison.Ordinal);
}
