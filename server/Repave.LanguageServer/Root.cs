using Repave.Core.Analysis;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Environments.Terraform;
using Repave.LanguageServer.Features;
using Repave.LanguageServer.Protocol;

namespace Repave.LanguageServer;

/// <summary>One of the client's folders: its files with their own settings, its own baseline and environments, and what follows edits
/// of it.</summary>
internal sealed class Root : IDisposable
{
    private readonly ClientSession _client;
    private readonly Background _background;
    private readonly Background _building;
    private readonly AskedProviders _providers;
    private string? _settingsUri;
    private HashSet<string> _publishedClosed = [];

    /// <summary>Begins to look after a folder.</summary>
    /// <param name="folder">Its path; null for files that are in no folder of the client.</param>
    /// <param name="client">Whom to show things to.</param>
    /// <param name="isTrusted">Whether processes may be started in it.</param>
    /// <param name="asksProviders">Whether the providers in it are asked what they would plan.</param>
    public Root(string? folder, ClientSession client, bool isTrusted, bool asksProviders)
    {
        _client = client;
        Folder = folder;
        Workspace = new Workspace { IsTrusted = isTrusted };
        if (folder is not null)
            Workspace.AddFolder(folder);
        Environments = new EnvironmentService(Workspace);
        _providers = new AskedProviders(() => Workspace.IsTrusted, Workspace.FullPath, () => _background?.Plan())
        {
            IsWanted = asksProviders,
        };
        Plans = new PlanService(Workspace, Environments.Holds, _providers);
        _background = new Background(Settle, _ => Plan(), client.Log);
        _building = new Background(_ => true, PlanEnvironments, client.Log, isEager: true);
    }

    /// <summary>The folder's path; null for files that are in no folder of the client.</summary>
    public string? Folder { get; }

    /// <summary>Its files.</summary>
    public Workspace Workspace { get; }

    /// <summary>Its plans.</summary>
    public PlanService Plans { get; }

    /// <summary>Its environments.</summary>
    public EnvironmentService Environments { get; }

    /// <summary>What stands over the lines of its documents.</summary>
    public KeptLenses Lenses { get; } = new();

