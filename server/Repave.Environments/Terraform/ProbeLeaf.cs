using Repave.Core.Dialects.Terraform.Packs;

namespace Repave.Environments.Terraform;

/// <summary>An argument of a resource that is changed to see what the provider says, with two values that it takes.</summary>
internal sealed class ProbeLeaf(IReadOnlyList<PackMember> path, string type)
{
    /// <summary>The members that lead to it, itself last.</summary>
    public IReadOnlyList<PackMember> Path { get; } = path;

    public PackMember Member => Path[^1];

    /// <summary>Its type as packs write it.</summary>
    public string Type { get; } = type;

    public string Name { get; } = string.Join('.', path.Select(m => m.Name));

    /// <summary>Which pair of values is tried.</summary>
    public int Candidate { get; set; }

    /// <summary>The values that the provider's own message lists.</summary>
    public IReadOnlyList<string>? Enum { get; set; }

    public double? Minimum { get; set; }

    public double? Maximum { get; set; }

    public bool IsBool => Type == "bool";

    /// <summary>Its value before (0) or after (1) a change.</summary>
    public object? Value(int variant) => ProbeValues.Of(Type, this, variant);
}
