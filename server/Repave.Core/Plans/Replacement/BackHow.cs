namespace Repave.Core.Plans.Replacement;

/// <summary>What going back to the state before a change does to a resource, mildest first.</summary>
public enum BackHow
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>The object is changed; no instance is replaced by it.</summary>
    InPlace,

    /// <summary>A version or side that is kept gets the traffic back.</summary>
    AtOnce,

    /// <summary>Instances are replaced step by step.</summary>
    Roll,

    /// <summary>The texts do not say.</summary>
    Unknown,

    /// <summary>Only a new object has the old state; what it keeps outside itself stays.</summary>
    Replace,

    /// <summary>Only a new object has the old state, and something stored is gone.</summary>
    Loss,

    /// <summary>It is refused, and no new object brings the state back together with its data.</summary>
    Never,
}
