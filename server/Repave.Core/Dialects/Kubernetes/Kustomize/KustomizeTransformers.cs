using Repave.Core.Dialects.Kubernetes.Helm;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>What a kustomization writes into every resource: names, namespaces, labels, annotations, numbers of replicas and
/// images.</summary>
internal static class KustomizeTransformers
{
    private static readonly KustomizeSpec Namespace = new(new KustomizeKindName("", "", ""), "metadata/namespace", true);

    /// <summary>Puts a text before or behind names.</summary>
    public static void Affix(KustomizeResources resources, GoText affix, bool isPrefix, IReadOnlyList<KustomizeSpec> specs)
    {
        foreach (var resource in resources.All)
        {
            var first = resource.FirstId;
            if (first.Type.Kind is "CustomResourceDefinition" or "Namespace" || first.Type is
                {
                    Kind: "APIService",
                    Group: "apiregistration.k8s.io"
                })
                continue;
            foreach (var spec in specs.Where(spec => first.Type.IsSelectedBy(spec.Type)))
            {
                if (spec.Path == "metadata/name")
                {
                    (isPrefix ? resource.Prefixes : resource.Suffixes).Add(affix.Text);
                    resource.Remember();
                }

                spec.Apply(resource, node =>
                {
                    node.Expect(KustomizeKind.Scalar);
                    var text = new GoTextBuilder();
                    if (isPrefix)
                        text.Append(affix);
                    text.Append(node.Text);
                    if (!isPrefix)
                        text.Append(affix);
                    node.SetScalar(KustomizeNode.Scalar(text.ToText()));
                }, KustomizeKind.Scalar, KustomizeNode.TextTag);
            }
        }
    }

    /// <summary>Writes the namespace.</summary>
    /// <param name="resources">The resources.</param>
    /// <param name="name">The namespace.</param>
    /// <param name="specs">The fields that hold it.</param>
    /// <param name="subjects">Which subjects of role bindings get it: <c>defaultOnly</c>, <c>allServiceAccounts</c> or <c>none</c>.</param>
    /// <param name="unsetOnly">Whether only where there is none.</param>
    /// <exception cref="KustomizeException">Two resources become one.</exception>
    public static void SetNamespace(
        KustomizeResources resources, GoText name, IReadOnlyList<KustomizeSpec> specs, string subjects = "defaultOnly",
            bool unsetOnly = false)
    {
        var counts = new Dictionary<(KustomizeKindName, string, string), int>();
        foreach (var resource in resources.All)
            counts[resource.Id.Key] = counts.TryGetValue(resource.Id.Key, out var count) ? count + 1 : 1;
        foreach (var resource in resources.All.Where(resource => !resource.Root.IsEmpty))
        {
            counts[resource.Id.Key]--;
            resource.Remember();
            SetNamespace(resource, specs, subjects, node =>
            {
                if (!unsetOnly || node.IsEmpty || (node.Kind == KustomizeKind.Scalar && node.Value.Length == 0))
                    node.SetScalar(KustomizeNode.Scalar(name, KustomizeNode.TextTag));
            });
            var key = resource.Id.Key;
            counts[key] = counts.TryGetValue(key, out var others) ? others + 1 : 1;
            if (counts[key] > 1)
            {
                throw new KustomizeException($"namespace transformation produces ID conflict: {resource.Id}", name.Trace?.File,
                    name.Trace?.At ?? default);
            }
        }

        resources.Changed();
    }

    /// <summary>Writes labels or annotations.</summary>
    public static void SetPairs(
        KustomizeResources resources, IReadOnlyList<(string Key, GoText Value)> pairs, IReadOnlyList<KustomizeSpec> specs)
    {
        foreach (var resource in resources.All)
        {
            var type = resource.Type;
            foreach (var (key, value) in pairs)
            {
                // One node for all places: what changes one of them later changes the others, as it does in kustomize.
                var shared = KustomizeNode.Scalar(value, KustomizeNode.TextTag);
                foreach (var spec in specs)
                    spec.Apply(resource, type, map => map.Set(key, shared), KustomizeKind.Map, KustomizeNode.MapTag);
            }
        }
    }

    /// <summary>Writes how many replicas there are.</summary>
    /// <returns>Whether any resource has the name.</returns>
    public static bool SetReplicas(KustomizeResources resources, string name, GoText count, IReadOnlyList<KustomizeSpec> specs)
    {
        var found = false;
        foreach (var spec in specs)
        {
            foreach (var resource in resources.Named(id => id.Name == name && id.Type.IsSelectedBy(spec.Type)))
            {
                found = true;
                spec.Apply(resource, node => node.SetScalar(KustomizeNode.Scalar(count, KustomizeNode.NumberTag)), KustomizeKind.Scalar,
                    KustomizeNode.NumberTag);
            }
        }

        return found;
    }

