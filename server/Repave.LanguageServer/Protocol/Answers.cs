namespace Repave.LanguageServer.Protocol;

internal sealed record CompletionList(bool IsIncomplete, CompletionItem[] Items);

internal sealed record CompletionItem(string Label, int Kind, string? Detail, MarkupContent? Documentation, string SortText,
    string FilterText, int InsertTextFormat, TextEdit TextEdit);

internal sealed record Hover(MarkupContent Contents, Range Range);

internal sealed record DocumentSymbol(string Name, string? Detail, int Kind, Range Range, Range SelectionRange, DocumentSymbol[] Children);

internal sealed record WorkspaceSymbolParams(string Query);

internal sealed record SymbolInformation(string Name, int Kind, Location Location, string? ContainerName);

internal sealed record ReferenceParams(TextDocumentIdentifier TextDocument, Position Position, ReferenceContext? Context);

internal sealed record ReferenceContext(bool IncludeDeclaration);

internal sealed record RenameParams(TextDocumentIdentifier TextDocument, Position Position, string NewName);

internal sealed record PrepareRenameResult(Range Range, string Placeholder);

internal sealed record DocumentHighlight(Range Range);

internal sealed record LinkedEditingRanges(Range[] Ranges);

internal sealed record FoldingRange(int StartLine, int EndLine, string? Kind);

internal sealed record SelectionRangeParams(TextDocumentIdentifier TextDocument, Position[] Positions);

internal sealed record SelectionRange(Range Range, SelectionRange? Parent);

internal sealed record CodeActionParams(TextDocumentIdentifier TextDocument, Range Range, CodeActionContext? Context);

internal sealed record CodeActionContext(string[]? Only);

internal sealed record CodeAction(string Title, string Kind, Diagnostic[]? Diagnostics, bool? IsPreferred, WorkspaceEdit Edit);

internal sealed record CodeLens(Range Range, Command Command);

internal sealed record DocumentLink(Range Range, string Target, string? Tooltip);

/// <summary>Repave's own request: what is done with a document for one dialect.</summary>
/// <param name="Dialect">The dialect's name.</param>
/// <param name="Resources">How many resources it has there.</param>
/// <param name="Version">The release whose schemas count; null where the dialect has no releases.</param>
/// <param name="Baseline">What it is compared with; null where it is not.</param>
/// <param name="Problem">Why it could not be compared; null where it was.</param>
internal sealed record DialectState(string Dialect, int Resources, string? Version, string? Baseline, string? Problem);

internal sealed record SemanticTokensLegend(string[] TokenTypes, string[] TokenModifiers);

internal sealed record SemanticTokensOptions(SemanticTokensLegend Legend, bool Full, bool Range);

internal sealed record SemanticTokens(int[] Data);

internal sealed record RangeParams(TextDocumentIdentifier TextDocument, Range Range);

internal sealed record InlayHintParams(TextDocumentIdentifier TextDocument, Range Range);

internal sealed record InlayHint(Position Position, string Label, bool PaddingLeft, string? Tooltip);

/// <summary>Repave's own request: choose what changes are compared with.</summary>
/// <summary>Repave's own request: the plan of a folder; of the first where none is named.</summary>
internal sealed record FolderParams(string? Folder);

internal sealed record SetBaselineParams(string? Baseline, string? Folder);

/// <summary>Repave's own request and notification: the plan of the workspace, as <c>repave plan --format json</c> gives it, and
/// as HTML.</summary>
internal sealed record PlanResult(string Baseline, string Summary, int Replacements, PlanItem[] Items, string[] Notes, string? Problem)
{
    /// <summary>The URI of the client's folder that it speaks of; null where there is none.</summary>
    public string? Folder { get; init; }

    /// <summary>The environments that are built from the workspace, each with its plan.</summary>
    public PlanEnvironment[] Environments { get; init; } = [];
}

internal sealed record PlanEnvironment(string Name, string Source, string Baseline, string Summary, int Replacements, PlanItem[] Items,
    string[] Notes, string? Problem);

/// <summary>Repave's own request: what is built from a file, for one of the environments that it has a part in.</summary>
internal sealed record BuiltParams(string? Uri, string? Environment);

/// <summary>The environments that a file has a part in, and what is built for one of them.</summary>
internal sealed record BuiltDocumentResult(string[] Environments, string? Environment, string Text, string? Problem);

/// <summary>Repave's own request: how two environments differ.</summary>
internal sealed record CompareParams(string First, string Second);

/// <summary>Repave's own request: where a place of what is built comes from.</summary>
internal sealed record OriginParams(string Environment, Position Position);

internal sealed record OriginResult(Location Location, string File, string Line);

internal sealed record PlanItem(string Name, string? Namespace, string Action, string What, string[] CausedBy, PlanItemReason[] Reasons,
    string[] Warnings, Location? Location)
{
    /// <summary>How it comes about; null where nothing is to be said of that.</summary>
    public string? Steps { get; init; }

    /// <summary>What it is known by in <c>repave/sides</c>; null where it has no texts.</summary>
    public string? Key { get; init; }
}

/// <summary>Repave's own request: the texts of a planned resource.</summary>
internal sealed record SidesParams(string Key);

/// <summary>The text of a planned resource as it was and as it will be.</summary>
/// <param name="Before">As it was; empty for a creation.</param>
/// <param name="After">As it will be; empty for a deletion.</param>
/// <param name="Path">The file that it comes from, below its folder.</param>
/// <param name="Location">Where it stands, where the whole of its file is compared and can be edited; or null.</param>
/// <param name="Problem">Why there are no texts; null if there are.</param>
internal sealed record SidesResult(string Before, string After, string Path, Location? Location, string? Problem);

internal sealed record PlanItemReason(string Path, string Values, string Effect, string Why, Location? Location);
