using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Model;

/// <summary>A place in a manifest's document. Whatever is said of a manifest is said at one, and only here it becomes a place in a file:
/// that of the manifest or, where that was built, the file that a person edits.</summary>
/// <param name="Manifest">The manifest.</param>
/// <param name="Slot">The document in it, and where that begins; an empty document for the manifest as a whole.</param>
/// <param name="Span">Where, in offsets of the document's text.</param>
public readonly record struct Place(Manifest Manifest, DocumentSlot Slot, TextSpan Span)
{
    /// <summary>The place in a source that made it what it is, where that is known better than from its text; or null.</summary>
    public (Manifest File, TextSpan Span)? Cause { get; init; }

    /// <summary>The file that a person edits.</summary>
    public Manifest File => Written().File;

    /// <summary>Where in that file's text.</summary>
    public TextSpan FileSpan => Written().Span;

    /// <summary>Where in that file, in lines and characters.</summary>
    public LineRange Range => Written() is var (file, span) ? file.Source.Text.RangeOf(span) : default;

    /// <summary>Other places that have a part in it, where the manifest was built from several files.</summary>
    public IEnumerable<(Manifest File, TextSpan Span)> Others => Origins().Skip(Cause is null ? 1 : 0).Select(o => (o.Source, o.At));

    /// <summary>The same place in a later state of the manifest, in which its document is the same and stands elsewhere.</summary>
    public Place In(Manifest later, DocumentSlot moved) => this with { Manifest = later, Slot = moved };

    /// <summary>An edit of the place as an edit of the file that a person edits; null where the text does not stand there as it
    /// does here.</summary>
    /// <param name="newText">What stands there afterwards.</param>
    public (Manifest File, TextEdit Edit)? Edit(string newText)
    {
        var built = Span.Shift(Slot.Start);
        if (Manifest.Origin is null)
            return (Manifest, new TextEdit(built, newText));
        var origin = Origins().FirstOrDefault();
        return origin.Source is null || !origin.Built.Contains(built) || !origin.IsCopy(Manifest.Source.Text)
            ? null
            : (origin.Source, new TextEdit(built.Shift(origin.At.Start - origin.Built.Start), newText));
    }

    private IReadOnlyList<Origin> Origins() => Manifest.Origin?.Of(Span.Shift(Slot.Start)) ?? [];

    private (Manifest File, TextSpan Span) Written()
    {
        if (Cause is { } cause)
            return cause;
        var built = Span.Shift(Slot.Start);
        if (Manifest.Origin is null || Origins() is not [var origin, ..])
            return (Manifest, built);
        // A range that was put together from several pieces stands in none of them as a whole.
        return (origin.Source, origin.Built.Contains(built) && origin.IsCopy(Manifest.Source.Text)
            ? built.Shift(origin.At.Start - origin.Built.Start) : origin.At);
    }
}
