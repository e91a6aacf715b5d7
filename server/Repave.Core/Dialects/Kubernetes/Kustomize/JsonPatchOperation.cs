using Repave.Core.Dialects.Kubernetes.Helm;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>An operation of a JSON patch (RFC 6902), as evanphx/json-patch applies it.</summary>
/// <param name="Op">What is done.</param>
/// <param name="Path">Where.</param>
/// <param name="From">Where from; null if it says nothing.</param>
/// <param name="Value">With what; null if it says nothing.</param>
/// <param name="Origin">Where it is written.</param>
internal sealed record JsonPatchOperation(string Op, string Path, string? From, KustomizeNode? Value, Trace? Origin)
{
    private const int MaxCopied = 200_000;

    /// <summary>The operations that a document holds; null where it is none.</summary>
    public static List<JsonPatchOperation>? ListOf(KustomizeNode? document)
    {
        if (document is null || document.IsNull)
            return [];
        if (document.Kind != KustomizeKind.List || document.Content.Exists(item => item.Kind != KustomizeKind.Map && !item.IsNull))
            return null;
        return [.. document.Content.Select(item => new JsonPatchOperation(item.Find("op")?.Value ?? "unknown",
            item.Find("path")?.Value ?? "unknown", item.Find("from")?.Value, item.Find("value"), item.Trace))];
    }

    /// <summary>Applies it to a resource.</summary>
    /// <param name="root">The resource.</param>
    /// <param name="copied">How much was copied so far.</param>
    /// <exception cref="KustomizeException">It cannot be.</exception>
    public void Apply(KustomizeNode root, ref int copied)
    {
        switch (Op)
        {
            case "add":
                Add(root, Path, ValueNode(), "add operation does not apply");
                break;
            case "remove":
                Take(root, Path, "remove operation does not apply");
                break;
            case "replace":
                var (parent, key) = Parent(root, Path, "replace operation does not apply");
                // What a map does not have is added: so the library does that kustomize uses.
                if (Child(parent, key) is { } old)
                    Put(parent, key, old, ValueNode());
                else if (parent.Kind == KustomizeKind.Map)
                    Add(root, Path, ValueNode(), "replace operation does not apply");
                else
                    throw Missing($"replace operation does not apply: doc is missing key: {Path}: missing value");
                break;
            case "move":
                var moved = Take(root, From ?? "", "move operation does not apply");
                Add(root, Path, moved, "move operation does not apply");
                break;
            case "copy":
                var (holder, name) = Parent(root, From ?? "", "copy operation does not apply");
                var source = Child(holder, name) ?? (holder.Kind == KustomizeKind.Map ? KustomizeNode.Scalar("null", KustomizeNode.NullTag)
                    : throw Missing($"copy operation does not apply: doc is missing from path: {From}"));
                if ((copied += CountOf(source)) > MaxCopied)
                    throw Missing("the patch makes more than Repave follows");
                Add(root, Path, source.Copy(), "copy operation does not apply");
                break;
            case "test":
                var (where, what) = Parent(root, Path, "test operation does not apply");
                var found = Child(where, what);
                if (found is not null && (copied += CountOf(found)) > MaxCopied)
                    throw Missing("the patch asks for more than Repave follows");
                var wanted = Value is null || Value.IsNull ? null : Value;
                if (found is null or { IsNull: true } ? wanted is not null : wanted is null || !AreEqual(found, wanted))
                    throw Missing($"testing value {Path} failed");
                break;
            default:
                throw Missing($"unexpected kind: {Op}");
        }
    }

    private static int CountOf(KustomizeNode node) => 1 + node.Content.Sum(CountOf);

    private static bool AreEqual(KustomizeNode one, KustomizeNode other) =>
        GoJson.Write(KustomizeValues.Of(one)).Text == GoJson.Write(KustomizeValues.Of(other)).Text;

    private KustomizeNode ValueNode() => Value?.Copy() ?? KustomizeNode.Scalar("null", KustomizeNode.NullTag);

    private KustomizeException Missing(string message) => new(message, Origin?.File, Origin?.At ?? default);

    private void Add(KustomizeNode root, string path, KustomizeNode value, string what)
    {
        var (parent, key) = Parent(root, path, what);
        if (parent.Kind != KustomizeKind.List)
        {
            if (Child(parent, key) is { } old)
            {
                Put(parent, key, old, value);
                return;
            }

            parent.Content.Add(KustomizeNode.Scalar(new GoText(key, Origin?.AsWhole()), KustomizeNode.TextTag));
            parent.Content.Add(value);
            return;
        }

        if (key == "-")
        {
            parent.Content.Add(value);
            return;
        }

        var index = IndexOf(key, what);
        var count = parent.Content.Count + 1;
        if (index >= count || index < -count)
            throw Missing($"{what}: invalid index referenced: Unable to access invalid index: {index}");
        parent.Content.Insert(index < 0 ? index + count : index, value);
    }

    private KustomizeNode Take(KustomizeNode root, string path, string what)
    {
        var (parent, key) = Parent(root, path, what);
        if (parent.Kind == KustomizeKind.List)
        {
            var index = IndexOf(key, what);
            if (index >= parent.Content.Count || index < -parent.Content.Count)
                throw Missing($"{what}: Unable to access invalid index: {index}");
            index = index < 0 ? index + parent.Content.Count : index;
            var item = parent.Content[index];
            parent.Content.RemoveAt(index);
            return item;
        }

        var taken = Child(parent, key) ?? throw Missing($"{what}: Unable to remove nonexistent key: {key}: missing path: missing value");
        parent.Clear(key);
        return taken;
    }

    private static void Put(KustomizeNode parent, string key, KustomizeNode old, KustomizeNode value)
    {
        if (parent.Kind == KustomizeKind.Map)
            parent.Exchange(key, value);
        else
            parent.Content[parent.Content.IndexOf(old)] = value;
    }

    private (KustomizeNode Parent, string Key) Parent(KustomizeNode root, string path, string what)
    {
        var parts = path.Split('/');
        if (parts.Length < 2)
            throw Missing($"{what}: doc is missing path: \"{path}\": missing path");
        var node = root;
        for (var i = 1; i < parts.Length - 1; i++)
        {
            node = Child(node, JsonPointer.Decode(parts[i]));
            if (node is null or { Kind: not (KustomizeKind.Map or KustomizeKind.List) } or { IsNull: true })
                throw Missing($"{what}: doc is missing path: \"{path}\": missing path");
        }

        return (node, JsonPointer.Decode(parts[parts.Length - 1]));
    }

    private static KustomizeNode? Child(KustomizeNode parent, string key)
    {
        if (parent.Kind != KustomizeKind.List)
            return parent.Find(key);
        if (!int.TryParse(key, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture,
            out var index))
            return null;
        index = index < 0 ? index + parent.Content.Count : index;
        return index >= 0 && index < parent.Content.Count ? parent.Content[index] : null;
    }

    private int IndexOf(string key, string what) => int.TryParse(key, System.Globalization.NumberStyles.AllowLeadingSign,
        System.Globalization.CultureInfo.InvariantCulture, out var index) ? index
        : throw Missing($"{what}: strconv.Atoi: parsing \"{key}\": invalid syntax");
}
