using Repave.Core.Model;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.LanguageServer;

/// <summary>A document that the client has open, at one version. Never changes: an edit makes another.</summary>
/// <param name="Uri">As the client names it.</param>
/// <param name="Version">The client's number of it.</param>
/// <param name="Manifest">Its text and tree.</param>
internal sealed record OpenDocument(string Uri, int Version, Manifest Manifest)
{
    /// <summary>Its documents.</summary>
    public SourceFile File => Manifest.Source;

    /// <summary>Its text.</summary>
    public SourceText Text => Manifest.Source.Text;

    /// <summary>The document around an offset of the file, and the offset in it; null where there is none.</summary>
    public (DocumentSlot Slot, int Offset)? At(int offset)
    {
        // Documents stand in the order of the text.
        DocumentSlot? found = null;
        foreach (var slot in File.Documents)
        {
            if (slot.Start > offset)
                break;
            found = slot;
        }

        return found is { } at && offset <= at.Start + at.Document.Text.Length ? (at, offset - at.Start) : null;
    }
}
