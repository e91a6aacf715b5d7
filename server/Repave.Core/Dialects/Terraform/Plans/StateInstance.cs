using Repave.Core.Dialects.Terraform.Evaluation;
using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Terraform.Plans;

/// <summary>An instance as a state has it.</summary>
internal sealed record StateInstance(InstanceAddress Address)
{
    /// <summary>Its attributes; null where it was made from text.</summary>
    public MapNode? Attributes { get; init; }

    /// <summary>Its value, where it was made from an earlier text.</summary>
    public TerraformValue? Value { get; init; }

    /// <summary>Whether it is to be made anew whatever the text says.</summary>
    public bool IsTainted { get; init; }

    /// <summary>Whether it was made with create_before_destroy.</summary>
    public bool IsCreatedFirst { get; init; }

    /// <summary>The version of the schema that its attributes follow.</summary>
    public int SchemaVersion { get; init; }

    /// <summary>The provider that made it.</summary>
    public string? Provider { get; init; }

    /// <summary>The address that it had before it was moved; null where it was not.</summary>
    public InstanceAddress? MovedFrom { get; init; }

    /// <summary>The resource of an earlier text.</summary>
    public Resource? Source { get; init; }

    /// <summary>What it depended on when it was made.</summary>
    public IReadOnlyList<string> Dependencies { get; init; } = [];
}
