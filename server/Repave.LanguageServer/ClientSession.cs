using Repave.LanguageServer.Features;
using Repave.LanguageServer.Protocol;
using Repave.LanguageServer.Rpc;

namespace Repave.LanguageServer;

/// <summary>The client, as far as what is shown depends on it: how it counts places, and what it can do.</summary>
/// <param name="rpc">The wire to it.</param>
internal sealed class ClientSession(JsonRpc rpc)
{
    private int _progresses;

    /// <summary>The wire.</summary>
    public JsonRpc Rpc => rpc;

    /// <summary>How it counts places in lines.</summary>
    public Positions Positions { get; private set; } = new(isUtf8: false);

    /// <summary>Whether it takes tab stops.</summary>
    public bool TakesSnippets { get; private set; }

    /// <summary>Whether it can be told to ask for lenses again.</summary>
    public bool RefreshesLenses { get; private set; }

    /// <summary>Whether it can be told to ask for hints again.</summary>
    public bool RefreshesHints { get; private set; }

    /// <summary>Whether it watches files for a server.</summary>
    public bool WatchesFiles { get; private set; }

    /// <summary>Whether it shows how far long work is.</summary>
    public bool ShowsProgress { get; private set; }

    /// <summary>Whether it asks for findings, so that it is sent none.</summary>
    public bool PullsDiagnostics { get; private set; }

    /// <summary>Whether it can be told to ask for findings again.</summary>
    public bool RefreshesDiagnostics { get; private set; }

    /// <summary>Whether it can be told which files are formatted.</summary>
    public bool RegistersFormatting { get; private set; }

    /// <summary>Takes what the client says of itself.</summary>
    public void Meet(ClientCapabilities? capabilities)
    {
        var encodings = capabilities?.General?.PositionEncodings ?? [];
        Positions = new Positions(isUtf8: encodings.Length > 0 && encodings[0] == "utf-8");
        TakesSnippets = capabilities?.TextDocument?.Completion?.CompletionItem?.SnippetSupport == true;
        RefreshesLenses = capabilities?.Workspace?.CodeLens?.Supported == true;
        RefreshesHints = capabilities?.Workspace?.InlayHint?.Supported == true;
        ShowsProgress = capabilities?.Window?.WorkDoneProgress == true;
        // Who takes both would show everything twice.
        PullsDiagnostics = capabilities?.TextDocument is { Diagnostic: not null, PublishDiagnostics: null };
        RegistersFormatting = capabilities?.TextDocument?.Formatting?.Supported == true;
        RefreshesDiagnostics = capabilities?.Workspace?.Diagnostics?.Supported == true;
        WatchesFiles = capabilities?.Workspace?.DidChangeWatchedFiles?.Supported == true;
    }

    /// <summary>A name for work whose progress is shown.</summary>
    public string NextToken() => $"repave-{Interlocked.Increment(ref _progresses)}";

    /// <summary>Sends the findings of a file.</summary>
    public void Publish(PublishDiagnosticsParams parameters) =>
        rpc.Notify("textDocument/publishDiagnostics", parameters, LspJson.Default.PublishDiagnosticsParams);

    /// <summary>Writes to the client's log.</summary>
    public void Log(string message) =>
        rpc.Notify("window/logMessage", new LogMessageParams(2, message), LspJson.Default.LogMessageParams);
}
