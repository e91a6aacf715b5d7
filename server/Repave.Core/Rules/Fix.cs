using Repave.Core.Model;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Rules;

/// <summary>A replacement of one place.</summary>
/// <param name="Place">What is replaced.</param>
/// <param name="NewText">What stands there afterwards.</param>
public readonly record struct PlaceEdit(Place Place, string NewText)
{
    /// <summary>The edit of the file that a person edits; null if it cannot be made there.</summary>
    public (Manifest File, TextEdit Edit)? Written => Place.Edit(NewText);
}

/// <summary>Text edits that together fix a finding and change nothing else. All of them are made or none.</summary>
/// <param name="Title">What they do, as an editor's menu says it.</param>
/// <param name="Edits">The edits; they do not overlap.</param>
public sealed record Fix(string Title, IReadOnlyList<PlaceEdit> Edits)
{
    /// <summary>The edits of files; null if one of them cannot be made.</summary>
    public IReadOnlyList<(Manifest File, TextEdit Edit)>? Written
    {
        get
        {
            var written = new List<(Manifest, TextEdit)>(Edits.Count);
            foreach (var edit in Edits)
            {
                if (edit.Written is not { } one)
                    return null;
                written.Add(one);
            }

            return written;
        }
    }

    /// <summary>The same fix in a later state of a manifest, in which a document is the same and stands elsewhere.</summary>
    internal Fix In(Manifest later, DocumentSlot moved) =>
        new(Title, [.. Edits.Select(e => e.Place.Slot.Document == moved.Document ? e with { Place = e.Place.In(later, moved) } : e)]);
}
