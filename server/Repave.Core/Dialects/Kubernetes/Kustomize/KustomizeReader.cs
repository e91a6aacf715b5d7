namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>Reads resources from files.</summary>
internal static class KustomizeReader
{
    private const int MaxLists = 10;

    /// <summary>The resources of a file, those in lists one by one.</summary>
    /// <exception cref="KustomizeException">Something in it is none.</exception>
    public static List<KustomizeResource> Read(KustomizeFile file)
    {
        var documents = file.Documents();
        // A list that is alone in its file is opened before anything else is asked.
        if (documents is [{ Kind: KustomizeKind.Map } only] && only.Find("kind")?.Value is "List" or "ResourceList"
            && only.Find("items") is { Kind: KustomizeKind.List } all)
            documents = [.. all.Content];
        var resources = new List<KustomizeResource>();
        Add(documents, resources, file, 0);
        return resources;
    }

    private static void Add(List<KustomizeNode> documents, List<KustomizeResource> resources, KustomizeFile file, int depth)
    {
        var lists = new List<KustomizeNode>();
        foreach (var node in documents.Where(node => !node.IsEmpty))
        {
            Validate(node, file);
            var kind = node.Find("kind")!.Value;
            if (!kind.EndsWith("List", StringComparison.Ordinal) || node.Find("items") is not { } items)
            {
                resources.Add(new KustomizeResource(node));
                continue;
            }

            if (items.IsNull)
                continue;
            if (items.Kind != KustomizeKind.List)
                throw At(node, file, $"expected array in {kind}/items, but found another kind");
            lists.AddRange(items.Content);
        }

        if (lists.Count > 0 && depth < MaxLists)
            Add(lists, resources, file, depth + 1);
    }

    private static void Validate(KustomizeNode node, KustomizeFile file)
    {
        var kind = node.Find("kind") is { IsEmpty: false } said ? said.Value : "";
        var metadata = node.Find("metadata");
        if (node.Kind != KustomizeKind.Map || (kind.Length == 0 && node.Find("apiVersion") is null && metadata is null))
            throw At(node, file, "missing Resource metadata", "this is not a resource: it has no apiVersion, kind and metadata");
        if (kind.Length == 0)
            throw At(node, file, "missing kind in object", "Missing required field 'kind'.");
        if (kind.EndsWith("List", StringComparison.Ordinal))
            return;
        if (metadata?.Find("name") is not { IsEmpty: false, Value.Length: > 0 })
            throw At(node, file, "missing metadata.name in object", "Missing required field 'metadata.name'.");
    }

    private static KustomizeException At(KustomizeNode node, KustomizeFile file, string message, string? summary = null) =>
        new(message, node.Origin?.File ?? file.Written, node.Origin?.At ?? default) { Summary = summary ?? message };
}
