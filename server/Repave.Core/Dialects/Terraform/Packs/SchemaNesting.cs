namespace Repave.Core.Dialects.Terraform.Packs;

/// <summary>How often what stands below a member is there, and how it is told apart.</summary>
public enum SchemaNesting
{
    /// <summary>Nothing stands below: an attribute of a plain type.</summary>
    None,

    /// <summary>Once at most.</summary>
    Single,

    /// <summary>Once at most, and there with nothing in it where nobody writes it.</summary>
    Group,

    /// <summary>A list.</summary>
    List,

    /// <summary>A set: items have no place, only their contents.</summary>
    Set,

    /// <summary>A map: blocks with one label.</summary>
    Map,
}
