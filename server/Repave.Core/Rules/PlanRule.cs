using Repave.Core.Dialects;
using Repave.Core.Plans;

namespace Repave.Core.Rules;

/// <summary>What is wrong with a change.</summary>
/// <param name="Message">A sentence for people.</param>
/// <param name="Of">The plan's warning that it tells on; null if it is none.</param>
public sealed record PlanIssue(string Message, PlanWarning? Of = null);

/// <summary>A rule on what a change does to what runs: it reads plans.</summary>
public abstract class PlanRule : Rule
{
    /// <summary>What runs before <see cref="Rule.Bad"/> or <see cref="Rule.Good"/> is applied. Run as a test.</summary>
    public abstract string Before { get; }

    /// <summary>The settings that the examples need; null if none.</summary>
    public virtual string? ExampleSettings => null;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-3", "NIST SP 800-53 CM-4"];

    /// <summary>What is wrong with a change; none if nothing is.</summary>
    /// <param name="change">The change.</param>
    /// <param name="plan">The plan that it is a part of.</param>
    /// <param name="settings">The settings in force.</param>
    public abstract IEnumerable<PlanIssue> Find(ResourceChange change, Plan plan, Settings settings);

    /// <summary>A change's warnings of a kind.</summary>
    protected static IEnumerable<PlanWarning> WarningsOf(ResourceChange change, PlanWarningKind kind) =>
        change.Warnings.Where(w => w.Kind == kind);

    /// <summary>The name of a change's resource for sentences.</summary>
    protected static string NameOf(ResourceChange change) => $"{DialectCatalogue.KindOf(change.Id)} '{change.Id.Name}'";
}
