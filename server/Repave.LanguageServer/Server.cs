using System.Diagnostics;
using System.Text.Json;
using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax;
using Repave.Core.Text;
using Repave.LanguageServer.Features;
using Repave.LanguageServer.Protocol;
using Repave.LanguageServer.Rpc;
using TextEdit = Repave.Core.Text.TextEdit;

namespace Repave.LanguageServer;

/// <summary>The language server: one client, from its first message to its last.</summary>
public sealed class Server
{
    private static readonly string[] CompletionTriggers = [":", " ", "-", "."];

    private readonly JsonRpc _rpc;
    private readonly Workspace _workspace = new();
    private readonly PlanService _plans;
    private readonly EnvironmentService _environments;
    private readonly Background _background;
    private readonly Background _building;
    private readonly EditPriority _edits = new();
    private Positions _positions = new(isUtf8: false);
    private bool _initialized;
    private bool _isShutDown;
    private bool _takesSnippets;
    private bool _refreshesLenses;
    private bool _refreshesHints;
    private bool _watchesFiles;
    private bool _showsProgress;
    private bool _pullsDiagnostics;
    private bool _refreshesDiagnostics;
    private int _progresses;
    private string? _settingsUri;
    private HashSet<string> _publishedClosed = [];

    private Server(MessageStream stream)
    {
        _rpc = new JsonRpc(stream, Log);
        _environments = new EnvironmentService(_workspace);
        _plans = new PlanService(_workspace, _environments.Holds);
        _background = new Background(Settle, _ => Plan(), Log);
        _building = new Background(_ => true, PlanEnvironments, Log, isEager: true);
        _rpc.Gate = method => method switch
        {
            "initialize" when _initialized => new RpcError(RpcError.InvalidRequest, "the server is initialized already"),
            "initialize" or "exit" => null,
            _ when !_initialized => new RpcError(RpcError.ServerNotInitialized, "the server is not initialized"),
            _ when _isShutDown && method != "exit" => new RpcError(RpcError.InvalidRequest, "the server is shut down"),
            _ => null,
        };
        Register();
    }

    /// <summary>Serves a client until it says exit, its stream ends, or its process does. The exit code: 0 after shutdown,
    /// 1 without.</summary>
    public static int Run(Stream input, Stream output)
    {
        using var stream = new MessageStream(input, output);
        var server = new Server(stream);
        server._rpc.Run();
        server._background.Dispose();
        server._building.Dispose();
        return server._isShutDown ? 0 : 1;
    }

