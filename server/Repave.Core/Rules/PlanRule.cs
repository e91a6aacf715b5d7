using Repave.Core.Plans;

namespace Repave.Core.Rules;

/// <summary>A rule on what a change does to what runs: it reads plans.</summary>
public abstract class PlanRule : Rule
{
    /// <summary>What runs before <see cref="Rule.Bad"/> or <see cref="Rule.Good"/> is applied. Run as a test.</summary>
    public abstract string Before { get; }

    /// <summary>The settings that the examples need; null if none.</summary>
    public virtual string? ExampleSettings => null;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-3", "NIST SP 800-53 CM-4"];

    /// <summary>What is wrong with a change, sentence by sentence; none if nothing is.</summary>
    /// <param name="change">The change.</param>
    /// <param name="plan">The plan that it is a part of.</param>
    /// <param name="settings">The settings in force.</param>
    public abstract IEnumerable<string> Find(ResourceChange change, Plan plan, Settings settings);

    /// <summary>The sentences of a change's warnings of a kind.</summary>
    protected static IEnumerable<string> WarningsOf(ResourceChange change, PlanWarningKind kind) => change.Warnings.Where(w => w.Kind == kind).Select(w => w.Message);

    /// <summary>The name of a change's resource for sentences.</summary>
    protected static string NameOf(ResourceChange change) => $"{change.Id.Type.Split('.')[0]} '{change.Id.Name}'";
}
