using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>Values that fit a field, from the schemas and from the other resources.</summary>
internal static class KubernetesCompletions
{
    // The last fields of a path, and the kind whose names stand there.
    private static readonly (string[] Path, string Kind)[] Names =
    [
        (["configMapRef", "name"], "ConfigMap"), (["configMapKeyRef", "name"], "ConfigMap"), (["configMap", "name"], "ConfigMap"),
        (["secretRef", "name"], "Secret"), (["secretKeyRef", "name"], "Secret"), (["secret", "secretName"], "Secret"),
        (["secret", "name"], "Secret"), (["tls", "[]", "secretName"], "Secret"), (["imagePullSecrets", "[]", "name"], "Secret"),
        (["persistentVolumeClaim", "claimName"], "PersistentVolumeClaim"), (["serviceAccountName"], "ServiceAccount"),
        (["backend", "service", "name"], "Service"), (["defaultBackend", "service", "name"], "Service"),
        (["spec", "serviceName"], "Service"),
        (["storageClassName"], "StorageClass"), (["priorityClassName"], "PriorityClass"), (["ingressClassName"], "IngressClass"),
        (["runtimeClassName"], "RuntimeClass"), (["scaleTargetRef", "name"], "Deployment"),
        (["subjects", "[]", "name"], "ServiceAccount"), (["roleRef", "name"], "Role"), (["metadata", "namespace"], "Namespace"),
    ];

    /// <summary>What begins a manifest.</summary>
    public static IReadOnlyList<(string Key, string Text)> HeadKeys { get; } =
        [("apiVersion", "apiVersion: "), ("kind", "kind: "), ("metadata", "metadata:\n  name: ")];

    /// <summary>Every kind as a whole resource, with what it needs.</summary>
    public static IEnumerable<WholeResource> WholeResources(
        SchemaPack pack, IReadOnlyCollection<(string ApiVersion, string Kind)> custom,
        Func<IReadOnlyDictionary<string, string>, Shape?> shapeOf)
    {
        var head = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var kind in HeadValues("kind", head, pack, custom))
        {
            var named = new Dictionary<string, string>(StringComparer.Ordinal) { ["kind"] = kind };
            if (HeadValues("apiVersion", named, pack, custom) is not [var apiVersion, ..])
                continue;
            named["apiVersion"] = apiVersion;
            if (shapeOf(named) is { Fields: { } fields })
                yield return new WholeResource(kind, apiVersion,
                    $"apiVersion: {apiVersion}\nkind: {kind}\nmetadata:\n  name: ", fields["spec"]);
        }
    }

    public static IReadOnlyList<string> HeadValues(
        string field, IReadOnlyDictionary<string, string> head, SchemaPack pack, IEnumerable<(string ApiVersion, string Kind)> custom)
    {
        var all = pack.Kinds.Select(k => (k.ApiVersion, k.Kind)).Concat(custom).ToList();
        return field switch
        {
            "apiVersion" =>
                [.. all.Where(k => !head.TryGetValue("kind", out var kind) || k.Kind == kind).Select(k => k.ApiVersion).Distinct()
                    .OrderBy(v => v.Contains("alpha", StringComparison.Ordinal) ? 2 : v.Contains("beta", StringComparison.Ordinal) ? 1 : 0)
                    .ThenBy(v => v, StringComparer.Ordinal)],
            "kind" => [.. all.Where(k => !head.TryGetValue("apiVersion", out var version) || k.ApiVersion == version).Select(k => k.Kind)
                .Distinct().OrderBy(k => k, StringComparer.Ordinal)],
            _ => [],
        };
    }

    public static IReadOnlyList<string> ValuesAt(IReadOnlyList<string> path, KubernetesSet set)
    {
        if (EndsWith(path, ["image"]))
            return Distinct(set.All.SelectMany(r => r.PodSpec?.Containers ?? []).Select(c => c.Image?.Value));
        if (EndsWith(path, ["service", "port", "name"]) || EndsWith(path, ["targetPort"]) || EndsWith(path, ["httpGet", "port"])
            || EndsWith(path, ["tcpSocket", "port"]))
            return Distinct(set.All.SelectMany(r => r.PodSpec?.Containers ?? []).SelectMany(c => c.Node.ItemsAt("ports"))
                .Select(p => p.TextAt("name")));
        if (path.Count > 1 && path[path.Count - 2] is "matchLabels" or "labels" or "selector")
            return Distinct(set.All.Select(r => r.PodSpec).OfType<PodSpec>()
                .Select(pod => KubernetesSet.LabelsOf(pod).TryGetValue(path[path.Count - 1], out var value) ? value : null));
        foreach (var (fields, kind) in Names)
        {
            if (EndsWith(path, fields))
                return Distinct(
                    set.OfKind(kind).Select(r => r.Id.Name).Concat(kind == "Role" ? set.OfKind("ClusterRole").Select(r => r.Id.Name) : []));
        }

        return [];
    }

    /// <summary>The labels that pods of the set bear, and the node labels that they ask for.</summary>
    public static IReadOnlyList<string> KeysAt(IReadOnlyList<string> path, KubernetesSet set) =>
        path.Count == 0 ? [] : path[path.Count - 1] switch
        {
            "matchLabels" or "labels" or "selector" =>
                Distinct(set.All.Select(r => r.PodSpec).OfType<PodSpec>().SelectMany(pod => KubernetesSet.LabelsOf(pod).Keys)),
            "nodeSelector" => Distinct(set.All.Select(r => r.PodSpec).OfType<PodSpec>()
                .SelectMany(pod => (pod.Node["nodeSelector"] as MapNode)?.AllEntries.Select(e => e.Name) ?? [])),
            _ => [],
        };

    private static bool EndsWith(IReadOnlyList<string> path, string[] end) =>
        path.Count >= end.Length && path.Skip(path.Count - end.Length).SequenceEqual(end);

    private static List<string> Distinct(IEnumerable<string?> values) =>
        [.. values.OfType<string>().Where(v => v.Length > 0).Distinct().OrderBy(v => v, StringComparer.Ordinal)];
}
