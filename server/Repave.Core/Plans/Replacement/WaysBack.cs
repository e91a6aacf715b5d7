using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Plans.Replacement;

/// <summary>Finds what going back to the baseline would do: first of all what the plan from the new state to the old one says, then what
/// the dialect knows of it that no plan can tell.</summary>
internal static class WaysBack
{
    /// <summary>Adds the way back to every change of a dialect.</summary>
    /// <param name="dialect">The dialect.</param>
    /// <param name="input">What it planned from.</param>
    /// <param name="changes">What it planned.</param>
    public static void Find(IPlans dialect, PlanInput input, IReadOnlyList<ResourceChange> changes)
    {
        if (changes.Count == 0)
            return;
        var returns = dialect as IReturns;
        var reverse = Reversed(returns, input) is { } turned ? dialect.Plan(turned, []) : [];
        var (wanted, gone) = (new Dictionary<ResourceId, ResourceChange>(), new Dictionary<ResourceId, ResourceChange>());
        foreach (var change in reverse)
        {
            if (change.Desired is not null)
                wanted[change.Desired.Id] = change;
            if (change.Baseline is not null)
                gone[change.Baseline.Id] = change;
        }

        var pairs = new List<ReturnPair>();
        foreach (var change in changes)
        {
            var back = change.Baseline is { } before && wanted.TryGetValue(before.Id, out var made) ? made
                : change.Desired is { } desired && gone.TryGetValue(desired.Id, out var taken) ? taken : null;
            var way = change.Back = new WayBack();
            var pair = new ReturnPair(change, change.Baseline is { } old && returns?.HoldsMore(old) == true
                ? Narrowed(change, back) : back, way);
            Begin(pair);
            pairs.Add(pair);
        }

        foreach (var pair in pairs)
            pair.LoseData();
        returns?.Return(pairs);
    }

    private static PlanInput? Reversed(IReturns? returns, PlanInput input)
    {
        var manifests = new Baseline("the manifests", input.DesiredManifests)
        {
            IsEarlierState = true,
            Version = input.Baseline.Version,
            Namespace = input.Baseline.Namespace,
            HashKey = input.Baseline.HashKey,
            Roots = input.Options.Roots,
        };
        var start = returns is null ? manifests : returns.StartOfReturn(input, manifests);
        return start is null ? null : input with
        {
            Desired = input.Before,
            Broken = [],
            DesiredManifests = input.Baseline.Manifests,
            Before = input.Desired,
            Baseline = start,
            Options = input.Options with { Roots = input.Baseline.Roots, Unread = [] },
        };
    }

    // A live object says more than anybody applied; only what the change touched is to be taken back.
    private static ResourceChange? Narrowed(ResourceChange change, ResourceChange? back)
    {
        if (back is null || change.Desired is null)
            return back;
        var narrow = new ResourceChange(back.Id) { Desired = back.Desired, Baseline = back.Baseline, After = back.After };
        narrow.Reasons.AddRange(back.Reasons.Where(r => change.Reasons.Exists(f => Overlap(f.Path, r.Path))));
        narrow.Settle();
        return narrow;
    }

    private static bool Overlap(string one, string other) => FieldPath.IsWithin(one, other) || FieldPath.IsWithin(other, one);

    private static void Begin(ReturnPair pair)
    {
        var (change, way) = (pair.Forward, pair.Way);
        if (change.Action == PlanAction.None)
            return;
        if (change.Action == PlanAction.Unknown || pair.Reverse?.Action == PlanAction.Unknown)
        {
            way.Set(BackHow.Unknown, "What it is now could not be read.");
            return;
        }

        // Without a plan of the way back a change is taken back as it is made.
        var action = pair.Reverse?.Action ?? change.Action switch
        {
            PlanAction.Create => PlanAction.Delete,
            PlanAction.Delete => PlanAction.Create,
            var same => same,
        };
        switch (action)
        {
            case PlanAction.None:
                way.Set(BackHow.Nothing, "Applying the old manifest again changes nothing: what the change made stays.");
                break;
            case PlanAction.Create:
                way.Set(BackHow.Replace, "It is deleted; the old manifest makes a new one.");
                break;
            case PlanAction.Delete:
                way.Set(BackHow.InPlace, "It is new, and going back deletes it.");
                break;
            case PlanAction.InPlace:
                way.Set(BackHow.InPlace, Why(pair));
                break;
            case PlanAction.Roll:
                way.Set(BackHow.Roll, Why(pair));
                break;
            default:
                way.Set(BackHow.Replace, Why(pair));
                break;
        }
    }

    // The reasons of the strongest effect, in the words of the platform's rule.
    private static string Why(ReturnPair pair)
    {
        const int most = 3;
        var forcing = (pair.Reverse ?? pair.Forward).Forcing.ToList();
        if (forcing.Count == 0)
            return "";
        var paths = string.Join(", ", forcing.Select(r => r.Path).Distinct().Take(most));
        var first = forcing[0].Why;
        return $"{paths} {(forcing.Count == 1 ? "goes" : "go")} back{(first.Length == 0 ? "" : ": " + first)}.";
    }
}
