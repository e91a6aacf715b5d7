namespace Repave.Core.Syntax;

/// <summary>What a scalar is taken for.</summary>
public enum ScalarKind
{
    /// <summary>Nothing.</summary>
    Null,

    /// <summary>A truth value.</summary>
    Boolean,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number with a fraction or an exponent, infinity, or not-a-number.</summary>
    Float,

    /// <summary>Text.</summary>
    String,
}
