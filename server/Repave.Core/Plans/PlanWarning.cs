using Repave.Core.Model;

namespace Repave.Core.Plans;

/// <summary>What a plan warns of.</summary>
public enum PlanWarningKind
{
    /// <summary>Something worth knowing.</summary>
    Notice,

    /// <summary>The platform refuses the update as it is.</summary>
    Refused,

    /// <summary>Data goes with the old object.</summary>
    DataLoss,

    /// <summary>Nobody answers for a while.</summary>
    Downtime,

    /// <summary>Old and new cannot live side by side.</summary>
    NoSideBySide,

    /// <summary>What is mutated reaches those who use it late or never.</summary>
    NotRolledOut,

    /// <summary>Something that stays refers to something that goes.</summary>
    Breaks,

    /// <summary>What goes comes again under another name.</summary>
    Renamed,
}

/// <summary>A warning on a planned change.</summary>
/// <param name="Kind">What it warns of.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="About">The resource that it speaks of, if another than the changed one; or null.</param>
public sealed record PlanWarning(PlanWarningKind Kind, string Message, ResourceId? About = null)
{
    /// <summary>A text that, put behind the resource, leaves nothing to warn of, and what writing it is called; null if there is
    /// none.</summary>
    public (string Title, string Text)? Insertion { get; init; }

    /// <summary>Whether the data itself stays, and only nothing finds it any more.</summary>
    public bool KeepsData { get; init; }
}