    /// <summary>Writes names, tags and digests of images.</summary>
    public static void SetImage(KustomizeResources resources, KustomizationReader file, MapNode entry, IReadOnlyList<KustomizeSpec> specs)
    {
        var pattern = GoRegex.TryCreate("^" + file.TextAt(entry, "name") + @"(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$");
        var newName = file.GoTextAt(entry, "newName");
        var newTag = file.GoTextAt(entry, "newTag");
        var digest = file.GoTextAt(entry, "digest");
        var suffix = file.GoTextAt(entry, "tagSuffix");
        foreach (var resource in resources.All.Where(resource => resource.Kind != "CustomResourceDefinition"))
        {
            Containers(resource.Root);
            foreach (var spec in specs)
            {
                spec.Apply(resource, node =>
                {
                    node.Expect(KustomizeKind.Scalar);
                    Update(node);
                });
            }
        }

        void Containers(KustomizeNode node)
        {
            if (node.Kind == KustomizeKind.List)
            {
                foreach (var item in node.Content)
                    Containers(item);
            }

            for (var i = 0; node.Kind == KustomizeKind.Map && i + 1 < node.Content.Count; i += 2)
            {
                var value = node.Content[i + 1];
                Containers(value);
                if (node.Content[i].Value is not ("containers" or "initContainers") || value.Kind != KustomizeKind.List)
                    continue;
                foreach (var item in value.Content)
                {
                    if (!item.IsNull && item.Get("image") is { IsNull: false } image)
                    {
                        image.Expect(KustomizeKind.Scalar);
                        Update(image);
                    }
                }
            }
        }

        void Update(KustomizeNode node)
        {
            if (node.IsNull || pattern?.Matches(node.Value) != true)
                return;
            var (name, tag, sum) = SplitImage(node.Text);
            if (newName.Text.Length > 0)
                name = newName;
            if (newTag.Text.Length > 0)
                (tag, sum) = (newTag, digest);
            else if (digest.Text.Length > 0)
                (tag, sum) = (GoText.Empty, digest);
            else if (suffix.Text.Length > 0)
                (tag, sum) = (new GoTextBuilder().Append(tag).Append(suffix).ToText(), GoText.Empty);
            var image = new GoTextBuilder().Append(name);
            if (tag.Text.Length > 0)
                image.Append(":", tag.Trace?.AsWhole()).Append(tag);
            if (sum.Text.Length > 0)
                image.Append("@", sum.Trace?.AsWhole()).Append(sum);
            node.SetScalar(KustomizeNode.Scalar(image.ToText()));
        }
    }

    private static void SetNamespace(
        KustomizeResource resource, IReadOnlyList<KustomizeSpec> specs, string subjects, Action<KustomizeNode> set)
    {
        var id = resource.Id;
        if (!id.IsCluster)
            Namespace.Apply(resource, set, KustomizeKind.Scalar);
        var isBinding = id.Type.Kind is "RoleBinding" or "ClusterRoleBinding";
        if (isBinding && subjects != "none" && resource.Root.Get("subjects") is { IsNull: false } list)
        {
            list.Expect(KustomizeKind.List);
            foreach (var subject in list.Content)
            {
                var (field, wanted) = subjects == "allServiceAccounts" ? ("kind", "ServiceAccount") : ("name", "default");
                if (!subject.IsNull && subject.Get(field) is { IsNull: false } said && said.Value == wanted)
                    set(subject.GetOrAdd("namespace", KustomizeKind.Scalar));
            }
        }

        var version = resource.ApiVersion;
        foreach (var spec in specs)
        {
            if (spec.Path == "metadata/namespace" || (spec.Path == "metadata/name" && version != "v1")
                || (isBinding && spec.Path == "subjects/namespace" && spec.Type.Kind is "RoleBinding" or "ClusterRoleBinding"))
                continue;
            spec.Apply(resource, set, KustomizeKind.Scalar, KustomizeNode.TextTag);
        }
    }

    private static (GoText Name, GoText Tag, GoText Digest) SplitImage(GoText image)
    {
        var text = image.Text;
        var slash = Math.Max(0, text.IndexOf('/'));
        var (at, colon) = (text.IndexOf('@', slash), text.IndexOf(':', slash));
        if (at < 0 && colon < 0)
            return (image, GoText.Empty, GoText.Empty);
        if (at >= 0 && (at < colon || colon < 0))
            return (image.Slice(0, at), GoText.Empty, image.Slice(at + 1, text.Length - at - 1));
        var end = at >= 0 ? at : text.Length;
        return (image.Slice(0, colon), image.Slice(colon + 1, end - colon - 1),
            at >= 0 ? image.Slice(at + 1, text.Length - at - 1) : GoText.Empty);
    }
}
