using System.Diagnostics;
using System.Text.Json;
using Repave.Core.Analysis;
using Repave.Core.Dialects;
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
    private readonly ClientSession _client;
    private readonly Roots _roots;
    private readonly EditPriority _edits = new();
    private bool _initialized;
    private bool _showsDefaults;
    private bool _isShutDown;

    private Server(MessageStream stream)
    {
        _rpc = new JsonRpc(stream, Log);
        _client = new ClientSession(_rpc);
        _roots = new Roots(_client);
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
        server._roots.Dispose();
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
            OfferFormatting();
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
        _rpc.OnNotification("textDocument/didClose", json.DidCloseTextDocumentParams, p => _roots.Of(p.TextDocument.Uri).Close(p.TextDocument.Uri));
        _rpc.OnNotification("textDocument/didSave", json.DidSaveTextDocumentParams, p => FilesChanged([p.TextDocument.Uri]));
        _rpc.OnNotification("workspace/didChangeWatchedFiles", json.DidChangeWatchedFilesParams,
            p => FilesChanged([.. p.Changes.Select(c => c.Uri)]));
        _rpc.OnNotification("workspace/didChangeConfiguration", json.DidChangeConfigurationParams, _ =>
        {
            foreach (var root in _roots.All)
                root.ReadAgain();
        });
        _rpc.OnNotification("workspace/didChangeWorkspaceFolders", json.DidChangeWorkspaceFoldersParams, p =>
            _roots.Change([.. p.Event.Added.Select(f => Roots.PathOf(f.Uri)).OfType<string>()],
                [.. p.Event.Removed.Select(f => Roots.PathOf(f.Uri)).OfType<string>()]));
        OnDocument("textDocument/diagnostic", json.TextDocumentParams, json.DocumentDiagnosticReport, p => p.TextDocument,
            (_, r, document, s, _) => new DocumentDiagnosticReport("full", r.DiagnosticsOf(document, s)));
        OnDocument("textDocument/completion", json.TextDocumentPositionParams, json.CompletionList, p => p.TextDocument,
            (p, r, document, s, _) => Sources.Complete(document, p.Position, r.Environments, _client.Positions)
                ?? Completion.At(document, p.Position, s, _client.Positions, _client.TakesSnippets) with
                {
                    // Names of other resources are those of before the edit: the client shall ask again.
                    IsIncomplete = !(r.Workspace.IsSettled && s == r.Workspace.Analysis),
                });
        OnDocument("textDocument/hover", json.TextDocumentPositionParams, json.Hover, p => p.TextDocument,
            (p, r, document, s, _) => Sources.Hover(document, p.Position, r.Environments, r.Workspace, _client.Positions)
                ?? Hovers.At(document, p.Position, s, _client.Positions));
        OnDocument("textDocument/documentSymbol", json.TextDocumentParams, json.IEnumerableDocumentSymbol, p => p.TextDocument,
            (_, r, document, s, cancellation) => _edits.Between(Symbols.Of(document, s, _client.Positions), cancellation));
        OnDocument("textDocument/definition", json.TextDocumentPositionParams, json.LocationArray, p => p.TextDocument,
            (p, r, document, s, _) => Sources.Definition(document, p.Position, r.Environments, r.Workspace, _client.Positions) is { Length: > 0 } found
                ? found : References.Definition(document, p.Position, s, r.Workspace, _client.Positions));
        OnDocument("textDocument/references", json.ReferenceParams, json.LocationArray, p => p.TextDocument,
            (p, r, document, s, _) => Sources.References(document, p.Position, p.Context?.IncludeDeclaration == true, r.Environments,
                r.Workspace,
                _client.Positions) is { Length: > 0 } found
                ? found : References.All(document, p.Position, p.Context?.IncludeDeclaration == true, s, r.Workspace, _client.Positions));
        OnDocument("textDocument/documentHighlight", json.TextDocumentPositionParams, json.DocumentHighlightArray, p => p.TextDocument,
            (p, r, document, s, _) => References.Highlights(document, p.Position, s, r.Workspace, _client.Positions));
        OnDocument("textDocument/linkedEditingRange", json.TextDocumentPositionParams, json.LinkedEditingRanges, p => p.TextDocument,
            (p, _, document, _, _) => LinkedNames.At(document, p.Position, _client.Positions) is { Length: > 1 } ranges
                ? new LinkedEditingRanges(ranges) : null);
        OnDocument("textDocument/prepareRename", json.TextDocumentPositionParams, json.PrepareRenameResult, p => p.TextDocument,
            (p, r, document, s, _) => Sources.Prepare(document, p.Position, r.Environments, _client.Positions)
                ?? References.Prepare(document, p.Position, s, _client.Positions));
        OnDocument("textDocument/rename", json.RenameParams, json.WorkspaceEdit, p => p.TextDocument,
            (p, r, document, s, _) => Sources.Rename(document, p.Position, p.NewName, r.Environments, r.Workspace, _client.Positions)
                ?? References.Rename(document, p.Position, p.NewName, s, r.Workspace, _client.Positions));
        OnDocument("textDocument/foldingRange", json.TextDocumentParams, json.FoldingRangeArray, p => p.TextDocument,
            (_, r, document, _, _) => Ranges.Folding(document));
        OnDocument("textDocument/selectionRange", json.SelectionRangeParams, json.SelectionRangeArray, p => p.TextDocument,
            (p, r, document, _, _) => Ranges.Selection(document, p.Positions, _client.Positions));
        OnDocument("textDocument/documentLink", json.TextDocumentParams, json.DocumentLinkArray, p => p.TextDocument,
            (_, r, document, _, _) => Links.Of(document, r.Workspace, _client.Positions));
        OnDocument("textDocument/formatting", json.TextDocumentParams, json.TextEditArray, p => p.TextDocument,
            (_, _, document, _, _) => Format(document, null));
        OnDocument("textDocument/rangeFormatting", json.RangeParams, json.TextEditArray, p => p.TextDocument,
            (p, _, document, _, _) => Format(document, p.Range));
        OnDocument("textDocument/semanticTokens/full", json.TextDocumentParams, json.SemanticTokens, p => p.TextDocument,
            (_, r, document, _, _) => SemanticMarks.Of(document, null, r.Environments, _client.Positions));
        OnDocument("textDocument/semanticTokens/range", json.RangeParams, json.SemanticTokens, p => p.TextDocument,
            (p, r, document, _, _) => SemanticMarks.Of(document, p.Range, r.Environments, _client.Positions));
        OnDocument("textDocument/codeAction", json.CodeActionParams, json.CodeActionArray, p => p.TextDocument,
            (p, r, document, s, _) => CodeActions.Of(document, p.Range, p.Context?.Only, s, r.PlanFindingsOf(document),
                r.Workspace, _client.Positions));
        OnDocument("textDocument/codeLens", json.TextDocumentParams, json.CodeLensArray, p => p.TextDocument,
            (_, r, document, s, _) => r.Plans.Plan is var plan ? [.. r.Lenses.With(document, plan,
                [.. Plans.Lenses(document, plan, s, _client.Positions), .. Drifts.Lenses(document, r.Plans.Drift, s, _client.Positions)]),
                .. Builds.Lenses(document, r.Environments, _client.Positions)] : null);
        OnDocument("textDocument/inlayHint", json.InlayHintParams, json.InlayHintArray, p => p.TextDocument,
            (p, r, document, s, _) => [.. Plans.Hints(document, p.Range, r.Plans.Plan, _client.Positions),
                .. Builds.Hints(document, p.Range, r.Environments, _client.Positions),
                .. _showsDefaults ? DefaultHints.Of(document, p.Range, s, _client.Positions) : []]);
        _rpc.OnRequest("workspace/diagnostic", json.Empty, json.WorkspaceDiagnosticReport,
            _ => _ => new WorkspaceDiagnosticReport([.. _roots.All.SelectMany(r => r.AllDiagnostics())]));
        _rpc.OnRequest("workspace/symbol", json.WorkspaceSymbolParams, json.SymbolInformationArray, p => _ =>
            [.. _roots.All.SelectMany(r => Symbols.Named(p.Query ?? "", r.Workspace.Analysis, r.Workspace, _client.Positions))]);
        _rpc.OnRequest("repave/plan", json.FolderParams, json.PlanResult,
            p => _ => (p?.Folder is { } folder ? _roots.All.FirstOrDefault(r => r.Folder == Roots.PathOf(folder)) : _roots.All[0])?.Result());
        _rpc.OnRequest("repave/sides", json.SidesParams, json.SidesResult,
            p => _ => _roots.All.Select(r => Sides.Of(p.Key, r, _client.Positions)).FirstOrDefault(found => found is not null));
        OnDocument("repave/state", json.TextDocumentParams, json.DialectStateArray, p => p.TextDocument,
            (_, r, document, s, _) => States.Of(document, s, r.Plans));
        _rpc.OnRequest("repave/built", json.BuiltParams, json.BuiltDocumentResult, p => _ =>
        {
            var root = p.Uri is null ? WithEnvironment(p.Environment) : _roots.Of(p.Uri);
            return Builds.Document(p.Uri is null ? null : root.Workspace.PathOf(p.Uri), p.Environment, root.Environments);
        });
        _rpc.OnRequest("repave/compare", json.CompareParams, json.String, p => _ =>
        {
            var root = WithEnvironment(p.First);
            return Parity.Compare(p.First, p.Second, root.Environments, root.Workspace);
        });
        _rpc.OnRequest("repave/origin", json.OriginParams, json.OriginResultArray, p => _ =>
        {
            var root = WithEnvironment(p.Environment);
            return Builds.Origins(p.Environment, p.Position, root.Environments, root.Workspace, _client.Positions);
        });
        _rpc.OnNotification("repave/setBaseline", json.SetBaselineParams, p => _roots.Choose(p.Folder, p.Baseline));
        _rpc.OnNotification("repave/readAgain", json.Empty, _ =>
        {
            foreach (var root in _roots.All)
                root.Forget();
        });
    }

    // The folder that an environment of a name is built in; the first where none is.
    private Root WithEnvironment(string? name) =>
        _roots.All.FirstOrDefault(r => r.Environments.Environments.Any(e => e.Environment.Name == name)) ?? _roots.All[0];

    // Document and state are taken when the request arrives, so that later edits neither change what is answered nor wait for it.
    private void OnDocument<T, TResult>(string method, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type,
        System.Text.Json.Serialization.Metadata.JsonTypeInfo<TResult> resultType, Func<T, TextDocumentIdentifier?> identify,
        Func<T, Root, OpenDocument, ManifestAnalysis, CancellationToken, TResult?> answer) =>
        _rpc.OnRequest(method, type, resultType, parameters =>
        {
            var uri = identify(parameters)?.Uri ?? throw new RpcError(RpcError.InvalidParams, "textDocument is missing");
            var root = _roots.Of(uri);
            var (document, analysis) = (root.Workspace.Document(uri), root.Workspace.Analysis);
            return cancellation => document is null ? default : answer(parameters, root, document, analysis, cancellation);
        });

    // What is wrong in the text is a finding already: a message box at each save would be too much.
    private Protocol.TextEdit[] Format(OpenDocument document, Protocol.Range? range)
    {
        var (edits, problem) = Formatting.Of(document, range, _client.Positions);
        if (problem is not null)
            Log(problem);
        return edits;
    }

    private InitializeResult Initialize(InitializeParams parameters)
    {
        _initialized = true;
        _client.Meet(parameters.Capabilities);
        _showsDefaults = Option(parameters, "defaults") is { ValueKind: JsonValueKind.True };
        var folders = parameters.WorkspaceFolders ?? (parameters.RootUri is { } root ? [new WorkspaceFolder(root, "")] : []);
        _roots.Begin([.. folders.Select(f => Roots.PathOf(f.Uri)).OfType<string>()],
            Option(parameters, "trusted") is { ValueKind: JsonValueKind.True },
            Option(parameters, "askProviders") is not { ValueKind: JsonValueKind.False },
            Option(parameters, "baseline") is { ValueKind: JsonValueKind.String } baseline ? baseline.GetString() : null,
            Option(parameters, "baselines") is { ValueKind: JsonValueKind.Object } each
                ? each.EnumerateObject().ToDictionary(e => e.Name, e => e.Value.ValueKind == JsonValueKind.String ? e.Value.GetString() : null)
                : []);
        if (parameters.ProcessId is { } parent)
            EndWith(parent);
        return new InitializeResult(
            new ServerCapabilities(
                _client.Positions.Encoding,
                new TextDocumentSyncOptions(true, 2, true),
                Option(parameters, "completion") is { ValueKind: JsonValueKind.False } ? null : new CompletionOptions(CompletionTriggers),
                Option(parameters, "hover") is not { ValueKind: JsonValueKind.False },
                true,
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
                !_client.RegistersFormatting,
                !_client.RegistersFormatting,
                new SemanticTokensOptions(SemanticMarks.Legend, true, true),
                _client.PullsDiagnostics ? new DiagnosticOptions("repave", true, true) : null,
                new WorkspaceServerCapabilities(new WorkspaceFoldersCapabilities(true, true))),
            new ServerInfo("repave", typeof(Server).Assembly.GetName().Version?.ToString(3) ?? ""));
    }

    private static JsonElement? Option(InitializeParams parameters, string name) =>
        parameters.InitializationOptions is { ValueKind: JsonValueKind.Object } options && options.TryGetProperty(name, out var value)
            ? value
            : null;

    private void Open(TextDocumentItem item)
    {
        var root = _roots.Of(item.Uri);
        root.Take(new OpenDocument(item.Uri, item.Version, Manifest.Parse(root.Workspace.PathOf(item.Uri), item.Text ?? "")));
    }

    private void Change(DidChangeTextDocumentParams parameters)
    {
        var root = _roots.Of(parameters.TextDocument.Uri);
        if (root.Workspace.Document(parameters.TextDocument.Uri) is not { } document)
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

            var start = _client.Positions.OffsetOf(file.Text, range.Start);
            var end = Math.Max(start, _client.Positions.OffsetOf(file.Text, range.End));
            file = file.With(new TextEdit(new TextSpan(start, end), change.Text));
        }

        root.Take(new OpenDocument(document.Uri, parameters.TextDocument.Version, document.Manifest with { Source = file }));
    }

    // Of its own files each folder is told; of what lies above (settings, the repository's .git) all are.
    private void FilesChanged(IReadOnlyList<string> uris)
    {
        foreach (var root in _roots.All)
        {
            var own = uris.Where(u => _roots.Of(u) == root || !_roots.All.Any(r => r.Holds(Roots.PathOf(u) ?? u))).ToList();
            if (own.Count > 0)
                root.FilesChanged(own);
        }
    }

    private void WatchFiles()
    {
        if (_client.WatchesFiles)
            Register(new Registration("repave-files", "workspace/didChangeWatchedFiles", new RegistrationOptions(
                [.. DialectCatalogue.FileNames.Select(name => new FileSystemWatcherPattern("**/" + name)),
                    new("**/templates/**"), new("**/.git/HEAD"),
                    new("**/.git/refs/heads/**")])));
    }

    // Only for the files that are formatted, so that an editor asks others about the rest.
    private void OfferFormatting()
    {
        if (!_client.RegistersFormatting)
            return;
        var options = new RegistrationOptions(
            DocumentSelector: [.. DialectCatalogue.FormattedFiles.Select(name => new DocumentFilter("**/" + name))]);
        Register(new Registration("repave-formatting", "textDocument/formatting", options),
            new Registration("repave-range-formatting", "textDocument/rangeFormatting", options));
    }

    private void Register(params Registration[] registrations) =>
        _ = _rpc.Ask("client/registerCapability", new RegistrationParams(registrations), LspJson.Default.RegistrationParams);

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

    private void Log(string message) => _client.Log(message);
}
