using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects;

/// <summary>What a file becomes where another one fills it in.</summary>
/// <param name="File">The file.</param>
/// <param name="Slot">Its document.</param>
/// <param name="Text">The text that it becomes, as far as that is known.</param>
/// <param name="FilledIn">Where that is said.</param>
public sealed record RenderedText(Manifest File, DocumentSlot Slot, EmbeddedText Text, RelatedPlace FilledIn);

/// <summary>A set whose resources fill in files that are templates.</summary>
public interface IRendersTexts
{
    /// <summary>The files that are filled in and wanted.</summary>
    /// <param name="isWanted">Whether a text is wanted, going by how it begins.</param>
    IEnumerable<RenderedText> RenderedTexts(Func<string, bool> isWanted);
}
