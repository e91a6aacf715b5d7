using Repave.LanguageServer.Protocol;

namespace Repave.LanguageServer.Features;

/// <summary>The places of a name that are edited together while it is typed: an anchor's and its aliases'.</summary>
internal static class LinkedNames
{
    /// <summary>The places of the name under the cursor, where it is given first.</summary>
    public static Protocol.Range[] At(OpenDocument document, Position position, Positions positions) =>
        document.At(positions.OffsetOf(document.Text, position)) is var (slot, offset)
            ? [.. document.File.Language.LinkedAt(slot.Document, offset)
                .Select(span => positions.RangeOf(document.Text, span.Shift(slot.Start)))]
            : [];
}
