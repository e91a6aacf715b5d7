using Repave.Core.Model;
using Repave.Core.Text;

namespace Repave.Core.Rules;

/// <summary>Another place that a finding speaks of.</summary>
/// <param name="Resource">The resource in whose document it is.</param>
/// <param name="Span">Where, in offsets of that document's text.</param>
/// <param name="Message">What it has to do with the finding, in a few words.</param>
public sealed record RelatedPlace(Resource Resource, TextSpan Span, string Message)
{
    /// <summary>A resource as a whole, at its name.</summary>
    public static RelatedPlace Of(Resource resource, string message) => new(resource, Shapes.ShapeValidator.Underline(resource.NameNode), message);

    /// <summary>Where, in lines and characters of the file.</summary>
    public LineRange Range => Resource.Manifest.Source.Text.RangeOf(Span.Shift(Resource.Slot.Start));
}
