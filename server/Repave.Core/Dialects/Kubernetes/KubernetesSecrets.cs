using Repave.Core.Dialects.Kubernetes.Plans;
using Repave.Core.Model;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Yaml;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>What is secret in Kubernetes objects: of a Secret everything but what names and labels it, wherever it stands and however its
/// head is misspelt; elsewhere values whose names, and texts whose words, say that they are credentials.</summary>
internal static class KubernetesSecrets
{
    private const int MaxDepth = 60;

    /// <summary>What kubectl writes into each object: the whole of what was applied.</summary>

    /// <summary>Finds the secrets of a document's tree.</summary>
    /// <param name="root">Its root.</param>
    /// <param name="found">Where to put them.</param>
    /// <param name="kind">Its kind, where that stands elsewhere.</param>
    public static void Find(MapNode root, SecretNodes found, string? kind = null)
    {
        if (IsSecret(root) || (root.Find("kind") is null && kind == "Secret"))
        {
            AddSecret(root, found);
            return;
        }

        if (root.TextAt("kind") is { } list && Trimmed(list).EndsWith("list", StringComparison.Ordinal))
        {
            foreach (var item in root.ItemsAt("items").OfType<MapNode>())
            {
                if (Trimmed(list) == "secretlist")
                    AddSecret(item, found);
                else
                    Find(item, found);
            }

            return;
        }

        Walk(root, null, found, 0);
    }

    /// <summary>Whether an object is a Secret: by its kind alone, or by a field that nothing else has.</summary>
    public static bool IsSecret(MapNode root) =>
        root.TextAt("kind") is { } kind ? Trimmed(kind) == "secret"
            : root.AllEntries.Any(e => string.Equals(e.Name, "stringData", StringComparison.OrdinalIgnoreCase));

    private static string Trimmed(string kind) => kind.Trim().ToLowerInvariant();

    private static void AddSecret(MapNode root, SecretNodes found)
    {
        foreach (var entry in root.AllEntries)
        {
            switch (entry.Name)
            {
                case "apiVersion" or "kind" or "type":
                    break;
                case "immutable" when entry.Value.Resolved is ScalarNode { Kind: ScalarKind.Boolean or ScalarKind.Null }:
                    break;
                case "metadata" when entry.Value.Resolved is MapNode metadata:
                    found.Add(metadata["annotations"]);
                    break;
                case "data" or "stringData" when entry.Value.Resolved is MapNode values:
                    foreach (var value in values.AllEntries)
                        found.Add(value.Value);
                    break;
                default:
                    found.Add(entry.Value);
                    break;
            }
        }
    }

    private static void Walk(Node node, string? name, SecretNodes found, int depth)
    {
        if (depth > MaxDepth || !found.MayStep)
            return;
        switch (node)
        {
            case MapNode map:
                WalkMap(map, name, found, depth);
                break;
            case ListNode list:
                WalkList(list, name, found, depth);
                break;
        }
    }

    private static void WalkMap(MapNode map, string? holder, SecretNodes found, int depth)
    {
        // A variable: its name and its value.
        if (map.ScalarAt("value") is { IsNull: false } value && map.TextAt("name") is { } name && SecretNames.Is(name))
            found.Add(value);
        foreach (var entry in map.AllEntries)
        {
            if (entry.Name is not { } key || entry.Value.Resolved is not { } inner)
                continue;
            if (key == AppliedFields.Annotation)
                AddApplied(inner, found);
            else if (inner is ScalarNode text)
                AddText(text, key, holder, found);
            else if (inner is ListNode list && SecretNames.IsCertain(key) && list.ResolvedItems.All(i => i is ScalarNode))
                found.Add(list);
            else
                Walk(inner, key, found, depth + 1);
        }
    }

    private static void AddText(ScalarNode text, string key, string? holder, SecretNodes found)
    {
        if (text.Kind is ScalarKind.Null or ScalarKind.Boolean)
            return;
        // Labels and selectors are names; what a schema describes is no value.
        if (holder is not ("labels" or "matchLabels" or "properties" or "selector") && key is not ("name" or "key" or "kind")
            && SecretNames.Is(key))
            found.Add(text);
        else
            AddParts(text, found);
    }

    private static void WalkList(ListNode list, string? name, SecretNodes found, int depth)
    {
        var asked = false;
        foreach (var item in list.ResolvedItems)
        {
            if (item is not ScalarNode text)
            {
                Walk(item, name, found, depth + 1);
                asked = false;
                continue;
            }

            if (asked && !text.Value.StartsWith('-'))
                found.Add(text);
            asked = AddParts(text, found);
        }
    }

    // Tells whether the next argument is the secret.
    private static bool AddParts(ScalarNode text, SecretNodes found)
    {
        if (text.Kind != ScalarKind.String
            || (text.Value.IndexOf('=') < 0 && text.Value.IndexOf("://", StringComparison.Ordinal) < 0 && text.Value.IndexOf('-') < 0))
            return false;
        var parts = SecretNames.In(text.Value, out var asksNext);
        if (parts.Count > 0)
            found.Add(text, parts);
        return asksNext;
    }

    // Shown nowhere as a whole; what it repeats of the secrets of others is hidden there too.
    private static void AddApplied(Node node, SecretNodes found)
    {
        if (node is not ScalarNode applied)
            return;
        var inner = new SecretNodes();
        if (YamlLanguage.Instance.ParseDocument(applied.Value).Root is MapNode root)
            Find(root, inner);
        found.Add(applied, inner.Values);
    }
}
