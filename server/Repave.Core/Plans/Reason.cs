using Repave.Core.Model;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Plans;

/// <summary>A changed field, and what changing it does.</summary>
/// <param name="Path">The field, dotted with list places (<c>spec.ports[0].port</c>).</param>
/// <param name="From">The old value as compact JSON; null if there was none, or if it is a secret.</param>
/// <param name="To">The new value as compact JSON; null if there is none, or if it is a secret.</param>
/// <param name="Effect">What it does.</param>
/// <param name="Certainty">How sure that is.</param>
/// <param name="Why">The platform's rule in a few words; empty if there is nothing to say.</param>
/// <param name="Source">The resource whose text causes it; null if no text does.</param>
/// <param name="Span">Where in that resource's document; counted from the document's start.</param>
public sealed record Reason(
    string Path, string? From, string? To, Effect Effect, Certainty Certainty, string Why, Resource? Source, TextSpan Span)
{
    private const int MaxValue = 400;

    /// <summary>Whether the values are secret, so that only their being different is said.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether the text says what it said, and only what it names changes.</summary>
    public bool IsDragged { get; init; }

    /// <summary>Whether the line in the text may hold secret values, so that it is not shown.</summary>
    public bool HidesLine { get; init; }

    /// <summary>Whether a value was there before.</summary>
    public bool WasThere { get; init; }

    /// <summary>Whether a value is there after.</summary>
    public bool IsThere { get; init; }

    /// <summary>The place in a source that was changed and made the change, where that is known; or null.</summary>
    public (Manifest File, TextSpan Span)? Cause { get; init; }

    /// <summary>The file, or null.</summary>
    public string? File => Place?.File.Path;

    /// <summary>The place in the file.</summary>
    public LineRange? Range => Place?.Range;

    /// <summary>The place; null if no text causes it.</summary>
    public Place? Place => Source is null ? null : new Place(Source.Manifest, Source.Slot, Span) { Cause = Cause };

    /// <summary>A value for plans: compact JSON, cut where it is long.</summary>
    /// <param name="node">The value.</param>
    /// <param name="secrets">What of it is not to be shown.</param>
    public static string ValueOf(Node node, SecretNodes? secrets = null)
    {
        var text = secrets is null ? Shapes.CanonicalJson.Of(node, asPlatform: true) : secrets.JsonOf(node);
        return text.Length <= MaxValue ? text : text.Substring(0, MaxValue) + "…";
    }
}
