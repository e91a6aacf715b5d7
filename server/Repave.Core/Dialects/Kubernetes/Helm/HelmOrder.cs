using Repave.Core.Builds;
using Repave.Core.Syntax.Yaml;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>The order in which Helm applies and prints what it rendered: by kind, hooks after the rest.</summary>
internal static class HelmOrder
{
    // pkg/release/v1/util/kind_sorter.go of Helm 4.
    private static readonly string[] Kinds =
    [
        "PriorityClass", "Namespace", "NetworkPolicy", "ResourceQuota", "LimitRange", "PodSecurityPolicy", "PodDisruptionBudget",
        "ServiceAccount", "Secret", "SecretList", "ConfigMap", "StorageClass", "PersistentVolume", "PersistentVolumeClaim",
        "CustomResourceDefinition", "ClusterRole", "ClusterRoleList", "ClusterRoleBinding", "ClusterRoleBindingList", "Role", "RoleList",
        "RoleBinding", "RoleBindingList", "Service", "DaemonSet", "Pod", "ReplicationController", "ReplicaSet", "Deployment",
        "HorizontalPodAutoscaler", "StatefulSet", "Job", "CronJob", "IngressClass", "Ingress", "APIService",
        "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration",
    ];

    /// <summary>Where a kind comes; unknown ones come last.</summary>
    public static int PlaceOf(string kind) => Array.IndexOf(Kinds, kind) is >= 0 and var place ? place : Kinds.Length;

    public static IReadOnlyList<(string Source, string Text)> Sort(IReadOnlyList<BuildOutput> outputs)
    {
        var all = new List<(string Source, string Text, int Place, string Kind, bool IsHook)>();
        foreach (var output in outputs.Where(output => output.IsManifest))
        {
            foreach (var text in Split(output.Text))
            {
                var root = YamlLanguage.Instance.ParseDocument(text).Root as Syntax.MapNode;
                var kind = root?.TextAt("kind") ?? "";
                var place = Array.IndexOf(Kinds, kind);
                var isHook = (root?["metadata"]?["annotations"] as Syntax.MapNode)?.Has("helm.sh/hook") == true;
                all.Add((output.Source, text, place < 0 ? Kinds.Length : place, kind, isHook));
            }
        }

        return [.. all.OrderBy(one => one.IsHook).ThenBy(one => one.Place)
            .ThenBy(one => one.Place == Kinds.Length ? one.Kind : "", StringComparer.Ordinal).Select(one => (one.Source, one.Text))];
    }

    // As Helm splits: at dashes that begin a line, whatever follows them.
    private static IEnumerable<string> Split(string text)
    {
        var rest = text.TrimStart();
        for (var start = 0; start <= rest.Length;)
        {
            var end = rest.StartsWith("---", StringComparison.Ordinal) && start == 0 ? 0 : rest.IndexOf("\n---", start,
                StringComparison.Ordinal);
            var stop = end < 0 ? rest.Length : end == 0 ? 0 : end + 1;
            var piece = rest.Substring(start, stop - start);
            if (piece.Trim().Length > 0)
                yield return piece.TrimStart();
            if (end < 0)
                yield break;
            start = stop + 3;
            while (start < rest.Length && rest[start] is ' ' or '\t')
                start++;
        }
    }
}
