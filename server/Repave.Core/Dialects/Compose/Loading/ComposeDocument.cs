using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Compose.Loading;

/// <summary>A document of a Compose file.</summary>
/// <param name="Manifest">The file.</param>
/// <param name="Slot">The document in it.</param>
internal sealed record ComposeDocument(Manifest Manifest, DocumentSlot Slot);
