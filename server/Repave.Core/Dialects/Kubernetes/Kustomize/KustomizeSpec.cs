namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>A field that a transformer writes.</summary>
/// <param name="Type">The kinds that have it.</param>
/// <param name="Path">Where in them.</param>
/// <param name="Creates">Whether it is made where it is not there.</param>
internal sealed record KustomizeSpec(KustomizeKindName Type, string Path, bool Creates)
{
    private List<string>? _parts;

    /// <summary>The fields that lead to it.</summary>
    public IReadOnlyList<string> Steps => Parts;

    private List<string> Parts => _parts ??= KustomizePaths.Split(Path, '/');

    /// <summary>Writes the field wherever a resource has it.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="set">Writes it.</param>
    /// <param name="kind">What is made where nothing is.</param>
    /// <param name="tag">The tag of that.</param>
    public void Apply(KustomizeResource resource, Action<KustomizeNode> set, KustomizeKind kind = KustomizeKind.None, string tag = "") =>
        Apply(resource, resource.Type, set, kind, tag);

    /// <summary>The same for a resource of a type that is known to fit.</summary>
    public void Apply(KustomizeResource resource, KustomizeKindName type, Action<KustomizeNode> set, KustomizeKind kind, string tag)
    {
        if (!type.IsSelectedBy(Type))
            return;
        try
        {
            Apply(resource.Root, 0, set, kind, tag);
        }
        catch (KustomizeException exception)
        {
            throw exception.Within($"considering field '{Path}' of object {resource.Id}").At(resource.Place?.File,
                resource.Place?.Span ?? default);
        }
    }

    private void Apply(KustomizeNode node, int at, Action<KustomizeNode> set, KustomizeKind kind, string tag)
    {
        if (at == Parts.Count)
        {
            set(node);
            return;
        }

        if (node.IsNull)
            return;
        switch (node.Kind)
        {
            case KustomizeKind.List:
                foreach (var item in node.Content.ToArray())
                    Apply(item, at, set, kind, tag);
                break;
            case KustomizeKind.Map:
                Descend(node, at, set, kind, tag);
                break;
            default:
                throw new KustomizeException("expected sequence or mapping node", node.Origin?.File, node.Origin?.At ?? default);
        }
    }

    private void Descend(KustomizeNode node, int at, Action<KustomizeNode> set, KustomizeKind kind, string tag)
    {
        var name = Parts[at];
        var isList = name.EndsWith("[]", StringComparison.Ordinal);
        if (isList)
            name = name.Substring(0, name.Length - 2);
        if (name.Length == 0)
            throw new KustomizeException("cannot set or create an empty field name");
        var made = KustomizeKind.None;
        var madeTag = "";
        KustomizeNode? field;
        if (!Creates || kind == KustomizeKind.None || isList)
        {
            field = KustomizePaths.IsIndex(name) ? node.Lookup([name]) : node.Get(name);
            if (isList)
                made = KustomizeKind.List;
        }
        else
        {
            (made, madeTag) = at == Parts.Count - 1 ? (kind, tag) : (KustomizeKind.Map, KustomizeNode.MapTag);
            field = node.GetOrAdd(name, made);
        }

        if (field is null)
            return;
        if (field.IsNull && made != KustomizeKind.None)
            (field.Kind, field.Tag) = (made, madeTag);
        Apply(field, at + 1, set, kind, tag);
    }
}
