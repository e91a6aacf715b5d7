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
            changes.AddRange(plans.Plan(new PlanInput(mine, half, desired, old, near, baseline, settings, options), notes));
        }

        Unread.Settle(changes, unread, unreadBefore, (desired, options.Roots), (baseline.Manifests, baseline.Roots));
        foreach (var change in changes)
            HideSecrets(change);
        return new Plan(baseline.Name, changes, notes, baseline.Environment);
    }

    // The last word, whatever a dialect or a server's answer has put into words.
    private static void HideSecrets(ResourceChange change)
    {
        foreach (var document in new[] { change.Desired?.Slot.Document, change.Baseline?.Slot.Document }.OfType<Syntax.Document>().Distinct())
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
                    HidesLine = reason.HidesLine || reason.IsSecret || (reason.Source?.Slot.Document == document && secrets.TouchesLine(document.Text, reason.Span)),
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
    public static IReadOnlyList<Resource> ResourcesOf(IReadOnlyList<Manifest> manifests, List<string> notes, string whose, List<Resource>? broken = null, List<UnreadFile>? unread = null)
    {
        var read = new (List<Resource> Resources, List<Resource> Broken, List<string> Notes, UnreadFile? Unread)[manifests.Count];
        Parallel.For(0, manifests.Count, i => read[i] = Read(manifests[i], whose));
        foreach (var (_, half, own, file) in read)
        {
            notes.AddRange(own);
            broken?.AddRange(half);
            if (file is not null)
                unread?.Add(file);
        }

        return [.. read.SelectMany(r => r.Resources)];
    }

    private static (List<Resource> Resources, List<Resource> Broken, List<string> Notes, UnreadFile? Unread) Read(Manifest manifest, string whose)
    {
        var (resources, broken, notes) = (new List<Resource>(), new List<Resource>(), new List<string>());
        var unread = manifest.Source.IsTooLong ? new UnreadFile(manifest.Path, "it is too long") : null;
        if (unread is not null)
            notes.Add($"{whose}{manifest.Path} is too long and was not read.");
        foreach (var slot in manifest.Source.Documents)
        {
            foreach (var dialect in DialectCatalogue.All)
            {
                var reading = dialect.Read(manifest, slot);
                if (reading.Recognition == Recognition.Foreign)
                    continue;
                var line = manifest.Source.Text.PositionOf(slot.Start).Line + 1;
                if (reading.Recognition == Recognition.Template)
                {
                    notes.Add($"{whose}{manifest.Path}:{line}: a template, which is no manifest before it is rendered, was left out.");
                    unread ??= new UnreadFile(manifest.Path, $"the template in line {line} is not rendered") { MayHoldAnything = false };
                }
                else if (!slot.Document.IsWhole)
                {
                    notes.Add($"{whose}{manifest.Path}:{line}: a document that cannot be read to its end was left out; 'repave check' says where it breaks.");
                    broken.AddRange(reading.Resources);
                    unread ??= new UnreadFile(manifest.Path, $"the document in line {line} cannot be read to its end") { MayHoldAnything = !reading.Resources.Any(r => r.Id.Name.Length > 0) };
                }
                else
                {
                    resources.AddRange(reading.Resources);
                }

                break;
            }
        }

        return (resources, broken, notes, unread);
    }
}
