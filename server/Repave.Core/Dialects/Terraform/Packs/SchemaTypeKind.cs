namespace Repave.Core.Dialects.Terraform.Packs;

/// <summary>The kinds of types that a provider's schema has.</summary>
public enum SchemaTypeKind
{
    /// <summary>A text.</summary>
    String,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>Anything.</summary>
    Any,

    /// <summary>A list of one type.</summary>
    List,

    /// <summary>A set of one type.</summary>
    Set,

    /// <summary>A map from texts to one type.</summary>
    Map,

    /// <summary>Named attributes, each of its type.</summary>
    Object,

    /// <summary>Places, each of its type.</summary>
    Tuple,
}
