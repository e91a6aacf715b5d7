using System.Text.Json;

namespace Repave.LanguageServer.Protocol;

internal sealed record InitializeParams(int? ProcessId, string? RootUri, WorkspaceFolder[]? WorkspaceFolders,
    ClientCapabilities? Capabilities, JsonElement? InitializationOptions);

internal sealed record ClientCapabilities(
    GeneralCapabilities? General, WorkspaceCapabilities? Workspace, TextDocumentCapabilities? TextDocument, WindowCapabilities? Window);

internal sealed record GeneralCapabilities(string[]? PositionEncodings);

internal sealed record WindowCapabilities(bool? WorkDoneProgress);

internal sealed record WorkspaceCapabilities(
    DynamicRegistration? DidChangeWatchedFiles, RefreshSupport? CodeLens, RefreshSupport? InlayHint, RefreshSupport? Diagnostics);

internal sealed record DynamicRegistration(bool? DynamicRegistrationSupport)
{
    [System.Text.Json.Serialization.JsonPropertyName("dynamicRegistration")]
    public bool? Supported { get; init; }
}

internal sealed record RefreshSupport(bool? RefreshSupported)
{
    [System.Text.Json.Serialization.JsonPropertyName("refreshSupport")]
    public bool? Supported { get; init; }
}

internal sealed record TextDocumentCapabilities(
    CompletionCapabilities? Completion, Empty? PublishDiagnostics, Empty? Diagnostic, DynamicRegistration? Formatting);

internal sealed record CompletionCapabilities(CompletionItemCapabilities? CompletionItem);

internal sealed record CompletionItemCapabilities(bool? SnippetSupport);

internal sealed record InitializeResult(ServerCapabilities Capabilities, ServerInfo ServerInfo);

internal sealed record ServerInfo(string Name, string Version);

internal sealed record ServerCapabilities(
    string PositionEncoding,
    TextDocumentSyncOptions TextDocumentSync,
    CompletionOptions? CompletionProvider,
    bool HoverProvider,
    bool DocumentSymbolProvider,
    bool WorkspaceSymbolProvider,
    bool DefinitionProvider,
    bool ReferencesProvider,
    bool DocumentHighlightProvider,
    bool LinkedEditingRangeProvider,
    RenameOptions RenameProvider,
    bool FoldingRangeProvider,
    bool SelectionRangeProvider,
    DocumentLinkOptions DocumentLinkProvider,
    CodeActionOptions CodeActionProvider,
    CodeLensOptions CodeLensProvider,
    bool InlayHintProvider,
    bool DocumentFormattingProvider,
    bool DocumentRangeFormattingProvider,
    SemanticTokensOptions SemanticTokensProvider,
    DiagnosticOptions? DiagnosticProvider,
    WorkspaceServerCapabilities Workspace);

internal sealed record TextDocumentSyncOptions(bool OpenClose, int Change, bool Save);

internal sealed record CompletionOptions(string[] TriggerCharacters);

internal sealed record RenameOptions(bool PrepareProvider);

internal sealed record CodeActionOptions(string[] CodeActionKinds);

internal sealed record DocumentLinkOptions(bool ResolveProvider);

internal sealed record CodeLensOptions(bool ResolveProvider);

internal sealed record DiagnosticOptions(string Identifier, bool InterFileDependencies, bool WorkspaceDiagnostics);

internal sealed record WorkspaceServerCapabilities(WorkspaceFoldersCapabilities WorkspaceFolders);

internal sealed record WorkspaceFoldersCapabilities(bool Supported, bool ChangeNotifications);

internal sealed record DidChangeWorkspaceFoldersParams(WorkspaceFoldersChangeEvent Event);

internal sealed record WorkspaceFoldersChangeEvent(WorkspaceFolder[] Added, WorkspaceFolder[] Removed);

internal sealed record DidChangeConfigurationParams(JsonElement? Settings);

internal sealed record DidChangeWatchedFilesParams(FileEvent[] Changes);

internal sealed record FileEvent(string Uri, int Type);

internal sealed record LogMessageParams(int Type, string Message);

internal sealed record RegistrationParams(Registration[] Registrations);

internal sealed record Registration(string Id, string Method, RegistrationOptions RegisterOptions);

internal sealed record RegistrationOptions(FileSystemWatcherPattern[]? Watchers = null, DocumentFilter[]? DocumentSelector = null);

internal sealed record DocumentFilter(string Pattern);

internal sealed record FileSystemWatcherPattern(string GlobPattern);

internal sealed record ProgressToken(string Token);

internal sealed record ProgressParams(string Token, WorkDoneProgress Value);

internal sealed record WorkDoneProgress(string Kind, string? Title, string? Message, int? Percentage);