    private void Register()
    {
        var json = LspJson.Default;
        _rpc.OnRequest("initialize", json.InitializeParams, json.InitializeResult, parameters =>
        {
            var result = Initialize(parameters);
            return _ => result;
        });
        _rpc.OnNotification("initialized", json.Empty, _ =>
        {
            FieldDescriptions.Warm();
            WatchFiles();
        });
        _rpc.OnRequest("shutdown", json.Empty, json.Empty, _ =>
        {
            _isShutDown = true;
            return _ => null;
        });
        _rpc.OnNotification("exit", json.Empty, _ => _rpc.End());
        _rpc.OnNotification("textDocument/didOpen", json.DidOpenTextDocumentParams, p => Open(p.TextDocument));
        _rpc.OnNotification("textDocument/didChange", json.DidChangeTextDocumentParams, p =>
        {
            _edits.Begin();
            try
            {
                Change(p);
            }
            finally
            {
                _rpc.AfterWritten(_edits.End);
            }
        });
        _rpc.OnNotification("textDocument/didClose", json.DidCloseTextDocumentParams, p => Close(p.TextDocument.Uri));
        _rpc.OnNotification("textDocument/didSave", json.DidSaveTextDocumentParams, p => FilesChanged([p.TextDocument.Uri]));
        _rpc.OnNotification("workspace/didChangeWatchedFiles", json.DidChangeWatchedFilesParams,
            p => FilesChanged([.. p.Changes.Select(c => c.Uri)]));
        _rpc.OnNotification("workspace/didChangeConfiguration", json.DidChangeConfigurationParams, _ => ReadAgain());
        _rpc.OnNotification("workspace/didChangeWorkspaceFolders", json.DidChangeWorkspaceFoldersParams, FoldersChanged);
        OnDocument("textDocument/diagnostic", json.TextDocumentParams, json.DocumentDiagnosticReport, p => p.TextDocument,
            (_, document, s, _) => new DocumentDiagnosticReport("full", DiagnosticsOf(document, s)));
        OnDocument("textDocument/completion", json.TextDocumentPositionParams, json.CompletionList, p => p.TextDocument,
            (p, document, s, _) => Sources.Complete(document, p.Position, _environments, _positions)
                ?? Completion.At(document, p.Position, s, _positions, _takesSnippets) with
                {
                    // Names of other resources are those of before the edit: the client shall ask again.
                    IsIncomplete = !(_workspace.IsSettled && s == _workspace.Analysis),
                });
        OnDocument("textDocument/hover", json.TextDocumentPositionParams, json.Hover, p => p.TextDocument,
            (p, document, s, _) => Sources.Hover(document, p.Position, _environments, _workspace, _positions)
                ?? Hovers.At(document, p.Position, s, _positions));
        OnDocument("textDocument/documentSymbol", json.TextDocumentParams, json.IEnumerableDocumentSymbol, p => p.TextDocument,
            (_, document, s, cancellation) => _edits.Between(Symbols.Of(document, s, _positions), cancellation));
        OnDocument("textDocument/definition", json.TextDocumentPositionParams, json.LocationArray, p => p.TextDocument,
            (p, document, s, _) => Sources.Definition(document, p.Position, _environments, _workspace, _positions) is { Length: > 0 } found
                ? found : References.Definition(document, p.Position, s, _workspace, _positions));
        OnDocument("textDocument/references", json.ReferenceParams, json.LocationArray, p => p.TextDocument,
            (p, document, s, _) => Sources.References(document, p.Position, p.Context?.IncludeDeclaration == true, _environments,
                _workspace,
                _positions) is { Length: > 0 } found
                ? found : References.All(document, p.Position, p.Context?.IncludeDeclaration == true, s, _workspace, _positions));
        OnDocument("textDocument/documentHighlight", json.TextDocumentPositionParams, json.DocumentHighlightArray, p => p.TextDocument,
            (p, document, s, _) => References.Highlights(document, p.Position, s, _workspace, _positions));
        OnDocument("textDocument/prepareRename", json.TextDocumentPositionParams, json.PrepareRenameResult, p => p.TextDocument,
            (p, document, s, _) => Sources.Prepare(document, p.Position, _environments, _positions)
                ?? References.Prepare(document, p.Position, s, _positions));
        OnDocument("textDocument/rename", json.RenameParams, json.WorkspaceEdit, p => p.TextDocument,
            (p, document, s, _) => Sources.Rename(document, p.Position, p.NewName, _environments, _workspace, _positions)
                ?? References.Rename(document, p.Position, p.NewName, s, _workspace, _positions));
        OnDocument("textDocument/foldingRange", json.TextDocumentParams, json.FoldingRangeArray, p => p.TextDocument,
            (_, document, _, _) => Ranges.Folding(document));
        OnDocument("textDocument/selectionRange", json.SelectionRangeParams, json.SelectionRangeArray, p => p.TextDocument,
            (p, document, _, _) => Ranges.Selection(document, p.Positions, _positions));
        OnDocument("textDocument/documentLink", json.TextDocumentParams, json.DocumentLinkArray, p => p.TextDocument,
            (_, document, _, _) => Links.Of(document, _workspace, _positions));
        OnDocument("textDocument/codeAction", json.CodeActionParams, json.CodeActionArray, p => p.TextDocument,
            (p, document, s, _) => CodeActions.Of(document, p.Range, p.Context?.Only, s, _workspace, _positions));
        OnDocument("textDocument/codeLens", json.TextDocumentParams, json.CodeLensArray, p => p.TextDocument,
            (_, document, s, _) => [.. Plans.Lenses(document, _plans.Plan, s, _positions),
                .. Drifts.Lenses(document, _plans.Drift, s, _positions), .. Builds.Lenses(document, _environments,
                _positions)]);
        OnDocument("textDocument/inlayHint", json.InlayHintParams, json.InlayHintArray, p => p.TextDocument,
            (p, document, _, _) => [.. Plans.Hints(document, p.Range, _plans.Plan, _positions),
                .. Builds.Hints(document, p.Range, _environments, _positions)]);
        _rpc.OnRequest("workspace/diagnostic", json.Empty, json.WorkspaceDiagnosticReport, _ => _ => AllDiagnostics());
        _rpc.OnRequest("workspace/symbol", json.WorkspaceSymbolParams, json.SymbolInformationArray,
            p => _ => Symbols.Named(p.Query ?? "", _workspace.Analysis, _workspace, _positions));
        _rpc.OnRequest("repave/plan", json.Empty, json.PlanResult, _ => _ => Plans.ResultOf(_plans, _environments, _workspace, _positions));
        _rpc.OnRequest("repave/built", json.BuiltParams, json.BuiltDocumentResult,
            p => _ => Builds.Document(p.Uri is null ? null : _workspace.PathOf(p.Uri), p.Environment, _environments));
        _rpc.OnRequest("repave/compare", json.CompareParams, json.String,
            p => _ => Parity.Compare(p.First, p.Second, _environments, _workspace));
        _rpc.OnRequest("repave/origin", json.OriginParams, json.OriginResultArray,
            p => _ => Builds.Origins(p.Environment, p.Position, _environments, _workspace, _positions));
        _rpc.OnNotification("repave/setBaseline", json.SetBaselineParams, p =>
        {
            _plans.Choose(p.Baseline);
            _environments.ForgetBaselines();
            Publish();
            _background.Plan();
            _building.Plan();
        });
        _rpc.OnNotification("repave/readAgain", json.Empty, _ =>
        {
            _plans.Forget();
            _environments.Forget();
            _environments.ForgetBaselines();
            ReadAgain();
        });
    }