    /// <summary>Whether a file lies in the folder.</summary>
    public bool Holds(string path) => Folder is not null && path.StartsWith(Folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>Reads, checks and plans what has changed.</summary>
    public void Check() => _background.Check();

    /// <summary>Compares with something else.</summary>
    public void Choose(string? baseline)
    {
        Plans.Choose(baseline);
        Environments.ForgetBaselines();
        Publish();
        _background.Plan();
        _building.Plan();
    }

    /// <summary>Takes a document, or a new text of one, and shows what is found in it.</summary>
    public void Take(OpenDocument document)
    {
        Publish(Update(document));
    }

    /// <summary>Forgets what it has read.</summary>
    public void Forget()
    {
        Plans.Forget();
        _providers.Forget();
        Environments.Forget();
        Environments.ForgetBaselines();
        ReadAgain();
    }

    /// <summary>What its plan says, for the client.</summary>
    public PlanResult Result() => Features.Plans.ResultOf(Plans, Environments, Workspace, _client.Positions) with
    {
        Folder = Folder is null ? null : new System.Uri(Folder).AbsoluteUri,
    };

    public void Dispose()
    {
        _background.Dispose();
        _building.Dispose();
        _providers.Dispose();
    }

    /// <summary>Takes back what is shown of files that are not open, because the folder goes.</summary>
    public void Unpublish()
    {
        foreach (var path in _publishedClosed)
            _client.Publish(new PublishDiagnosticsParams(Workspace.UriOf(path), null, []));
        _publishedClosed = [];
    }

    private (OpenDocument Document, IReadOnlyList<Finding> Findings) Update(OpenDocument document)
    {
        var findings = Workspace.Update(document);
        _background.Check();
        if (Environments.Reads(document.Manifest.Path))
            _building.Plan();
        return (document, findings);
    }

    /// <summary>Closes a document.</summary>
    public void Close(string uri)
    {
        if (SettingsPlaces.IsSettings(uri))
            Workspace.ReadAgain();
        Workspace.Close(uri);
        Lenses.Forget(uri);
        _building.Plan();
        // What stands in closed files is shown by the next whole check.
        _client.Rpc.Notify("textDocument/publishDiagnostics", new PublishDiagnosticsParams(uri, null, []),
            LspJson.Default.PublishDiagnosticsParams);
        _background.Check();
    }

    /// <summary>Files have changed on the disk.</summary>
    public void FilesChanged(IReadOnlyList<string> uris)
    {
        if (uris.Any(u => u.Contains("/.git/", StringComparison.Ordinal)))
        {
            Plans.Forget();
            Environments.ForgetBaselines();
            _background.Plan();
            _building.Plan();
        }

        // Whoever writes it puts other providers beside it.
        if (uris.Any(u => u.EndsWith("/.terraform.lock.hcl", StringComparison.Ordinal)))
            _providers.Forget();
        Environments.Changed(uris.Select(Workspace.PathOf));
        _building.Plan();
        if (Workspace.Changed(uris))
            _background.Check();
    }

    /// <summary>Reads everything again.</summary>
    public void ReadAgain()
    {
        Workspace.ReadAgain();
        _background.Check();
    }

    private bool Settle(CancellationToken cancellation)
    {
        // Only what takes a while is worth a client's attention.
        var token = _client.ShowsProgress && Workspace.MustRead ? _client.NextToken() : null;
        if (token is not null)
        {
            _ = _client.Rpc.Ask("window/workDoneProgress/create", new ProgressToken(token), LspJson.Default.ProgressToken);
            Report(token, new WorkDoneProgress("begin", "Reading manifests", null, 0));
        }

        var last = 0;
        var isSettled = Workspace.Settle(
            (done, total) =>
            {
                // A report for each tenth is enough.
                if (token is not null && done * 10 / total is var tenth && Interlocked.Exchange(ref last, Math.Max(last, tenth)) < tenth)
                    Report(token, new WorkDoneProgress("report", null, $"{done} of {total} files", tenth * 10));
            },
            out var errors,
            cancellation);
        if (token is not null)
            Report(token, new WorkDoneProgress("end", null, null, null));
        if (errors is not null)
            ShowSettings(errors);
        if (!isSettled)
            return false;
        _building.Plan();
        Publish();
        PublishClosed();
        return true;
    }

    // What is wrong in the settings stands in their file; of one that is open, as it is typed.
    private void ShowSettings(IReadOnlyList<SettingsError> errors)
    {
        var uri = Workspace.SettingsPath is { } path ? new System.Uri(path).AbsoluteUri : null;
        if (_settingsUri is { } before && before != uri)
            _client.Publish(new PublishDiagnosticsParams(before, null, []));
        if (uri is not null && (errors.Count > 0 || _settingsUri == uri) && Workspace.Document(uri) is null)
            _client.Publish(new PublishDiagnosticsParams(uri, null, SettingsPlaces.DiagnosticsOf(errors)));
        _settingsUri = errors.Count > 0 ? uri : null;
    }

    private void Report(string token, WorkDoneProgress progress) =>
        _client.Rpc.Notify("$/progress", new ProgressParams(token, progress), LspJson.Default.ProgressParams);

    private void Plan()
    {
        if (Plans.Make())
            _background.Check();
        ShowPlan();
        // The environment's own answer takes longer.
        if (Plans.Try())
            ShowPlan();
    }

    private void PlanEnvironments(CancellationToken cancellation)
    {
        // Before the settings have been read, nothing is known of the environments that they name.
        if (!Workspace.IsChecked || !Environments.Plan(Plans.Chosen, cancellation))
            return;
        ShowPlan();
        Environments.Check(cancellation);
        Publish();
        PublishClosed();
        // Manifests that builds read are planned with these, and no longer by themselves.
        _background.Plan();
    }

    private void ShowPlan()
    {
        Publish();
        if (_client.RefreshesLenses)
            _ = _client.Rpc.Ask("workspace/codeLens/refresh", new Empty(), LspJson.Default.Empty);
        if (_client.RefreshesHints)
            _ = _client.Rpc.Ask("workspace/inlayHint/refresh", new Empty(), LspJson.Default.Empty);
        _client.Rpc.Notify("repave/planChanged", Result(), LspJson.Default.PlanResult);
    }

    private void Publish()
    {
        if (_client.PullsDiagnostics)
        {
            if (_client.RefreshesDiagnostics)
                _ = _client.Rpc.Ask("workspace/diagnostic/refresh", new Empty(), LspJson.Default.Empty);
            return;
        }

        foreach (var document in Workspace.Open)
            Publish((document, Workspace.Findings(document.Manifest.Path)));
    }

    // What stands in files that are not open; of a file that has nothing any more, nothing.
    private void PublishClosed()
    {
        if (_client.PullsDiagnostics)
            return;
        var open = Workspace.Open.Select(d => d.Manifest.Path).ToHashSet(StringComparer.Ordinal);
        var found = ClosedFindings(Workspace.Analysis, open.Contains).Where(f => f.Findings.Count > 0).ToList();
        var paths = found.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var (path, findings) in found.Concat(_publishedClosed.Where(p => !paths.Contains(p) && !open.Contains(p))
            .Select(p => (p, (IReadOnlyList<Finding>)[]))))
            _client.Publish(new PublishDiagnosticsParams(Workspace.UriOf(path), null, Diagnostics.Of(findings, Workspace, _client.Positions)));
        _publishedClosed = paths;
    }

