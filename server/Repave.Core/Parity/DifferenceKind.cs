namespace Repave.Core.Parity;

/// <summary>In what two environments differ.</summary>
public enum DifferenceKind
{
    /// <summary>A resource that only the first has.</summary>
    OnlyFirst,

    /// <summary>A resource that only the second has.</summary>
    OnlySecond,

    /// <summary>What is run.</summary>
    Artifact,

    /// <summary>A field.</summary>
    Field,
}
