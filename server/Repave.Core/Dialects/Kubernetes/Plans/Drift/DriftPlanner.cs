using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans.Drift;

/// <summary>Compares manifests with the live objects that they made.</summary>
internal static class DriftPlanner
{
    /// <summary>What was changed behind the manifests' back.</summary>
    public static IReadOnlyList<DriftItem> Find(PlanInput input, List<string> notes, IReadOnlyList<string> versions)
    {
        var before = input.Before.All.OfType<KubernetesResource>().Where(r => r.Kind.Length > 0).ToList();
        var desired = input.Desired.All.OfType<KubernetesResource>().Where(r => r.Kind.Length > 0 && !r.IsPartial).ToList();
        var definitions = before.Concat(desired).Where(r => r.Is("CustomResourceDefinition", "apiextensions.k8s.io"));
        var kinds = new KubernetesKinds(versions[versions.Count - 1], definitions);
        var matcher = new BaselineMatcher(before, kinds, input.Options.Namespace ?? input.Baseline.Namespace ?? OnlyNamespace(before));
        var found = new List<DriftItem>();
        var (missing, unmanaged) = (0, 0);
        foreach (var resource in desired)
        {
            if (matcher.Match(resource) is not { } live)
            {
                missing++;
                continue;
            }

            if (live.Root["metadata"]?["managedFields"] is null)
                unmanaged++;
            var comparer = new KubernetesComparer(KubernetesKinds.Canonical(resource.Id.Type),
                mergesLists: true, new SecretValues(input.Baseline.HashKey));
            found.AddRange(KubernetesDrift.Of(resource, StateOf(resource), StateOf(live), kinds.ShapeOf(resource), comparer));
        }

        if (missing > 0)
            notes.Add($"{missing} resource{(missing == 1 ? " is" : "s are")} not there at all.");
        if (unmanaged > 0)
            notes.Add($"{unmanaged} live object{(unmanaged == 1 ? " says" : "s say")} nothing of who wrote them: "
                + "take the dump with 'kubectl get -o yaml --show-managed-fields'.");
        return found;
    }

    // A dump of one namespace is of the manifests that name none.
    private static string? OnlyNamespace(List<KubernetesResource> before) =>
        before.Select(r => r.Id.Namespace).OfType<string>().Distinct().Take(2).ToList() is [var only] ? only : null;

    private static MapNode StateOf(KubernetesResource resource) =>
        KubectlKeys.Normal(resource.Root) is var root && resource.Id.Type == "Secret" ? SecretData.Normal(root) : root;
}
