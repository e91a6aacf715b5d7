using Repave.Core.Dialects.CloudFormation.Serverless;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Plans;

/// <summary>Plans templates against earlier ones, or against the templates of deployed stacks.</summary>
internal static class CloudFormationPlanner
{
    /// <summary>The changes, template by template; deletions last.</summary>
    public static IReadOnlyList<ResourceChange> Plan(PlanInput input, List<string> notes)
    {
        var changes = new List<ResourceChange>();
        var given = (input.Baseline.Evidence as StackEvidence ?? StackEvidence.None).Inputs;
        var desired = TemplatesOf(input.Desired, given);
        var before = TemplatesOf(input.Before, given);
        var imports = new Lazy<ILookup<string, string>>(() => TemplatesOf(input.Before, given).SelectMany(b => StackExports
            .ImportsOf(new TemplateValues(b.Resources[0].Template, given))
            .Select(name => (Name: name, b.Manifest.Path))).ToLookup(i => i.Name, i => i.Path, StringComparer.Ordinal));
        IReadOnlyList<string> ImportersOf(string name, string? self) => [.. imports.Value[name].Where(p => p != self).Distinct()];
        foreach (var broken in input.Broken)
            changes.Add(new ResourceChange(broken.Id)
            {
                Desired = broken,
                Action = PlanAction.Unknown,
                Note = "its template cannot be read to the end",
            });
        var planned = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var (manifest, resources) in desired)
            PlanOne(manifest, resources);

        foreach (var (manifest, resources) in before.Where(_ => input.Baseline.IsEarlierState))
            notes.Add(
                $"The template {manifest.Path} is gone, with {resources.Count} resources; its stack lives until somebody deletes it.");
        return [.. changes.Where(c => c.Action != PlanAction.Delete), .. changes.Where(c => c.Action == PlanAction.Delete)];

        // Nested templates first: what changes in them changes the stacks that are made of them.
        void PlanOne(Manifest manifest, List<CloudFormationResource> resources)
        {
            if (planned.ContainsKey(manifest.Path))
                return;
            planned[manifest.Path] = false;
            if (resources.FirstOrDefault(r => input.Baseline.Unreadable.ContainsKey(r.Id)) is { } unread)
            {
                changes.AddRange(resources.Select(r =>
                    new ResourceChange(r.Id) { Desired = r, Action = PlanAction.Unknown, Note = input.Baseline.Unreadable[unread.Id] }));
                return;
            }

            var match = MatchOf(manifest, resources, desired, before);
            if (match is { } found)
                before.Remove(found);
            var plan = new StackPlan(resources, match?.Resources ?? [], input.Baseline, name => ImportersOf(name, match?.Manifest.Path),
                url => ChangesIn(manifest, url));
            var made = plan.Make(notes);
            planned[manifest.Path] = match is not null && made.Any(c => c.Action != PlanAction.None);
            changes.AddRange(made);
        }

        bool ChangesIn(Manifest parent, string url)
        {
            if (url.IndexOf("://", StringComparison.Ordinal) >= 0 || PathFrom(parent.Path, url) is not { } path)
                return false;
            var child = desired.FindIndex(d => d.Manifest.Path.Replace('\\', '/') == path);
            if (child < 0)
                return false;
            PlanOne(desired[child].Manifest, desired[child].Resources);
            return planned[desired[child].Manifest.Path];
        }
    }

    private static List<(Manifest Manifest, List<CloudFormationResource> Resources)> TemplatesOf(ResourceSet set,
        IReadOnlyDictionary<string, string> given) =>
        [.. set.All.OfType<CloudFormationResource>().GroupBy(r => (r.Manifest, r.Slot.Start))
            .Select(g => (g.Key.Manifest, Deployed([.. g], given))).Where(t => t.Item2.Count > 0)];

    // The path that a template gives, from the folder that it lies in.
    private static string? PathFrom(string template, string path)
    {
        var steps = template.Replace('\\', '/').Split('/').ToList();
        steps.RemoveAt(steps.Count - 1);
        foreach (var step in path.Replace('\\', '/').Split('/'))
        {
            if (step == "..")
            {
                if (steps.Count == 0)
                    return null;
                steps.RemoveAt(steps.Count - 1);
            }
            else if (step is not ("." or ""))
            {
                steps.Add(step);
            }
        }

        return string.Join("/", steps);
    }

    // What a stack holds is what transforms make of its template.
    private static List<CloudFormationResource> Deployed(List<CloudFormationResource> written, IReadOnlyDictionary<string, string> given)
    {
        var (first, document) = (written[0], written[0].Slot.Document);
        var template = ServerlessTransform.Expand(Template.Of(document, given), given);
        if (ReferenceEquals(template, Template.Of(document)))
            return written;
        return [.. template.Resources.Where(r => r.Value.Value.Resolved is MapNode node && Intrinsic.Of(node) is null)
            .Select((r, i) => new CloudFormationResource(new ResourceId(CloudFormationDialect.DialectName,
                r.Value.Value.Resolved!.TextAt("Type") ?? "", first.Id.Namespace, r.Key), first.Manifest, first.Slot, i == 0, template))];
    }

    // The same file; else, where there is one of each, those; else the one that shares most, and more than half.
    private static (Manifest Manifest, List<CloudFormationResource> Resources)? MatchOf(Manifest manifest,
        List<CloudFormationResource> resources, List<(Manifest Manifest, List<CloudFormationResource> Resources)> desired,
        List<(Manifest Manifest, List<CloudFormationResource> Resources)> before)
    {
        var same = before.FindIndex(b => b.Manifest.Path == manifest.Path);
        if (same >= 0)
            return before[same];
        var free = before.Where(b => !desired.Exists(d => d.Manifest.Path == b.Manifest.Path)).ToList();
        if (desired.Count == 1 && before.Count == 1)
            return before[0];
        var names = new HashSet<string>(resources.Select(r => r.Id.Name + " " + r.Type));
        var best = free.Select(b => (Template: b, Shared: b.Resources.Count(r => names.Contains(r.Id.Name + " " + r.Type))))
            .Where(b => b.Shared * 2 > resources.Count).OrderByDescending(b => b.Shared).ToList();
        return best.Count == 0 ? null : best[0].Template;
    }
}
