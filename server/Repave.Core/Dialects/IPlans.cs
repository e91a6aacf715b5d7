using Repave.Core.Plans;

namespace Repave.Core.Dialects;

/// <summary>A dialect whose resources can be planned against a baseline.</summary>
public interface IPlans
{
    /// <summary>What those that a resource manages are called, when they are replaced one by one.</summary>
    string Instances { get; }

    /// <summary>What a change does that replaces a resource, as the end of "changing this …".</summary>
    string Replacement { get; }

    /// <summary>Plans the dialect's resources against a baseline.</summary>
    /// <param name="input">The manifests and the baseline.</param>
    /// <param name="notes">Where to say what could not be compared, and why.</param>
    /// <returns>Every resource with its action, in the order of the manifests; deletions last.</returns>
    IReadOnlyList<ResourceChange> Plan(PlanInput input, List<string> notes);

    /// <summary>What changing a field of a resource type does, for people who ask before they edit; empty if the dialect has no
    /// such type.</summary>
    /// <param name="type">The type's name as its users say it (<c>Deployment</c>, <c>deployment.apps</c>).</param>
    /// <param name="version">The platform's version, or null for the newest.</param>
    IReadOnlyList<Explanation> Explain(string type, string? version);
}
