using Repave.Core.Model;
using Repave.Core.Text;
using Repave.Core.Syntax;

namespace Repave.Core.Rules;

/// <summary>What a rule reports at one place.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Severity">How much it weighs here.</param>
/// <param name="Message">What is wrong, and what to do.</param>
/// <param name="Manifest">The file.</param>
/// <param name="Slot">The document in the file, and where it begins; an empty document for a finding on the file as a whole.</param>
/// <param name="Span">Where, in offsets of the document's text.</param>
public sealed record Finding(Rule Rule, Severity Severity, string Message, Manifest Manifest, DocumentSlot Slot, TextSpan Span)
{
    /// <summary>The resource that it is about, or null.</summary>
    public Resource? Resource { get; init; }

    /// <summary>The field, dotted from the resource's root; empty for the resource as a whole.</summary>
    public string Path { get; init; } = "";

    /// <summary>How to mend it safely, or null.</summary>
    public Fix? Fix { get; init; }

    /// <summary>Other places that it speaks of.</summary>
    public IReadOnlyList<RelatedPlace> Related { get; init; } = [];

    /// <summary>Where, in offsets of the file's text.</summary>
    public TextSpan FileSpan => Span.Shift(Slot.Start);

    /// <summary>Where, in lines and characters of the file.</summary>
    public LineRange Range => Manifest.Source.Text.RangeOf(FileSpan);
}
