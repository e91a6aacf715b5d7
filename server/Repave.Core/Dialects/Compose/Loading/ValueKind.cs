namespace Repave.Core.Dialects.Compose.Loading;

/// <summary>What a value of a project is.</summary>
internal enum ValueKind
{
    /// <summary>Nothing.</summary>
    Null,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number with a fraction.</summary>
    Float,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A list.</summary>
    List,

    /// <summary>A mapping.</summary>
    Map,

    /// <summary>It depends on a variable that is not known here; nothing is said of it.</summary>
    Unknown,
}