    // Document and state are taken when the request arrives, so that later edits neither change what is answered nor wait for it.
    private void OnDocument<T, TResult>(string method, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type,
        System.Text.Json.Serialization.Metadata.JsonTypeInfo<TResult> resultType, Func<T, TextDocumentIdentifier?> identify,
        Func<T, OpenDocument, ManifestAnalysis, CancellationToken, TResult?> answer) =>
        _rpc.OnRequest(method, type, resultType, parameters =>
        {
            var uri = identify(parameters)?.Uri ?? throw new RpcError(RpcError.InvalidParams, "textDocument is missing");
            var (document, analysis) = (_workspace.Document(uri), _workspace.Analysis);
            return cancellation => document is null ? default : answer(parameters, document, analysis, cancellation);
        });

    private InitializeResult Initialize(InitializeParams parameters)
    {
        _initialized = true;
        var capabilities = parameters.Capabilities;
        var encodings = capabilities?.General?.PositionEncodings ?? [];
        _positions = new Positions(isUtf8: encodings.Length > 0 && encodings[0] == "utf-8");
        _takesSnippets = capabilities?.TextDocument?.Completion?.CompletionItem?.SnippetSupport == true;
        _refreshesLenses = capabilities?.Workspace?.CodeLens?.Supported == true;
        _refreshesHints = capabilities?.Workspace?.InlayHint?.Supported == true;
        _showsProgress = capabilities?.Window?.WorkDoneProgress == true;
        // Who takes both would show everything twice.
        _pullsDiagnostics = capabilities?.TextDocument is { Diagnostic: not null, PublishDiagnostics: null };
        _refreshesDiagnostics = capabilities?.Workspace?.Diagnostics?.Supported == true;
        _watchesFiles = capabilities?.Workspace?.DidChangeWatchedFiles?.Supported == true;
        _workspace.IsTrusted = Option(parameters, "trusted") is { ValueKind: JsonValueKind.True };
        foreach (var folder in parameters.WorkspaceFolders ?? (parameters.RootUri is { } root ? [new WorkspaceFolder(root, "")] : []))
        {
            if (LocalPath(folder.Uri) is { } path)
                _workspace.AddFolder(path);
        }

        _plans.Choose(Option(parameters, "baseline") is { ValueKind: JsonValueKind.String } baseline ? baseline.GetString() : null);
        if (parameters.ProcessId is { } parent)
            EndWith(parent);
        _background.Check();
        return new InitializeResult(
            new ServerCapabilities(
                _positions.Encoding,
                new TextDocumentSyncOptions(true, 2, true),
                Option(parameters, "completion") is { ValueKind: JsonValueKind.False } ? null : new CompletionOptions(CompletionTriggers),
                Option(parameters, "hover") is not { ValueKind: JsonValueKind.False },
                true,
                true,
                true,
                true,
                true,
                new RenameOptions(true),
                true,
                true,
                new DocumentLinkOptions(false),
                new CodeActionOptions(["quickfix", "source.fixAll"]),
                new CodeLensOptions(false),
                true,
                _pullsDiagnostics ? new DiagnosticOptions("repave", true, true) : null,
                new WorkspaceServerCapabilities(new WorkspaceFoldersCapabilities(true, true))),
            new ServerInfo("repave", typeof(Server).Assembly.GetName().Version?.ToString(3) ?? ""));
    }

