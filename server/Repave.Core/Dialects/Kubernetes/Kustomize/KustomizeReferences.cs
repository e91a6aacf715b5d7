using Repave.Core.Dialects.Kubernetes.Helm;

namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>Makes references to resources whose names were changed follow them.</summary>
internal sealed class KustomizeReferences
{
    private const string NoNamespace = "_non_namespaceable_";

    private static readonly HashSet<string> None = [];

    private readonly Dictionary<string, List<KustomizeResource>> _byName = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<KustomizeResource> _all;

    private KustomizeReferences(IReadOnlyList<KustomizeResource> resources)
    {
        _all = resources;
        foreach (var resource in resources)
        {
            foreach (var name in resource.Previous.Select(id => id.Name).Distinct(StringComparer.Ordinal))
            {
                if (!_byName.TryGetValue(name, out var named))
                    _byName[name] = named = [];
                named.Add(resource);
            }
        }
    }

    /// <summary>Writes the new names where the old ones are.</summary>
    /// <exception cref="KustomizeException">It cannot be told which resource is meant.</exception>
    public static void Fix(KustomizeResources resources, KustomizeSpecs specs)
    {
        var namespacesOf = resources.All.ToDictionary(resource => resource, NamespacesOf);
        var references = new KustomizeReferences(resources.All);
        if (references._byName.Count == 0)
            return;
        foreach (var resource in resources.All)
        {
            var (first, type) = (resource.FirstId.Type, resource.Type);
            var namespaces = namespacesOf[resource];
            foreach (var (target, fields) in specs.References)
            {
                foreach (var field in fields)
                {
                    if (!first.IsSelectedBy(field.Type))
                        continue;
                    var path = field.Path;
                    (field.Type == type ? field : field with { Type = type }).Apply(resource, type,
                        node => references.Set(node, resource, target, path, namespaces), KustomizeKind.None, "");
                }
            }
        }
    }

    private static HashSet<string> NamespacesOf(KustomizeResource resource)
    {
        if (resource.Kind != "RoleBinding")
            return None;
        var found = new HashSet<string>(StringComparer.Ordinal);
        if (resource.Root.Find("subjects") is { Kind: KustomizeKind.List } subjects)
        {
            foreach (var subject in subjects.Content)
            {
                if (subject.Find("kind")?.Value != "ServiceAccount" || subject.Find("namespace") is not { } space)
                    continue;
                if (space.Kind != KustomizeKind.Scalar || KustomizeScalars.WrittenTag(space) != KustomizeNode.TextTag)
                {
                    throw new KustomizeException($"Invalid Input: namespace is blank for resource \"{resource.Id}\"",
                        subject.Trace?.File, subject.Trace?.At ?? default);
                }

                found.Add(space.Value);
            }
        }

        return found;
    }

    private static bool EndSame(List<string> one, List<string> other)
    {
        var (shortest, longest) = one.Count > other.Count ? (other, one) : (one, other);
        if (shortest.Count == 0)
            return longest.Count == 0;
        for (var i = 1; i <= shortest.Count; i++)
        {
            if (shortest[shortest.Count - i] != longest[longest.Count - i])
                return false;
        }

        return true;
    }

    private static bool HasSameAffixes(KustomizeResource one, KustomizeResource other, bool allowsNone) =>
        ((allowsNone && (one.Prefixes.Count == 0 || other.Prefixes.Count == 0)) || EndSame(one.Prefixes, other.Prefixes))
            && ((allowsNone && (one.Suffixes.Count == 0 || other.Suffixes.Count == 0)) || EndSame(one.Suffixes, other.Suffixes));

    private void Set(
        KustomizeNode node, KustomizeResource referrer, KustomizeKindName target, string path, HashSet<string> namespaces)
    {
        if (node.IsNull)
            return;
        switch (node.Kind)
        {
            case KustomizeKind.Scalar:
                SetScalar(node, referrer, target, path, namespaces);
                break;
            case KustomizeKind.Map:
                SetMap(node, referrer, target, path, namespaces);
                break;
            case KustomizeKind.List:
                foreach (var item in node.Content.Where(item => !item.IsNull))
                {
                    if (item.Kind == KustomizeKind.Scalar)
                        SetScalar(item, referrer, target, path, namespaces);
                    else if (item.Kind == KustomizeKind.Map)
                        SetMap(item, referrer, target, path, namespaces);
                }

                break;
            default:
                throw new KustomizeException("node must be a scalar, sequence or map");
        }
    }

    private void SetScalar(
        KustomizeNode node, KustomizeResource referrer, KustomizeKindName target, string path, HashSet<string> namespaces)
    {
        if (Select(node, node.Value, referrer, target, path, namespaces, null) is { } found && found.Name != node.Value)
            node.SetScalar(KustomizeNode.Scalar(NameOf(found, node)));
    }

