namespace Repave.Core.Shapes;

/// <summary>How fields of a structure go together.</summary>
public enum FieldDemandKind
{
    /// <summary>Exactly one of them must be there.</summary>
    One,

    /// <summary>At least one of them must be there.</summary>
    Some,

    /// <summary>Where <see cref="FieldDemand.Field"/> is, all of them must be there too.</summary>
    Needs,

    /// <summary>Where <see cref="FieldDemand.Field"/> is, none of them may be there.</summary>
    Excludes,
}

/// <summary>What is demanded of several fields of a structure together.</summary>
/// <param name="Kind">How they go together.</param>
/// <param name="Field">The field that demands it; null where the structure does.</param>
/// <param name="Fields">The others.</param>
public sealed record FieldDemand(FieldDemandKind Kind, string? Field, IReadOnlyList<string> Fields);
