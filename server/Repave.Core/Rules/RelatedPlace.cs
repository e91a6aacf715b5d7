using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Rules;

/// <summary>Another place that a finding speaks of.</summary>
/// <param name="Place">Where.</param>
/// <param name="Message">What it has to do with the finding, in a few words.</param>
public sealed record RelatedPlace(Place Place, string Message)
{
    /// <summary>A resource as a whole, at its name.</summary>
    public static RelatedPlace Of(Resource resource, string message) =>
        new(new Place(resource.Manifest, resource.Slot, resource.NameSpan), message);

    /// <summary>The same place in a later state of a manifest, in which a document is the same and stands elsewhere.</summary>
    internal RelatedPlace In(Manifest later, DocumentSlot moved) =>
        Place.Slot.Document == moved.Document ? this with { Place = Place.In(later, moved) } : this;
}
