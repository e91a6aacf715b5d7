using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>The order in which kustomize writes resources.</summary>
internal static class KustomizeOrder
{
    private static readonly string[] First =
    [
        "Namespace", "ResourceQuota", "StorageClass", "CustomResourceDefinition", "ServiceAccount", "PodSecurityPolicy", "Role",
        "ClusterRole", "RoleBinding", "ClusterRoleBinding", "ConfigMap", "Secret", "Endpoints", "Service", "LimitRange", "PriorityClass",
        "PersistentVolume", "PersistentVolumeClaim", "Deployment", "StatefulSet", "CronJob", "PodDisruptionBudget",
    ];

    private static readonly string[] Last = ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"];

    private static readonly Dictionary<string, int> Default = Ranks(First, Last);

    /// <summary>Puts resources into the order that a kustomization asks for, or else into that of old.</summary>
    /// <exception cref="KustomizeException">It asks for none that there is.</exception>
    public static List<KustomizeResource> Sort(List<KustomizeResource> resources, KustomizeFile? file, MapNode? options)
    {
        var legacy = options?["legacySortOptions"] as MapNode;
        var order = options is null ? "legacy" : options.TextAt("order") ?? "";
        if (order is not ("legacy" or "fifo"))
            throw file!.Wrong("the field 'sortOptions.order' must be one of [fifo, legacy]", options!["order"] ?? options);
        if (order == "fifo")
        {
            return legacy is null ? resources : throw file!.Wrong("the field 'sortOptions.legacySortOptions' is"
                + " set but the selected sort order is 'fifo', not 'legacy'", legacy);
        }

        var ranks = legacy is null ? Default : Ranks(Texts(legacy, "orderFirst"), Texts(legacy, "orderLast"));
        var keys = resources.Select(r => (Resource: r, r.Id)).ToList();
        return [.. keys.OrderBy(k => k.Id, Comparer<KustomizeId>.Create((x, y) => Compare(x, y, ranks))).Select(k => k.Resource)];
    }

    /// <summary>The order of lists of fields.</summary>
    public static int CompareSpecs(KustomizeKindName x, KustomizeKindName y)
    {
        var (a, b) = (Rank(x.Kind, Default), Rank(y.Kind, Default));
        return a != b ? a.CompareTo(b) : string.CompareOrdinal(SortText(x), SortText(y));
    }

    private static int Compare(KustomizeId x, KustomizeId y, Dictionary<string, int> ranks)
    {
        if (x.Type == y.Type)
            return string.CompareOrdinal(SortText(x), SortText(y));
        var (a, b) = (Rank(x.Type.Kind, ranks), Rank(y.Type.Kind, ranks));
        if (a != b)
            return a.CompareTo(b);
        var compared = string.CompareOrdinal(SortText(x.Type), SortText(y.Type));
        return x.Type.Kind == "Namespace" && y.Type.Kind == "Namespace" && (x.Type.Group.Length == 0 || y.Type.Group.Length == 0)
            ? -compared : compared;
    }

    private static int Rank(string kind, Dictionary<string, int> ranks) => ranks.TryGetValue(kind, out var rank) ? rank : 0;

    private static string SortText(KustomizeKindName type) =>
        $"{Or(type.Group, "~G")}_{Or(type.Version, "~V")}_{Or(type.Kind, "~K")}";

    private static string SortText(KustomizeId id) => $"{id.Type}|{Or(id.Namespace, "~X")}|{Or(id.Name, "~N")}";

    private static string Or(string text, string none) => text.Length > 0 ? text : none;

    private static string[] Texts(MapNode map, string key) => [.. map.ItemsAt(key).OfType<ScalarNode>().Select(s => s.Value)];

    private static Dictionary<string, int> Ranks(string[] first, string[] last)
    {
        var ranks = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < first.Length; i++)
            ranks[first[i]] = i - first.Length;
        for (var i = 0; i < last.Length; i++)
            ranks[last[i]] = i + 1;
        return ranks;
    }
}
