using Repave.Core.Dialects.Kubernetes.Plans.Applying;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Json;

namespace Repave.Core.Dialects.Kubernetes.Plans.Drift;

/// <summary>What of a live object is not as its manifest says, or was set by others: values first, then what the object's
/// <c>managedFields</c> tell of fields that the manifest does not speak of.</summary>
internal sealed class KubernetesDrift
{
    private static readonly HashSet<string> Bookkeeping = new(StringComparer.Ordinal)
    {
        AppliedFields.Annotation, "deployment.kubernetes.io/revision", "deprecated.daemonset.template.generation",
        "control-plane.alpha.kubernetes.io/leader", "pv.kubernetes.io/bind-completed", "pv.kubernetes.io/bound-by-controller",
        "volume.beta.kubernetes.io/storage-provisioner", "volume.kubernetes.io/storage-provisioner", "volume.kubernetes.io/selected-node",
    };

    private static readonly HashSet<string> ServerMetadata = new(StringComparer.Ordinal)
    {
        "name", "namespace", "uid", "resourceVersion", "creationTimestamp", "generation", "managedFields", "selfLink", "deletionTimestamp",
        "deletionGracePeriodSeconds", "generateName",
    };

    private readonly KubernetesResource _manifest;
    private readonly MapNode _live;
    private readonly string _type;
    private readonly Shape? _shape;
    private readonly MapNode? _lastApplied;
    private readonly IReadOnlyList<FieldOwner> _owners;
    private readonly List<DriftItem> _found = [];
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);

    private KubernetesDrift(KubernetesResource manifest, MapNode live, Shape? shape)
    {
        (_manifest, _live, _shape, _type) = (manifest, live, shape, KubernetesKinds.Canonical(manifest.Id.Type));
        _lastApplied = live["metadata"]?["annotations"]?.TextAt(AppliedFields.Annotation) is { } json
            ? JsonLanguage.Instance.ParseDocument(json).Root as MapNode : null;
        _owners = OwnersOf(live);
    }

    /// <summary>The drift of one object.</summary>
    public static IReadOnlyList<DriftItem> Of(
        KubernetesResource manifest, MapNode state, MapNode live, Shape? shape, KubernetesComparer comparer)
    {
        var drift = new KubernetesDrift(manifest, live, shape);
        foreach (var change in comparer.Compare(live, state, shape, Ownership.Nothing))
        {
            if (!change.IsOrder)
                drift.Differs(change);
        }

        drift.Added(FieldPath.Root, state, live, shape, drift._owners, 0);
        return drift._found;
    }

    private IReadOnlyList<FieldOwner> OwnersOf(MapNode live)
    {
        var all = (live["metadata"]?.ItemsAt("managedFields") ?? []).Where(m => m["fieldsV1"] is MapNode)
            .Select(m => new FieldOwner(m.TextAt("manager") ?? "", m.TextAt("operation"), m.TextAt("time"),
                FieldSet.Read(m.MappingAt("fieldsV1")!), false, false)).ToList();
        // Whoever keeps kubectl's record applies; else, of those that apply, the one that owns most.
        var applier = _lastApplied is not null
            ? all.Where(o => o.Operation == "Update"
                && o.Fields!.At("f:metadata")?.At("f:annotations")?.Has("f:" + AppliedFields.Annotation)
                    == true).OrderByDescending(o => o.Name == FieldManager.ClientSide).FirstOrDefault()
            : all.Where(o => o.Operation == "Apply").OrderByDescending(o => o.Fields!.Paths().Count()).FirstOrDefault();
        return [.. all.Select(o => o with { IsApplier = ReferenceEquals(o, applier) })];
    }

    // What the manifest says is otherwise there, or is not there.
    private void Differs(FieldChange change)
    {
        var (path, owners, node, isWholeList) = Follow(change.Path);
        if (change.From is null && !isWholeList)
        {
            Say(path, null, isAllowed: false, change.Place);
            return;
        }

        var owner = Writer(owners, path, node);
        Say(path, owner, isAllowed: false, change.Place);
    }

    // The path as far as single fields are told apart, and who owns what there.
    private (FieldPath Path, IReadOnlyList<FieldOwner> Owners, Node? Live, bool IsWholeList) Follow(FieldPath wanted)
    {
        var (path, owners, shape, live) = (FieldPath.Root, _owners, _shape, (Node?)_live);
        Node? said = _manifest.Root;
        foreach (var step in wanted.Steps())
        {
            if (step.Name is { } name)
            {
                path = path.Field(name);
                // A map that is owned as a whole says nothing of its single fields.
                if (shape?.IsAtomic != true || path.Steps().Count == 1)
                    owners = [.. owners.Select(o => o.At("f:" + name))];
                shape = shape?.Fields?[name]?.Shape ?? shape?.Additional;
                (live, said) = (live?[name], said?[name]);
                continue;
            }

            if (!FieldSet.IsAssociative(shape))
                return (path, owners, live, true);
            var item = said is ListNode list ? list.ResolvedItems.ElementAtOrDefault(step.Index) : null;
            var key = item is null ? null : FieldSet.StepOf(JsonValue.Of(item), shape);
            live = key is null || live is not ListNode items ? null
                : items.ResolvedItems.FirstOrDefault(i => FieldSet.StepOf(JsonValue.Of(i), shape) == key);
            owners = key is null ? [] : [.. owners.Select(o => o.At(key))];
            path = path.Item(step.Index, step.Key);
            (shape, said) = (shape?.Items, item);
        }

        return (path, owners, live, false);
    }

    // Of those who own a field whoever wrote last, others before the applier; the applier only where its record says what is there.
    private FieldOwner? Writer(IReadOnlyList<FieldOwner> owners, FieldPath path, Node? live)
    {
        var all = owners.Where(o => o.Owns).OrderByDescending(o => o.Time, StringComparer.Ordinal).ToList();
        if (all.Find(o => !o.IsApplier) is { } other)
            return other;
        return all.Find(o => o.IsApplier) is { } applier && (applier.Operation == "Apply" || IsRecorded(path, live)) ? applier : null;
    }

    private bool IsRecorded(FieldPath path, Node? live)
    {
        Node? at = _lastApplied;
        foreach (var step in path.Steps())
        {
            at = step.Name is { } name ? at?[name]
                : at is ListNode list ? list.ResolvedItems.ElementAtOrDefault(step.Index) : null;
        }

        return at is not null && live is not null && CanonicalJson.Of(at, asPlatform: true) == CanonicalJson.Of(live, asPlatform: true);
    }

    // What is there and the manifest does not speak of: who set it decides.
    private void Added(FieldPath path, Node? said, Node live, Shape? shape, IReadOnlyList<FieldOwner> owners, int depth)
    {
        if (depth > SyntaxLimits.Depth)
            return;
        if (live is MapNode map && !(shape?.IsAtomic == true && depth > 0))
        {
            foreach (var entry in map.AllEntries)
            {
                if (entry.Name is not { } name || entry.Value.Resolved is not { } value || IsOfServer(path, name))
                    continue;
                var field = shape?.Fields?[name];
                var here = path.Field(name);
                // What a server fills in beside a change of others is not their change.
                if (said?[name] is null && IsFilledIn(here, field, map, value))
                    continue;
                AddedAt(here, said?[name], value, field?.Shape ?? shape?.Additional, [.. owners.Select(o => o.At("f:" + name))], depth);
            }
        }
        else if (live is ListNode list && FieldSet.IsAssociative(shape))
        {
            var known = new Dictionary<string, Node>(StringComparer.Ordinal);
            foreach (var item in (said as ListNode)?.ResolvedItems ?? [])
                known[FieldSet.StepOf(JsonValue.Of(item), shape) ?? ""] = item;
            var index = 0;
            foreach (var item in list.ResolvedItems)
            {
                var step = FieldSet.StepOf(JsonValue.Of(item), shape) ?? "";
                known.TryGetValue(step, out var same);
                AddedAt(path.Item(index++), same, item, shape!.Items, [.. owners.Select(o => o.At(step))], depth);
            }
        }
    }

    private void AddedAt(FieldPath path, Node? said, Node live, Shape? shape, IReadOnlyList<FieldOwner> owners, int depth)
    {
        if (said is not null)
        {
            Added(path, said, live, shape, owners, depth + 1);
            return;
        }

        var text = path.ToString();
        if (text == "status")
        {
            var writers = owners.Where(o => o.Owns).DefaultIfEmpty(null);
            foreach (var writer in writers)
                Say(path, writer, isAllowed: true, null);
            return;
        }

        // Controllers hold objects by finalizers and owners; a person at a terminal does not.
        if (text is "metadata.finalizers" or "metadata.ownerReferences")
        {
            foreach (var writer in owners.Where(o => o.Owns && !o.IsApplier))
                Say(path, writer, !writer.IsByHand, null);
            return;
        }

        // Ways into a running pod that no manager is recorded for on older servers.
        if (text == "spec.ephemeralContainers")
        {
            if (live is ListNode { ResolvedItems: var containers } && containers.Any())
                Say(path, owners.FirstOrDefault(o => o.Owns && !o.IsApplier), isAllowed: false, null);
            return;
        }

        if (text is "spec.nodeName" or "spec.clusterIP" or "spec.clusterIPs" or "spec.volumeName")
        {
            Say(path, owners.FirstOrDefault(o => o.Owns && !o.IsApplier), isAllowed: true, null);
            return;
        }

        var others = owners.Where(o => o.Owns && !o.IsApplier).ToList();
        if (others.Count == 0)
        {
            if (owners.Any(o => o.Owns && o.IsApplier) && IsRecorded(path, live))
                Say(path, owners.First(o => o.IsApplier), isAllowed: false, null);
            else if (live is MapNode && owners.Any(o => o.Owns))
                Added(path, null, live, shape, owners, depth + 1);
            return;
        }

        // Labels and annotations are each their own, whoever wrote the first.
        var isKeys = path is { Name: "labels" or "annotations", Parent.Name: "metadata" };
        var whole = others.Where(o => o.IsWhole).OrderByDescending(o => o.Time, StringComparer.Ordinal).FirstOrDefault();
        if (whole is not null && !isKeys)
            Say(path, whole, whole.MayFillIn, null);
        else
            Added(path, null, live, shape, owners, depth + 1);
    }

    // Of the two names of a pod's account the older one follows the newer one.
    private bool IsFilledIn(FieldPath path, ShapeField? field, MapNode holder, Node value) => path.Name != "serviceAccountName"
        && (KubernetesDefaults.Of(_type, path, holder) ?? field?.Default ?? field?.Shape.Default) is { Length: > 0 } standard
            && CanonicalJson.Of(ServerDefaults.ScalarOf(standard, field?.Shape), asPlatform: true)
                == CanonicalJson.Of(value, asPlatform: true);

    private static bool IsOfServer(FieldPath parent, string name) =>
        parent.IsRoot ? name is "apiVersion" or "kind"
            : parent.Parent!.IsRoot && parent.Name == "metadata" ? ServerMetadata.Contains(name)
            : parent.Name == "annotations" && parent.Parent.Name == "metadata" && parent.Parent.Parent?.IsRoot == true
                && Bookkeeping.Contains(name);

    private void Say(FieldPath path, FieldOwner? owner, bool isAllowed, Node? place)
    {
        var text = path.ToString();
        if (!_said.Add(isAllowed ? $"{text} {owner?.Name}" : text) || (!isAllowed && path.Steps().Count > 0 && IsBelowSaid(path)))
            return;
        var span = place is not null && IsInManifest(place) ? place.Span : _manifest.NameSpan;
        _found.Add(new DriftItem(_manifest, text, owner?.Name, owner?.Operation, owner?.Time, isAllowed,
            new Place(_manifest.Manifest, _manifest.Slot, span)));
    }

    private bool IsBelowSaid(FieldPath path)
    {
        for (var above = path.Parent; above is { IsRoot: false }; above = above.Parent)
        {
            if (_found.Exists(f => !f.IsAllowed && f.Path == above.ToString()))
                return true;
        }

        return false;
    }

    private bool IsInManifest(Node node) => _manifest.Root.Span.Contains(node.Span) && node.Span.Length > 0;
}
