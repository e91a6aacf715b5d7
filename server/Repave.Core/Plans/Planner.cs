using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Plans;

/// <summary>Plans manifests against a baseline: reads both, and lets every dialect plan its resources.</summary>
public static class Planner
{
    /// <summary>What making the manifests real would do.</summary>
    /// <param name="desired">The manifests.</param>
    /// <param name="baseline">What they are compared with.</param>
    /// <param name="settings">The settings in force.</param>
    /// <param name="options">What the caller asks for.</param>
    public static Plan Plan(IReadOnlyList<Manifest> desired, Baseline baseline, Settings settings, PlanOptions options)
    {
        var notes = new List<string>(baseline.Notes);
        var broken = new List<Resource>();
        var (unread, unreadBefore) = (new List<UnreadFile>(options.Unread), new List<UnreadFile>(baseline.Unread));
        notes.AddRange(Unread.Notes(unread, ""));
        notes.AddRange(Unread.Notes(unreadBefore, $"{baseline.Name}: "));
        var wanted = ResourcesOf(desired, notes, "", broken, unread);
        var before = ResourcesOf(baseline.Manifests, notes, $"{baseline.Name}: ", null, unreadBefore);
        var around = ResourcesOf(baseline.Surroundings, [], "");
        var changes = new List<ResourceChange>();
        foreach (var dialect in DialectCatalogue.All)
        {
            if (dialect is not IPlans plans)
                continue;
            var mine = new ResourceSet(wanted.Where(r => r.Id.Dialect == dialect.Name));
            var old = new ResourceSet(before.Where(r => r.Id.Dialect == dialect.Name));
            var half = broken.Where(r => r.Id.Dialect == dialect.Name).ToList();
            if (mine.All.Count == 0 && old.All.Count == 0 && half.Count == 0)
                continue;
            var near = new ResourceSet(around.Where(r => r.Id.Dialect == dialect.Name));
            var input = new PlanInput(mine, half, desired, old, near, baseline, settings, options);
            var planned = plans.Plan(input, notes);
            if (options.SaysWayBack)
                Replacement.WaysBack.Find(plans, input, planned);
            changes.AddRange(planned);
        }

        Unread.Settle(changes, unread, unreadBefore, (desired, options.Roots), (baseline.Manifests, baseline.Roots));
        ChangedSources.Name(changes, baseline.Manifests, desired);
        foreach (var change in changes)
            HideSecrets(change);
        return new Plan(baseline.Name, changes, notes, baseline.Environment);
    }

    // The last word, whatever a dialect or a server's answer has put into words.
    private static void HideSecrets(ResourceChange change)
    {
        foreach (var document in new[] { change.Desired?.Slot.Document, change.Baseline?.Slot.Document }
            .OfType<Syntax.Document>().Distinct())
        {
            var secrets = Secrets.Of(document);
            if (!secrets.Any)
                continue;
            for (var i = 0; i < change.Reasons.Count; i++)
            {
                var reason = change.Reasons[i];
                change.Reasons[i] = reason with
                {
                    From = reason.From is null ? null : secrets.Hide(reason.From),
                    To = reason.To is null ? null : secrets.Hide(reason.To),
                    Why = secrets.Hide(reason.Why),
                    HidesLine = reason.HidesLine || reason.IsSecret
                        || (reason.Source?.Slot.Document == document && secrets.TouchesLine(document.Text, reason.Span)),
                };
            }

            change.HideIn(secrets.Hide);
        }
    }

    /// <summary>The resources that manifests define, in their order.</summary>
    /// <param name="manifests">The manifests.</param>
    /// <param name="notes">Where to say which documents could not be used.</param>
    /// <param name="whose">What to put before such a note.</param>
    /// <param name="broken">Where to put the resources of documents that cannot be read to their end; null to leave them out.</param>
    /// <param name="unread">Where to put the files of which a part was left out; null to leave that out.</param>
    public static IReadOnlyList<Resource> ResourcesOf(IReadOnlyList<Manifest> manifests, List<string> notes, string whose,
        List<Resource>? broken = null, List<UnreadFile>? unread = null)
    {
        var read = new ManifestReading[manifests.Count];
        Parallel.For(0, manifests.Count, i => read[i] = ManifestReading.Of(manifests[i]));
        foreach (var reading in read)
        {
            notes.AddRange(reading.Notes.Select(note => whose + note));
            broken?.AddRange(reading.Broken);
            if (reading.Unread is { } file)
                unread?.Add(file);
        }

        return [.. read.SelectMany(r => r.Resources)];
    }
}