    private static JsonElement? Option(InitializeParams parameters, string name) =>
        parameters.InitializationOptions is { ValueKind: JsonValueKind.Object } options && options.TryGetProperty(name, out var value)
            ? value
            : null;

    private void Open(TextDocumentItem item)
    {
        var manifest = Manifest.Parse(_workspace.PathOf(item.Uri), item.Text ?? "");
        Publish(Update(new OpenDocument(item.Uri, item.Version, manifest)));
    }

    private void Change(DidChangeTextDocumentParams parameters)
    {
        if (_workspace.Document(parameters.TextDocument.Uri) is not { } document)
        {
            Log($"{parameters.TextDocument.Uri} was changed and is not open");
            return;
        }

        var file = document.File;
        foreach (var change in parameters.ContentChanges ?? [])
        {
            if (change.Range is not { } range)
            {
                file = file.Language.Parse(change.Text);
                continue;
            }

            var start = _positions.OffsetOf(file.Text, range.Start);
            var end = Math.Max(start, _positions.OffsetOf(file.Text, range.End));
            file = file.With(new TextEdit(new TextSpan(start, end), change.Text));
        }

        Publish(Update(new OpenDocument(document.Uri, parameters.TextDocument.Version, document.Manifest with { Source = file })));
    }

    private (OpenDocument Document, IReadOnlyList<Finding> Findings) Update(OpenDocument document)
    {
        var findings = _workspace.Update(document);
        _background.Check();
        if (_environments.Reads(document.Manifest.Path))
            _building.Plan();
        return (document, findings);
    }

    private void Close(string uri)
    {
        _workspace.Close(uri);
        _building.Plan();
        // What stands in closed files is shown by the next whole check.
        _rpc.Notify("textDocument/publishDiagnostics", new PublishDiagnosticsParams(uri, null, []),
            LspJson.Default.PublishDiagnosticsParams);
        _background.Check();
    }

    private void FilesChanged(IReadOnlyList<string> uris)
    {
        if (uris.Any(u => u.Contains("/.git/", StringComparison.Ordinal)))
        {
            _plans.Forget();
            _environments.ForgetBaselines();
            _background.Plan();
            _building.Plan();
        }

        _environments.Changed(uris.Select(_workspace.PathOf));
        _building.Plan();
        if (_workspace.Changed(uris))
            _background.Check();
    }

    private void FoldersChanged(DidChangeWorkspaceFoldersParams parameters)
    {
        foreach (var folder in parameters.Event.Removed)
        {
            if (LocalPath(folder.Uri) is { } path)
                _workspace.RemoveFolder(path);
        }

        foreach (var folder in parameters.Event.Added)
        {
            if (LocalPath(folder.Uri) is { } path)
                _workspace.AddFolder(path);
        }

        _background.Check();
    }

    private void ReadAgain()
    {
        _workspace.ReadAgain();
        _background.Check();
    }