    private void SetMap(
        KustomizeNode node, KustomizeResource referrer, KustomizeKindName target, string path, HashSet<string> namespaces)
    {
        if (node.Get("name") is not { } name)
        {
            throw new KustomizeException("path config error; no 'name' field in node", node.Trace?.File, node.Trace?.At ?? default);
        }

        var space = node.Get("namespace")?.Value;
        if (Select(node, name.Value, referrer, target, path, namespaces, space) is not { } found)
            return;
        var to = found.Namespace;
        if (found.Name == name.Value && to.Length == 0)
            return;
        node.Set("name", KustomizeNode.Scalar(found.Name == name.Value ? name.Text : NameOf(found, name)));
        if (to.Length > 0)
        {
            node.Set("namespace", KustomizeNode.Scalar(space == to ? node.Get("namespace")!.Text
                : found.Root.Find("metadata")!.Find("namespace")!.Text));
        }
    }

    // The new name, and that it stands here because the old one did.
    private static GoText NameOf(KustomizeResource found, KustomizeNode node)
    {
        var name = found.Root.Find("metadata")!.Find("name")!.Text;
        if (node.Text.Trace is not { } here)
            return name;
        var at = name.Text.IndexOf(node.Value, StringComparison.Ordinal);
        if (at < 0 || node.Value.Length == 0)
            return new GoText(name.Text, here.AsWhole().Then(name.Trace));
        // What was put around the old name comes from where the name has it from.
        return new GoTextBuilder().Append(name, 0, at).Append(node.Text)
            .Append(name, at + node.Value.Length, name.Text.Length - at - node.Value.Length).ToText();
    }

    private KustomizeResource? Select(KustomizeNode node, string oldName, KustomizeResource referrer, KustomizeKindName target, string path,
        HashSet<string> namespaces, string? space)
    {
        if (!_byName.TryGetValue(oldName, out var named))
            return null;
        var id = referrer.Id;
        var isMap = node.Kind == KustomizeKind.Map;
        IEnumerable<KustomizeResource> candidates = id.IsCluster ? named : named.Where(one =>
        {
            var other = one.Id;
            return other.IsCluster || other.EffectiveNamespace == id.EffectiveNamespace || namespaces.Contains(one.Namespace);
        });
        if (space is not null)
        {
            // By the name of the namespace that they were written with; else by the one that they have now.
            var byFirst = candidates.Where(one => one.FirstId is { } first && first.EffectiveNamespace == space
                && first.EffectiveNamespace != NoNamespace).ToList();
            candidates = HasFirst(space, id, namespaces) ? byFirst
                : [.. candidates.Where(one => !one.Id.IsCluster && one.Id.EffectiveNamespace == space)];
        }

        var roleRef = path.EndsWith("roleRef/name", StringComparison.Ordinal) ? RoleRefOf(referrer) : null;
        var left = candidates.Where(one => one.Previous.Any(previous => previous.Type.IsSelectedBy(target))
            && (roleRef is null || one.Previous.Any(previous => previous.Type.IsSelectedBy(roleRef.Value)))
            && (id.IsCluster || one.Id.IsCluster || one.Kind == "ServiceAccount"
                || one.Id.EffectiveNamespace == id.EffectiveNamespace)).ToList();
        if (left.Count == 1)
            return left[0];
        left = left.FindAll(one => HasSameAffixes(one, referrer, true));
        if (left.Count > 1)
            left = left.FindAll(one => HasSameAffixes(one, referrer, false));
        if (left.Count == 0)
            return null;
        if (left.TrueForAll(one => one.Name == left[0].Name && (!isMap || one.Namespace == left[0].Namespace)))
            return left[0];
        throw new KustomizeException($"found multiple possible referrals: {string.Join(", ", left.Select(one => one.Id))}",
            node.Origin?.File, node.Origin?.At ?? default);
    }

    // Whether any resource that the referrer can see was first written into a namespace.
    private bool HasFirst(string space, KustomizeId referrer, HashSet<string> namespaces)
    {
        foreach (var one in _all)
        {
            var other = one.Id;
            if (one.FirstId.EffectiveNamespace == space && (referrer.IsCluster || other.IsCluster
                || other.EffectiveNamespace == referrer.EffectiveNamespace || namespaces.Contains(one.Namespace)))
                return true;
        }

        return false;
    }

    private static KustomizeKindName? RoleRefOf(KustomizeResource referrer) =>
        referrer.Root.Find("roleRef") is { } role && role.Find("apiGroup") is { } group && role.Find("kind") is { } kind
            ? new KustomizeKindName(group.Value, "", kind.Value) : null;
}
