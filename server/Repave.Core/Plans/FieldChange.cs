using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Plans;

/// <summary>A field that differs between two states.</summary>
/// <param name="Path">Where; list places are those of the new state, or of the old one for what is gone.</param>
/// <param name="From">What it was; null if it was absent.</param>
/// <param name="To">What it becomes; null if it is taken away.</param>
/// <param name="Shape">Its shape, or null if unknown.</param>
/// <param name="Place">What to show in the new state's text: the new value, or what held the old one.</param>
/// <param name="Parts">The single fields of a whole structure that came or went; empty for a single field.</param>
public sealed record FieldChange(FieldPath Path, Node? From, Node? To, Shape? Shape, Node? Place, IReadOnlyList<FieldChange> Parts)
{
    /// <summary>Whether only the order of a list's items differs.</summary>
    public bool IsOrder { get; init; }

    /// <summary>The single fields: the parts, or the change itself.</summary>
    public IEnumerable<FieldChange> Single => Parts.Count == 0 ? [this] : Parts;
}