    private void WatchFiles()
    {
        if (!_watchesFiles)
            return;
        var watchers = new DidChangeWatchedFilesRegistrationOptions(
            [.. Core.Dialects.DialectCatalogue.FileNames.Select(name => new FileSystemWatcherPattern("**/" + name)),
                new("**/templates/**"), new("**/.git/HEAD"),
                new("**/.git/refs/heads/**")]);
        _ = _rpc.Ask("client/registerCapability",
            new RegistrationParams([new Registration("repave-files", "workspace/didChangeWatchedFiles", watchers)]),
            LspJson.Default.RegistrationParams);
    }

    private bool Settle(CancellationToken cancellation)
    {
        // Only what takes a while is worth a client's attention.
        var token = _showsProgress && _workspace.MustRead ? $"repave-{Interlocked.Increment(ref _progresses)}" : null;
        if (token is not null)
        {
            _ = _rpc.Ask("window/workDoneProgress/create", new ProgressToken(token), LspJson.Default.ProgressToken);
            Report(token, new WorkDoneProgress("begin", "Reading manifests", null, 0));
        }

        var last = 0;
        var isSettled = _workspace.Settle(
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

    // What is wrong in the settings stands in their file.
    private void ShowSettings(IReadOnlyList<SettingsError> errors)
    {
        var uri = _workspace.Folders.Count == 0 ? null
            : new System.Uri(Path.Combine(_workspace.Folders[0], SettingsReader.FileName)).AbsoluteUri;
        if (uri is null || (errors.Count == 0 && _settingsUri != uri))
            return;
        var diagnostics = errors
            .Select(e => new Diagnostic(new(new(e.Range.Start.Line, e.Range.Start.Character), new(e.Range.End.Line, e.Range.End.Character)),
                1, "settings", null, "repave", e.Message, null, null))
            .ToArray();
        _rpc.Notify("textDocument/publishDiagnostics", new PublishDiagnosticsParams(uri, null, diagnostics),
            LspJson.Default.PublishDiagnosticsParams);
        _settingsUri = errors.Count > 0 ? uri : null;
    }

    private void Report(string token, WorkDoneProgress progress) =>
        _rpc.Notify("$/progress", new ProgressParams(token, progress), LspJson.Default.ProgressParams);

    private void Plan()
    {
        if (_plans.Make())
            _background.Check();
        ShowPlan();
        // The environment's own answer takes longer.
        if (_plans.Try())
            ShowPlan();
    }

    private void PlanEnvironments(CancellationToken cancellation)
    {
        // Before the settings have been read, nothing is known of the environments that they name.
        if (!_workspace.IsChecked || !_environments.Plan(_plans.Chosen, cancellation))
            return;
        ShowPlan();
        _environments.Check(cancellation);
        Publish();
        PublishClosed();
        // Manifests that builds read are planned with these, and no longer by themselves.
        _background.Plan();
    }

    private void ShowPlan()
    {
        Publish();
        if (_refreshesLenses)
            _ = _rpc.Ask("workspace/codeLens/refresh", new Empty(), LspJson.Default.Empty);
        if (_refreshesHints)
            _ = _rpc.Ask("workspace/inlayHint/refresh", new Empty(), LspJson.Default.Empty);
        _rpc.Notify("repave/planChanged", Plans.ResultOf(_plans, _environments, _workspace, _positions), LspJson.Default.PlanResult);
    }

    private void Publish()
    {
        if (_pullsDiagnostics)
        {
            if (_refreshesDiagnostics)
                _ = _rpc.Ask("workspace/diagnostic/refresh", new Empty(), LspJson.Default.Empty);
            return;
        }

        foreach (var document in _workspace.Open)
            Publish((document, _workspace.Findings(document.Manifest.Path)));
    }

    // What stands in files that are not open; of a file that has nothing any more, nothing.
    private void PublishClosed()
    {
        if (_pullsDiagnostics)
            return;
        var open = _workspace.Open.Select(d => d.Manifest.Path).ToHashSet(StringComparer.Ordinal);
        var found = ClosedFindings(_workspace.Analysis, open.Contains).Where(f => f.Findings.Count > 0).ToList();
        var paths = found.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var (path, findings) in found.Concat(_publishedClosed.Where(p => !paths.Contains(p) && !open.Contains(p))
            .Select(p => (p, (IReadOnlyList<Finding>)[]))))
            _rpc.Notify("textDocument/publishDiagnostics",
                new PublishDiagnosticsParams(_workspace.UriOf(path), null, Diagnostics.Of(findings, _workspace, _positions)),
                LspJson.Default.PublishDiagnosticsParams);
        _publishedClosed = paths;
    }

    private void Publish((OpenDocument Document, IReadOnlyList<Finding> Findings) checkedNow)
    {
        var (document, findings) = checkedNow;
        if (_pullsDiagnostics)
            return;
        // Only of the newest version; one that came meanwhile publishes its own.
        if (_workspace.Document(document.Uri) is not { } now || now.Version != document.Version)
            return;
        Diagnostic[] diagnostics =
        [
            .. Diagnostics.Of([.. WithBuilt(document.Manifest.Path, findings), .. PlanFindingsOf(document)], _workspace, _positions),
            .. Drifts.Diagnostics(document, _plans.Drift, _positions),
        ];
        _rpc.Notify("textDocument/publishDiagnostics", new PublishDiagnosticsParams(document.Uri, document.Version, diagnostics),
            LspJson.Default.PublishDiagnosticsParams);
    }

    private Diagnostic[] DiagnosticsOf(OpenDocument document, ManifestAnalysis analysis) =>
    [
        .. Diagnostics.Of([.. WithBuilt(document.Manifest.Path, _workspace.Findings(analysis, document.Manifest.Path)),
            .. PlanFindingsOf(document)], _workspace, _positions),
        .. Drifts.Diagnostics(document, _plans.Drift, _positions),
    ];

    // What is built is checked as it is applied, and what stands in its sources only where that says nothing of it.
    private IEnumerable<Finding> WithBuilt(string path, IReadOnlyList<Finding> findings)
    {
        var built = _environments.Findings(path);
        if (_environments.Covers(path))
            return built;
        return built.Count == 0 ? findings : findings.Concat(built.Where(b => !findings.Any(f => f.Rule == b.Rule
            && f.FileSpan == b.FileSpan)));
    }

    private IEnumerable<(string Path, IReadOnlyList<Finding> Findings)> ClosedFindings(
        ManifestAnalysis analysis, Func<string, bool> isOpen) =>
        analysis.Paths.Concat(_environments.Paths).Distinct(StringComparer.Ordinal)
            .Where(p => !isOpen(p) && !_workspace.IsFromEnvironment(p))
            .Select(p => (p, (IReadOnlyList<Finding>)[.. WithBuilt(p, _workspace.Findings(analysis, p))]));

    private WorkspaceDiagnosticReport AllDiagnostics()
    {
        var analysis = _workspace.Analysis;
        var open = _workspace.Open.ToDictionary(d => d.Manifest.Path, StringComparer.Ordinal);
        var closed = ClosedFindings(analysis, open.ContainsKey).ToList();
        return new WorkspaceDiagnosticReport(
        [
            .. open.Values.Select(d => new WorkspaceDocumentDiagnosticReport("full", d.Uri, d.Version, DiagnosticsOf(d, analysis))),
            .. closed.Select(f => new WorkspaceDocumentDiagnosticReport("full", _workspace.UriOf(f.Path), null,
                Diagnostics.Of(f.Findings, _workspace, _positions))),
        ]);
    }

    // Of a plan of this very text; after an edit the next plan says them again.
    private IEnumerable<Finding> PlanFindingsOf(OpenDocument document) =>
        _plans.Plan is { } plan ? PlanFindings.Of(plan, _workspace.Settings, document.Manifest) : [];

    private void EndWith(int parent)
    {
        try
        {
            var process = Process.GetProcessById(parent);
            process.EnableRaisingEvents = true;
            process.Exited += (_, _) => Environment.Exit(1);
            if (process.HasExited)
                Environment.Exit(1);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException
            or System.ComponentModel.Win32Exception)
        {
            Log($"the client's process {parent} cannot be watched");
        }
    }

    private static string? LocalPath(string uri) =>
        System.Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && parsed.IsFile ? parsed.LocalPath.TrimEnd(Path.DirectorySeparatorChar)
            : null;

    private void Log(string message) =>
        _rpc.Notify("window/logMessage", new LogMessageParams(2, message), LspJson.Default.LogMessageParams);
}
