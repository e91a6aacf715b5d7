using Repave.Core.Dialects.CloudFormation.Plans.Drift;
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

    /// <summary>The alarms that CloudFormation watches while it updates the stack; one that goes off takes the whole update back.</summary>
    public IReadOnlyList<string> RollbackAlarms { get; init; } = [];

    /// <summary>For how many minutes after an update it watches them, and keeps what was replaced.</summary>
    public int MonitoringMinutes { get; init; }

    /// <summary>What CloudFormation knows of what drifted, asked when somebody first wants to know: a plan does not.</summary>
    public Lazy<DriftAnswers> Drift { get; init; } = new(static () => DriftAnswers.None);

    /// <summary>What is known of a baseline that is no deployed stack.</summary>
    public static StackEvidence None { get; } = new();
}
