using Repave.Core.Dialects.Kubernetes.Validation;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>What fits where a cursor stands in a manifest, from the schemas, the document itself and the other resources.</summary>
internal sealed class KubernetesCompletions
{
    private static readonly Shape Text = new() { Types = ShapeTypes.String };
    private static readonly Shape Quantity = new() { Types = ShapeTypes.String | ShapeTypes.Number, Format = "quantity" };

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
        (["runtimeClassName"], "RuntimeClass"), (["metadata", "namespace"], "Namespace"), (["subjects", "[]", "namespace"], "Namespace"),
    ];

    // Where a kind beside the name says whose name it is, and the kinds that it can be.
    private static readonly (string[] Path, string[] Kinds)[] KindedNames =
    [
        (["scaleTargetRef"], ["Deployment", "ReplicaSet", "StatefulSet"]), (["roleRef"], ["ClusterRole", "Role"]),
        (["subjects", "[]"], ["Group", "ServiceAccount", "User"]),
    ];

    // Classes that every cluster has (scheduling: SystemCriticalPriority).
    private static readonly string[] SystemClasses = ["system-cluster-critical", "system-node-critical"];

    private static readonly Dictionary<string, string> AnyKind =
        new(StringComparer.Ordinal) { ["apiVersion"] = "v1", ["kind"] = "ConfigMap" };

    private readonly Cursor _cursor;
    private readonly KubernetesSet _set;
    private readonly SchemaPack _pack;
    private readonly IReadOnlyCollection<(string ApiVersion, string Kind)> _custom;
    private readonly Func<IReadOnlyDictionary<string, string>, Shape?> _shapeOf;
    private readonly IReadOnlyDictionary<string, string> _head;

    // From the resource: of a List, from the item.
    private readonly IReadOnlyList<string> _path;
    private readonly int _above;

    public KubernetesCompletions(Cursor cursor, KubernetesSet set, SchemaPack pack,
        IReadOnlyCollection<(string ApiVersion, string Kind)> custom, Func<IReadOnlyDictionary<string, string>, Shape?> shapeOf)
    {
        (_cursor, _set, _pack, _custom, _shapeOf) = (cursor, set, pack, custom, shapeOf);
        var isOfList = cursor.Path is ["items", "[]", ..] && cursor.Head.TryGetValue("kind", out var kind)
            && kind.EndsWith("List", StringComparison.Ordinal);
        _above = isOfList ? 2 : 0;
        _path = [.. cursor.Path.Skip(_above)];
        _head = isOfList ? cursor.FieldsAround(2) : cursor.Head;
    }

    private string? Key => _cursor.Key;

    public static bool Owns(Cursor cursor, string path) => cursor.Head.ContainsKey("apiVersion") || cursor.Head.ContainsKey("kind")
        || (cursor.Path.Count == 0 && (cursor.Key is "apiVersion" or "kind" || cursor.Siblings.ContainsKey("metadata")))
        || KustomizationCompletions.Are(cursor, path) || Helm.ChartCompletions.Are(path);

    public CursorPlace Locate()
    {
        // What every object has is known of kinds that nobody defines here, too.
        var shape = _shapeOf(_head) ?? (_path is ["metadata", ..] ? _shapeOf(AnyKind) : null);
        var holder = ShapeChoices.At(shape, _path);
        if (Key is null)
            return new CursorPlace(holder, []) { Keys = [.. Keys(holder)], BeginsResource = holder is null && _path.Count == 0 };
        if (_path.Count == 0)
            return new CursorPlace(holder, HeadValues(Key, _head, _pack, _custom)) { IsWhole = Key is "kind" or "apiVersion" };
        return new CursorPlace(holder, ValuesAt([.. _path, Key]));
    }

    private IEnumerable<ShapeField> Keys(Shape? holder)
    {
        if (_path.Count == 0)
            return holder is null ? HeadKeys() : [];
        if (holder is { Fields: not null })
            return [];
        return _path[_path.Count - 1] switch
        {
            "matchLabels" or "labels" or "selector" => Texts(_set.All.Select(r => r.PodSpec).OfType<PodSpec>()
                .SelectMany(pod => KubernetesSet.LabelsOf(pod).Keys)),
            "nodeSelector" => Texts(_set.All.Select(r => r.PodSpec).OfType<PodSpec>()
                .SelectMany(pod => (pod.Node["nodeSelector"] as MapNode)?.AllEntries.Select(e => e.Name) ?? [])),
            "limits" or "requests" when _path.Count > 1 && _path[_path.Count - 2] == "resources" => Quantities(IsOfClaim()
                ? ["storage"] : ResourceChecks.OfContainers),
            "capacity" => Quantities(["storage"]),
            "hard" => Quantities(QuotaChecks.Resources.OrderBy(r => r, StringComparer.Ordinal)),
            _ => [],
        };
    }

    // What begins a manifest.
    private static IEnumerable<ShapeField> HeadKeys()
    {
        var metadata = new Shape { Types = ShapeTypes.Object, Fields = new ShapeFields() };
        metadata.Fields.Add(new ShapeField("name", Text, Presence.Required));
        return [new ShapeField("apiVersion", Text), new ShapeField("kind", Text), new ShapeField("metadata", metadata)];
    }

    private static IEnumerable<ShapeField> Texts(IEnumerable<string?> names) => Distinct(names).Select(n => new ShapeField(n, Text));

    private static IEnumerable<ShapeField> Quantities(IEnumerable<string> names) => names.Select(n => new ShapeField(n, Quantity));

    private bool IsOfClaim() => _path.Contains("volumeClaimTemplates") || _path.Contains("volumeClaimTemplate")
        || (_head.TryGetValue("kind", out var kind) && kind == "PersistentVolumeClaim");

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
            var isBuiltIn = pack.Kinds.Any(k => k.ApiVersion == apiVersion && k.Kind == kind);
            if (isBuiltIn && KubernetesSkeletons.IsOfPrograms(kind))
                continue;
            if (shapeOf(named) is { Fields: { } fields })
                yield return new WholeResource(kind, apiVersion,
                    $"apiVersion: {apiVersion}\nkind: {kind}\nmetadata:\n  name: ", fields["spec"])
                {
                    Standard = isBuiltIn ? KubernetesSkeletons.NameOf(kind) : "{name}",
                    Skeleton = isBuiltIn ? KubernetesSkeletons.BodyOf(kind) : null,
                };
        }
    }

    private static IReadOnlyList<string> HeadValues(
        string field, IReadOnlyDictionary<string, string> head, SchemaPack pack, IEnumerable<(string ApiVersion, string Kind)> custom)
    {
        var all = pack.Kinds.Select(k => (k.ApiVersion, k.Kind)).Concat(custom).ToList();
        return field switch
        {
            "apiVersion" =>
                [.. all.Where(k => !head.TryGetValue("kind", out var kind) || k.Kind == kind).Select(k => k.ApiVersion).Distinct()
                    .OrderBy(StabilityOf).ThenBy(GroupOf, StringComparer.Ordinal).ThenByDescending(v => v, StringComparer.Ordinal)],
            "kind" => [.. all.Where(k => !head.TryGetValue("apiVersion", out var version) || k.ApiVersion == version).Select(k => k.Kind)
                .Distinct().OrderBy(k => k, StringComparer.Ordinal)],
            _ => [],
        };
    }

    private static int StabilityOf(string version) => version.Contains("alpha", StringComparison.Ordinal) ? 2
        : version.Contains("beta", StringComparison.Ordinal) ? 1 : 0;

    private static string GroupOf(string version) => version.LastIndexOf('/') is > 0 and var slash ? version.Substring(0, slash) : "";

    private IReadOnlyList<string> ValuesAt(IReadOnlyList<string> path)
    {
        if (EndsWith(path, ["image"]))
            return Distinct(_set.All.SelectMany(r => r.PodSpec?.Containers ?? []).Select(c => c.Image?.Value));
        if (EndsWith(path, ["backend", "service", "port", "name"]))
            return Distinct(Named("Service", Beside(1, "name")).SelectMany(s => s.Root["spec"]?.ItemsAt("ports") ?? [])
                .Select(p => p.TextAt("name")));
        if (EndsWith(path, ["targetPort"]) || EndsWith(path, ["httpGet", "port"]) || EndsWith(path, ["tcpSocket", "port"]))
            return Distinct(_set.All.SelectMany(r => r.PodSpec?.Containers ?? []).SelectMany(c => c.Node.ItemsAt("ports"))
                .Select(p => p.TextAt("name")));
        if (path.Count > 1 && path[path.Count - 2] is "matchLabels" or "labels" or "selector")
            return Distinct(_set.All.Select(r => r.PodSpec).OfType<PodSpec>()
                .Select(pod => KubernetesSet.LabelsOf(pod).TryGetValue(path[path.Count - 1], out var value) ? value : null));
        if (EndsWith(path, ["volumeMounts", "[]", "name"]) || EndsWith(path, ["volumeDevices", "[]", "name"]))
            return Volumes();
        return KeysOfOthers(path) ?? NamesAt(path);
    }

    // Keys of ConfigMaps and Secrets that are named beside them.
    private List<string>? KeysOfOthers(IReadOnlyList<string> path)
    {
        if (EndsWith(path, ["configMapKeyRef", "key"]))
            return KeysOf("ConfigMap", Beside(0, "name"), "data");
        if (EndsWith(path, ["secretKeyRef", "key"]))
            return KeysOf("Secret", Beside(0, "name"), "data", "stringData");
        if (EndsWith(path, ["configMap", "items", "[]", "key"]))
            return KeysOf("ConfigMap", Beside(2, "name"), "data", "binaryData");
        if (EndsWith(path, ["secret", "items", "[]", "key"]))
            return KeysOf("Secret", Beside(2, "secretName") ?? Beside(2, "name"), "data", "stringData");
        return null;
    }

    private List<string> KeysOf(string kind, string? name, params string[] fields) =>
        Distinct(Named(kind, name).SelectMany(r => fields.SelectMany(f => (r.Root[f] as MapNode)?.AllEntries.Select(e => e.Name) ?? [])));

    private IReadOnlyList<string> NamesAt(IReadOnlyList<string> path)
    {
        foreach (var (fields, kinds) in KindedNames)
        {
            if (EndsWith(path, [.. fields, "kind"]))
                return kinds;
            if (EndsWith(path, [.. fields, "name"]))
            {
                var kind = Beside(0, "kind");
                return Distinct(kinds.Where(k => kind is null || k == kind).SelectMany(_set.OfKind).Select(r => r.Id.Name));
            }
        }

        foreach (var (fields, kind) in Names)
        {
            if (EndsWith(path, fields))
                return Distinct(_set.OfKind(kind).Select(r => r.Id.Name).Concat(kind == "PriorityClass" ? SystemClasses : []));
        }

        return [];
    }

    // The volumes of the pod, as far as the text says them.
    private List<string> Volumes()
    {
        var containers = _cursor.Path.ToList().FindLastIndex(s => s is "containers" or "initContainers" or "ephemeralContainers");
        if (containers < 0)
            return [];
        var pod = _cursor.Path.Take(containers).ToArray();
        var names = _cursor.ValuesAt([.. pod, "volumes", "[]", "name"]);
        return Distinct(names.Concat(pod is [.., "template", "spec"]
            ? _cursor.ValuesAt([.. pod.Take(pod.Length - 2), "volumeClaimTemplates", "[]", "metadata", "name"]) : []));
    }

    // A field of the map that is so many steps above the cursor's.
    private string? Beside(int steps, string field) =>
        _cursor.FieldsAround(_cursor.Path.Count - steps).TryGetValue(field, out var value) && value.Length > 0 ? value : null;

    private IEnumerable<KubernetesResource> Named(string kind, string? name) =>
        name is null ? [] : _set.OfKind(kind).Where(r => r.Id.Name == name);

    private static bool EndsWith(IReadOnlyList<string> path, string[] end) =>
        path.Count >= end.Length && path.Skip(path.Count - end.Length).SequenceEqual(end);

    private static List<string> Distinct(IEnumerable<string?> values) =>
        [.. values.OfType<string>().Where(v => v.Length > 0).Distinct().OrderBy(v => v, StringComparer.Ordinal)];
}
