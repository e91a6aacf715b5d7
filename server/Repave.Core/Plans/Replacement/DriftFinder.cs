using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Plans.Replacement;

/// <summary>Finds what was changed in live objects behind their manifests' back.</summary>
public static class DriftFinder
{
    /// <summary>The drift, in the order of the manifests.</summary>
    /// <param name="desired">The manifests.</param>
    /// <param name="live">The live objects, or a dump of them.</param>
    /// <param name="settings">The settings in force.</param>
    /// <param name="options">What the caller asks for.</param>
    /// <param name="notes">Where to say what could not be compared, and why.</param>
    public static IReadOnlyList<DriftItem> Find(
        IReadOnlyList<Manifest> desired, Baseline live, Settings settings, PlanOptions options, List<string> notes)
    {
        notes.AddRange(live.Notes);
        var wanted = Planner.ResourcesOf(desired, notes, "");
        var there = Planner.ResourcesOf(live.Manifests, notes, $"{live.Name}: ");
        var found = new List<DriftItem>();
        foreach (var dialect in DialectCatalogue.All)
        {
            if (dialect is not IDrifts drifts)
                continue;
            var mine = new ResourceSet(wanted.Where(r => r.Id.Dialect == dialect.Name));
            if (mine.All.Count == 0)
                continue;
            var objects = new ResourceSet(there.Where(r => r.Id.Dialect == dialect.Name));
            found.AddRange(drifts.Drift(new PlanInput(mine, [], desired, objects, new ResourceSet([]), live, settings, options), notes));
        }

        return settings.AllowedDrift.Count == 0 ? found : found.ConvertAll(item => item.IsAllowed || !settings.AllowedDrift.Any(allowed =>
            allowed.Allows(DialectCatalogue.KindOf(item.Resource.Id), item.Resource.Id.Name, item.Resource.Id.Namespace, item.Path,
                item.Manager, live.Environment)) ? item : item with { IsAllowed = true });
    }

    /// <summary>Whether a baseline says what was changed in place.</summary>
    public static bool IsSaidBy(Baseline baseline) => DialectCatalogue.All.OfType<IDrifts>().Any(d => d.SaysDrift(baseline));
}
