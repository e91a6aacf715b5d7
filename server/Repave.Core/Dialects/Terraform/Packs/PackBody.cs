namespace Repave.Core.Dialects.Terraform.Packs;

/// <summary>What stands in a block, on its way into a pack.</summary>
public sealed class PackBody
{
    /// <summary>Attributes and blocks.</summary>
    public IList<PackMember> Members { get; } = [];

    /// <summary>Lines that begin with <c>~</c>: what is demanded of several members together.</summary>
    public ISet<string> Demands { get; } = new SortedSet<string>(StringComparer.Ordinal);

    /// <summary>Of a whole resource: whether its provider takes false and 0 for nothing written.</summary>
    public bool TakesZeroForNothing { get; set; }

    /// <summary>The member of a name, or null.</summary>
    public PackMember? this[string name] => Members.FirstOrDefault(member => member.Name == name);
}
