using System.Text.Json;

namespace Repave.LanguageServer.Protocol;

// LSP's own names; see the specification, version 3.17.
internal sealed record Empty;

internal readonly record struct Position(int Line, int Character);

internal readonly record struct Range(Position Start, Position End);

internal sealed record Location(string Uri, Range Range);

internal sealed record TextDocumentIdentifier(string Uri);

internal sealed record VersionedTextDocumentIdentifier(string Uri, int Version);

internal sealed record TextDocumentItem(string Uri, string LanguageId, int Version, string Text);

internal sealed record TextDocumentPositionParams(TextDocumentIdentifier TextDocument, Position Position);

internal sealed record TextDocumentParams(TextDocumentIdentifier TextDocument);

internal sealed record TextEdit(Range Range, string NewText);

internal sealed record WorkspaceEdit(Dictionary<string, TextEdit[]> Changes);

internal sealed record MarkupContent(string Kind, string Value);

internal sealed record Command(
    string Title, [property: System.Text.Json.Serialization.JsonPropertyName("command")] string Name, JsonElement[]? Arguments = null);

internal sealed record WorkspaceFolder(string Uri, string Name);
