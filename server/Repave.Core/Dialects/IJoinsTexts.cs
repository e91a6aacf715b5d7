using Repave.Core.Syntax;

namespace Repave.Core.Dialects;

/// <summary>A dialect whose functions put texts together.</summary>
public interface IJoinsTexts
{
    /// <summary>The texts of a document that are put together of pieces and wanted, as far as the pieces are written there.</summary>
    /// <param name="document">A document of its own.</param>
    /// <param name="isWanted">Whether a text is wanted.</param>
    IEnumerable<EmbeddedText> JoinedTexts(Document document, Func<string, bool> isWanted);
}
