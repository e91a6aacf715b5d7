using Repave.Core.Dialects.Kubernetes.Plans.Marks;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans;

/// <summary>Finds the baseline's resources that the manifests no longer have and that belong to whoever applies them.</summary>
internal static class Pruning
{
    private const string ApplySet = "applyset.kubernetes.io/part-of";

    // Labels by which tools and people say which resources belong together.
    private static readonly string[] Groups =
        ["app.kubernetes.io/part-of", "app.kubernetes.io/instance", "argocd.argoproj.io/instance", "kustomize.toolkit.fluxcd.io/name"];

    /// <summary>Every label that marks ownership.</summary>
    public static IReadOnlyList<string> Marks { get; } = [.. Groups, ApplySet];

    /// <summary>The deletions.</summary>
    /// <param name="input">What is planned.</param>
    /// <param name="left">The baseline's resources that no manifest defines.</param>
    /// <param name="changes">The changes of those that one does.</param>
    public static List<ResourceChange> Find(PlanInput input, IReadOnlyList<KubernetesResource> left, IReadOnlyList<ResourceChange> changes)
    {
        Func<KubernetesResource, bool> isMine;
        if (input.Options.PruneSelector is { } selector)
        {
            var wanted = LabelsOf(selector);
            isMine = resource => wanted.All(w => Label(resource.Root, w.Key) == w.Value);
        }
        else if (input.Baseline.IsEarlierState && !left.Any(l => LiveObjects.IsLive(l.Root)))
        {
            isMine = _ => true;
        }
        else
        {
            isMine = ByMarks(changes);
        }

        return [.. left.Where(r => r.Metadata?.ItemsAt("ownerReferences").Any() != true && isMine(r)).Select(Deletion)];
    }

    private static ResourceChange Deletion(KubernetesResource resource)
    {
        if (ApplyMarks.Of(resource.Root).Kept is not { } mark)
            return new ResourceChange(resource.Id) { Action = PlanAction.Delete, Baseline = resource };
        var kept = new ResourceChange(resource.Id) { Action = PlanAction.None, Baseline = resource };
        kept.Warn(PlanWarningKind.Notice, $"It stays, and no manifest describes it any more: '{mark.Text}'.");
        return kept;
    }

    /// <summary>The labels of a selector of the form <c>a=b,c=d</c>.</summary>
    internal static IReadOnlyList<KeyValuePair<string, string>> LabelsOf(string selector) =>
        [.. selector.Split(',').Where(p => p.Trim().Length > 0).Select(p => p.Split('='))
            .Select(p => new KeyValuePair<string, string>(p[0].Trim(), p.Length > 1 ? p[p.Length - 1].Trim() : ""))];

    // A live object is ours if it bears the mark of what we apply: the ApplySet's, or a label of grouping on something that was applied.
    private static Func<KubernetesResource, bool> ByMarks(IReadOnlyList<ResourceChange> changes)
    {
        var sets = new HashSet<string>(changes.Select(c => c.Baseline).OfType<KubernetesResource>().Select(r => Label(r.Root, ApplySet))
            .OfType<string>(), StringComparer.Ordinal);
        var marks = new HashSet<(string Label, string Value, string? Namespace)>();
        foreach (var resource in changes.Select(c => c.Desired).OfType<KubernetesResource>())
        {
            foreach (var group in Groups)
            {
                if (Label(resource.Root, group) is { } value)
                    marks.Add((group, value, resource.Id.Namespace));
            }
        }

        return resource =>
            (Label(resource.Root, ApplySet) is { } set && sets.Contains(set))
            || (AppliedFields.Of(resource.Root) is not null && Groups.Any(g => Label(resource.Root, g) is { } value
                && (marks.Contains((g, value, resource.Id.Namespace)) || marks.Contains((g, value, null)))));
    }

    private static string? Label(MapNode root, string label) => root["metadata"]?["labels"]?.TextAt(label);
}
