using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Compose.Loading;

/// <summary>Where a value is written.</summary>
/// <param name="File">The document.</param>
/// <param name="Node">The node in it.</param>
internal readonly record struct ValuePlace(ComposeDocument File, Node Node);
