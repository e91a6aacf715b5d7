using Repave.Core.Model;

namespace Repave.Core.Dialects.CloudFormation.Plans;

/// <summary>What only CloudFormation knows of a deployed stack (<see cref="Core.Plans.Baseline.Evidence"/>).</summary>
public sealed record StackEvidence
{
    /// <summary>The values that the stack was given for its parameters.</summary>
    public IReadOnlyDictionary<string, string> Inputs { get; init; } = new Dictionary<string, string>();

    /// <summary>The physical names of resources, by their logical ones.</summary>
    public IReadOnlyDictionary<string, string> LiveNames { get; init; } = new Dictionary<string, string>();

    /// <summary>The stack's policy, as AWS gives it; null if it has none.</summary>
    public string? UpdatePolicy { get; init; }

    /// <summary>Whether a change set says that it would replace a resource, where one was made.</summary>
    public IReadOnlyDictionary<ResourceId, bool> Replacements { get; init; } = new Dictionary<ResourceId, bool>();

    /// <summary>What is known of a baseline that is no deployed stack.</summary>
    public static StackEvidence None { get; } = new();
}
