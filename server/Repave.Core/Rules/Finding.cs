using Repave.Core.Model;
using Repave.Core.Text;

namespace Repave.Core.Rules;

/// <summary>What a rule reports at one place.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Severity">How severe it is here.</param>
/// <param name="Message">What is wrong, and what to do.</param>
/// <param name="Place">Where.</param>
public sealed record Finding(Rule Rule, Severity Severity, string Message, Place Place)
{
    /// <summary>The resource that it is about, or null.</summary>
    public Resource? Resource { get; init; }

    /// <summary>The field, as <see cref="Syntax.FieldPath"/> writes it from the resource's root; empty for the resource as
    /// a whole.</summary>
    public string Path { get; init; } = "";

    /// <summary>How to fix it safely, or null.</summary>
    public Fix? Fix { get; init; }

    /// <summary>Other places that it speaks of.</summary>
    public IReadOnlyList<RelatedPlace> Related { get; init; } = [];

    /// <summary>The environments whose build has it; empty where it is in a manifest as it stands.</summary>
    public IReadOnlyList<string> Environments { get; init; } = [];

    /// <summary>The manifest that was checked.</summary>
    public Manifest Manifest => Place.Manifest;

    /// <summary>The file that a person edits.</summary>
    public Manifest File => Place.File;

    /// <summary>Where, in offsets of that file's text.</summary>
    public TextSpan FileSpan => Place.FileSpan;

    /// <summary>Where, in lines and characters of that file.</summary>
    public LineRange Range => Place.Range;

    /// <summary>The same finding in a later state of its manifest, in which its document is the same and stands elsewhere.</summary>
    internal Finding In(Manifest later, Syntax.DocumentSlot moved) => this with
    {
        Place = Place.In(later, moved),
        Resource = Resource?.In(later, moved),
        Fix = Fix?.In(later, moved),
        Related = Related.Count == 0 ? Related : [.. Related.Select(r => r.In(later, moved))],
    };
}
