using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Parity;

/// <summary>One difference between two environments.</summary>
/// <param name="Kind">In what they differ.</param>
/// <param name="First">The resource in the first; null if it has none.</param>
/// <param name="Second">The resource in the second; null if it has none.</param>
/// <param name="Path">The field; empty for the resource as a whole.</param>
/// <param name="From">Its value in the first, as compact JSON; null if there is none, or if it is a secret.</param>
/// <param name="To">Its value in the second, as compact JSON; null if there is none, or if it is a secret.</param>
public sealed record EnvironmentDifference(
    DifferenceKind Kind, Resource? First, Resource? Second, string Path, string? From, string? To)
{
    /// <summary>Whether the values are secret, so that only their being different is said.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether the second runs something that the first runs nowhere.</summary>
    public bool IsUntested { get; init; }

    /// <summary>The line that makes it in the first environment; null if none does.</summary>
    public DifferencePlace? InFirst { get; init; }

    /// <summary>The line that makes it in the second environment; null if none does.</summary>
    public DifferencePlace? InSecond { get; init; }

    /// <summary>Why it is meant; null if nobody said so.</summary>
    public string? AllowedBecause { get; init; }

    /// <summary>The rule that it breaks; null if it is meant, or the rule is off.</summary>
    public Rule? Rule { get; init; }

    /// <summary>How severe that is.</summary>
    public Severity Severity { get; init; }

    /// <summary>The resource, in whichever environment it is.</summary>
    public Resource Resource => Second ?? First!;
}
