using System.Globalization;
using Repave.Core.Dialects;

namespace Repave.Core.Plans.Replacement;

/// <summary>How a change comes about, in one line for people.</summary>
public static class StepsSentence
{
    private const int MostListed = 6;
    private const int SecondsOfMinute = 60;
    private const int MinutesOfHour = 60;

    /// <summary>The line (<c>10 pods in 4 steps (3, 5, 8, 10), never fewer than 8 and never more than 13.</c>); null where nothing rolls,
    /// or nothing is known that the action does not say.</summary>
    public static string? Of(ResourceChange change)
    {
        if (change.Steps is not { } steps || change.Action is not (PlanAction.Roll or PlanAction.Replace or PlanAction.InPlace)
            || steps.Replaced == true)
            return null;
        return Line(steps);
    }

    private static string? Line(ReplacementSteps steps)
    {
        if (steps.Refused == true)
            return steps.Why is { Length: > 0 } refusal ? $"It does not start: {Ended(refusal)}" : null;
        if (steps.CannotProgress == true)
            return $"It never comes to its end{(steps.Why is { Length: > 0 } why ? $": {Ended(why)}" : ".")}";
        if (How(steps) is not { } how)
            return null;
        var parts = new List<string> { how };
        if (steps.Minutes is > 0 and var minutes)
            parts.Add($"takes at least {Time(minutes)}");
        if (steps.NeedsPerson == true && (steps.IsTraffic ? steps.Steps.Count > 0 : steps.PodsRolled != 0))
            parts.Add(steps.Waits is { } waits ? $"waits until {waits}" : "waits for a person");
        if (steps.OldKeptSeconds is { } kept)
            parts.Add(kept == 0 ? "the old side goes with the switch" : $"the old side stays for {Time(kept / (double)SecondsOfMinute)} "
                + "after the switch");
        if (Abort(steps) is { } abort)
            parts.Add(abort);
        if (steps.RollbackMinutes is > 0 and var back)
            parts.Add($"failing checks take it back after {Time(back)}");
        if (steps.Room is { } room)
            parts.Add(room);
        if (steps.Guard is { } guard)
            parts.Add(guard);
        if (steps.CircuitBreakerFailures is { } failures)
            parts.Add($"it fails after {failures} failed {steps.Instance}s");
        if (steps.Revision is { } revision)
            parts.Add($"undoing it goes back to revision {revision}");
        if (steps.NeedsFeature is { } feature)
            parts.Add($"so only where the feature {feature} is on");
        var line = string.Join("; ", parts) + ".";
        // One that is itself followed by nothing: there are no rings.
        if (steps.Then is { Steps: { Then: null } after } follower && Line(after) is { } then)
            line += $" Then {DialectCatalogue.KindOf(follower.Id)} '{follower.Id.Name}': {Continue(then)}";
        return steps.AppliesTo is { } next ? $"For {next}: {Continue(line)}" : line;
    }

    private static string? How(ReplacementSteps steps)
    {
        if (steps.IsTraffic)
            return Traffic(steps);
        if (steps.PodsRolled is not { } rolled)
            return null;
        if (rolled == 0)
            return steps.NeedsPerson == true ? $"No {steps.Instance} is replaced until {steps.Waits ?? "a person goes on"}" : null;
        var count = Count(rolled, steps.Instance);
        var waves = steps.Steps.Count;
        if (steps.MinAvailable == 0 && waves <= 1)
            return rolled == 1 ? $"The only {steps.Instance} is gone until its successor is there"
                : $"All {count} at once, and none is there until their successors are";
        var listed = waves is > 1 and <= MostListed ? $" ({string.Join(", ", steps.Steps)})" : "";
        var line = waves > 1 ? $"{count} in {waves} steps{listed}" : $"{count} in one step";
        if (steps.MinAvailable is { } least)
            line += least == 0 ? ", for a while none is there," : $", never fewer than {least}";
        if (steps.MaxTotal is { } most && steps.MinAvailable is not null)
            line += $" and never more than {most}";
        return line.TrimEnd(',');
    }

    private static string? Traffic(ReplacementSteps steps)
    {
        var tasks = steps.PodsRolled is > 0 and var rolled ? $"{Count(rolled, steps.Instance)} beside the old ones; " : "";
        return steps.Steps.Count switch
        {
            0 when steps.NeedsPerson == true => $"No traffic moves until {steps.Waits ?? "a person goes on"}",
            0 when steps.Minutes > 0 => "All traffic moves once the checks have passed",
            0 => null,
            1 when steps.Steps[0] == 100 => Begin(tasks + "all traffic moves at once"),
            1 => Begin($"{tasks}{steps.Steps[0]} % of the traffic goes to the new version"),
            <= MostListed => Begin($"{tasks}the traffic moves in {steps.Steps.Count} steps ({string.Join(", ", steps.Steps)} %)"),
            var many => Begin($"{tasks}the traffic moves in {many} steps, from {steps.Steps[0]} to {steps.Steps[many - 1]} %"),
        };
    }

    private static string? Abort(ReplacementSteps steps) => steps.Abort switch
    {
        { NewPods: "rolled-back" } => $"aborting it brings the old {steps.Instance}s back",
        { NewPods: "scaled-down", AfterSeconds: { } after } =>
            $"aborting it takes the new {steps.Instance}s away after {Time(after / (double)SecondsOfMinute)}",
        { NewPods: "kept" } => $"aborting it keeps the new {steps.Instance}s",
        _ => null,
    };

    private static string Count(int count, string instance) => count == 1 ? $"1 {instance}" : $"{count} {instance}s";

    private static string Begin(string text) => char.ToUpperInvariant(text[0]) + text.Substring(1);

    private static string Continue(string text) => char.ToLowerInvariant(text[0]) + text.Substring(1);

    private static string Ended(string text) => text[text.Length - 1] == '.' ? text : text + ".";

    private static string Time(double minutes)
    {
        var (number, unit) = minutes switch
        {
            < 2 when minutes != 1 => (Math.Round(minutes * SecondsOfMinute), "second"),
            >= 2 * MinutesOfHour => (Math.Round(minutes / MinutesOfHour, 1), "hour"),
            _ => (Math.Round(minutes, 1), "minute"),
        };
        return $"{number.ToString(CultureInfo.InvariantCulture)} {unit}{(number == 1 ? "" : "s")}";
    }
}