    private void Publish((OpenDocument Document, IReadOnlyList<Finding> Findings) checkedNow)
    {
        var (document, findings) = checkedNow;
        if (_client.PullsDiagnostics)
            return;
        // Only of the newest version; one that came meanwhile publishes its own.
        if (Workspace.Document(document.Uri) is not { } now || now.Version != document.Version)
            return;
        _client.Publish(new PublishDiagnosticsParams(document.Uri, document.Version, DiagnosticsOf(document, findings)));
    }

    /// <summary>What is to be shown of an open document.</summary>
    public Diagnostic[] DiagnosticsOf(OpenDocument document, ManifestAnalysis analysis) =>
        DiagnosticsOf(document, Workspace.Findings(analysis, document.Manifest.Path));

    private Diagnostic[] DiagnosticsOf(OpenDocument document, IReadOnlyList<Finding> findings) =>
        SettingsPlaces.IsSettings(document.Manifest.Path) ? SettingsPlaces.Findings(document)
            :
            [
                .. Diagnostics.Of([.. WithBuilt(document.Manifest.Path, findings), .. PlanFindingsOf(document)], Workspace, _client.Positions),
                .. Drifts.Diagnostics(document, Plans.Drift, _client.Positions),
            ];

    // What is built is checked as it is applied, and what stands in its sources only where that says nothing of it.
    private IEnumerable<Finding> WithBuilt(string path, IReadOnlyList<Finding> findings)
    {
        var built = Environments.Findings(path);
        if (Environments.Covers(path))
            return built;
        return built.Count == 0 ? findings : findings.Concat(built.Where(b => !findings.Any(f => f.Rule == b.Rule
            && f.FileSpan == b.FileSpan)));
    }

    private IEnumerable<(string Path, IReadOnlyList<Finding> Findings)> ClosedFindings(
        ManifestAnalysis analysis, Func<string, bool> isOpen) =>
        analysis.Paths.Concat(Environments.Paths).Distinct(StringComparer.Ordinal)
            .Where(p => !isOpen(p) && !Workspace.IsFromEnvironment(p) && !Workspace.IsBeside(p))
            .Select(p => (p, (IReadOnlyList<Finding>)[.. WithBuilt(p, Workspace.Findings(analysis, p))]));

    /// <summary>What is to be shown of all its files.</summary>
    public IEnumerable<WorkspaceDocumentDiagnosticReport> AllDiagnostics()
    {
        var analysis = Workspace.Analysis;
        var open = Workspace.Open.ToDictionary(d => d.Manifest.Path, StringComparer.Ordinal);
        var closed = ClosedFindings(analysis, open.ContainsKey).ToList();
        return
        [
            .. open.Values.Select(d => new WorkspaceDocumentDiagnosticReport("full", d.Uri, d.Version, DiagnosticsOf(d, analysis))),
            .. closed.Select(f => new WorkspaceDocumentDiagnosticReport("full", Workspace.UriOf(f.Path), null,
                Diagnostics.Of(f.Findings, Workspace, _client.Positions))),
        ];
    }

    /// <summary>What the plan finds in a document, if it is one of this very text; after an edit the next plan says it again.</summary>
    public IEnumerable<Finding> PlanFindingsOf(OpenDocument document) =>
        Plans.Plan is { } plan ? PlanFindings.Of(plan, Workspace.Settings, document.Manifest) : [];
}
