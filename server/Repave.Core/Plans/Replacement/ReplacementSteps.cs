namespace Repave.Core.Plans.Replacement;

/// <summary>What becomes of the new instances when a replacement is aborted.</summary>
/// <param name="NewPods"><c>rolled-back</c>, <c>scaled-down</c> or <c>kept</c>.</param>
/// <param name="AfterSeconds">After how many seconds; null where that is not said.</param>
public sealed record ReplacementAbort(string NewPods, int? AfterSeconds);

/// <summary>How a change comes about, in numbers, as far as the manifests and the state before say it: everything is null that does not
/// apply or is not known. Instances (pods, tasks, machines) are taken to become ready together, and to be well before.</summary>
public sealed record ReplacementSteps
{
    /// <summary>What one of those is called that are replaced.</summary>
    public string Instance { get; init; } = "instance";

    /// <summary>Whether the steps are percents of the traffic.</summary>
    public bool IsTraffic { get; init; }

    /// <summary>What a person does without whom it does not go on, as a sentence without its full stop; null if nothing, or if that is
    /// not known.</summary>
    public string? Waits { get; init; }

    /// <summary>The revision that is there to go back to; null if the platform does not count them, or did not say it.</summary>
    public string? Revision { get; init; }

    /// <summary>The fewest instances that are there for users at any moment.</summary>
    public int? MinAvailable { get; init; }

    /// <summary>The most that there are at once.</summary>
    public int? MaxTotal { get; init; }

    /// <summary>How many running instances the change replaces by new ones.</summary>
    public int? PodsRolled { get; init; }

    /// <summary>How many new instances there are, or percents of the traffic that they get, at the end of each step.</summary>
    public IReadOnlyList<int> Steps { get; init; } = [];

    /// <summary>How many minutes the waits take that are written down; null if none is.</summary>
    public double? Minutes { get; init; }

    /// <summary>Whether it stops until a person goes on.</summary>
    public bool? NeedsPerson { get; init; }

    /// <summary>Whether it never comes to its end.</summary>
    public bool? CannotProgress { get; init; }

    /// <summary>Why it never comes to its end, or is refused; null where it does and is not.</summary>
    public string? Why { get; init; }

    /// <summary>Whether the platform, or the controller's own validation, refuses the change.</summary>
    public bool? Refused { get; init; }

    /// <summary>Whether only a new object can have it.</summary>
    public bool? Replaced { get; init; }

    /// <summary>How many nodes run one instance each.</summary>
    public int? Nodes { get; init; }

    /// <summary>What aborting does.</summary>
    public ReplacementAbort? Abort { get; init; }

    /// <summary>What the machines that are there have no room for, as a clause; null if they have, or if that is not known.</summary>
    public string? Room { get; init; }

    /// <summary>What makes the platform itself stop it or take it back, as a clause (<c>an alarm (errors) takes it back</c>); null if
    /// nothing is known to.</summary>
    public string? Guard { get; init; }

    /// <summary>How long the old side stays after the switch, in seconds.</summary>
    public int? OldKeptSeconds { get; init; }

    /// <summary>How many minutes failing checks take to a rollback.</summary>
    public double? RollbackMinutes { get; init; }

    /// <summary>After how many failed tasks the deployment fails.</summary>
    public int? CircuitBreakerFailures { get; init; }

    /// <summary>The feature of the platform without which it goes otherwise.</summary>
    public string? NeedsFeature { get; init; }

    /// <summary>What it applies to where that is not this change but the next.</summary>
    public string? AppliesTo { get; init; }

    /// <summary>What moves the traffic once the instances are there; null if nothing else does.</summary>
    public ResourceChange? Then { get; init; }

    /// <summary>A change that is refused.</summary>
    /// <param name="why">Why.</param>
    public static ReplacementSteps OfRefused(string? why) => new() { Refused = true, CannotProgress = true, PodsRolled = 0, Why = why };
}
