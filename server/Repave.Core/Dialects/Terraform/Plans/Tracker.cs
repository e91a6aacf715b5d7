namespace Repave.Core.Dialects.Terraform.Plans;

/// <summary>What an expression looked at: the resources and data behind it, through variables, locals and outputs.</summary>
internal sealed class Tracker
{
    /// <summary>That of what nobody writes; nothing is ever added to it.</summary>
    public static Tracker Nothing { get; } = new();

    public HashSet<ResourceNode> Seen { get; } = [];

    /// <summary>Whether it holds what nobody knows before it is applied (the time of day).</summary>
    public bool IsNeverKnown { get; set; }

    public void Add(Tracker other)
    {
        Seen.UnionWith(other.Seen);
        IsNeverKnown |= other.IsNeverKnown;
    }
}
