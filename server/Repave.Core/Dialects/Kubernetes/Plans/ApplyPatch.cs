using System.Text;
using Repave.Core.Plans;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans;

/// <summary>The patches that applying a manifest sends: kubectl's three-way merge of what was applied, what is live and what is wanted, or
/// the manifest itself where the server merges.</summary>
internal static class ApplyPatch
{
    private const string ByServer = "application/apply-patch+yaml";
    private const string Strategic = "application/strategic-merge-patch+json";
    private const string Merge = "application/merge-patch+json";

    /// <summary>The patch.</summary>
    /// <param name="desired">The manifest's resource.</param>
    /// <param name="live">The live object that kubectl merges with; null where the server does, or where there is none.</param>
    /// <param name="schemas">The built-in kinds: their lists are merged item by item, those of others are not.</param>
    public static ApplyRequest For(KubernetesResource desired, KubernetesResource? live, KubernetesSchemas schemas)
    {
        if (live is null)
            return new ApplyRequest(ByServer, CanonicalJson.Of(desired.Root, asPlatform: true));
        var kind = schemas.Pack.Kind(desired.ApiVersion, desired.Kind);
        var isBuiltIn = schemas.IsBuiltInGroup(desired.Group);
        var body = new StringBuilder();
        Write(body, desired.Root, AppliedFields.Of(live.Root) ?? Ownership.Nothing, live.Root,
            kind is null ? null : schemas.Pack.Type(kind.Type), mergesLists: isBuiltIn);
        return new ApplyRequest(isBuiltIn ? Strategic : Merge, body.ToString());
    }

    // What is wanted, and null for what was applied, is live and is wanted no more.
    private static void Write(StringBuilder body, MapNode wanted, Ownership applied, MapNode live, Shape? shape, bool mergesLists)
    {
        body.Append('{');
        var first = true;
        void Name(string name)
        {
            body.Append(first ? "" : ",").Append(CanonicalJson.Quote(name)).Append(':');
            first = false;
        }

        foreach (var entry in wanted.AllEntries)
        {
            if (entry.Name is not { } name || (name == "status" && wanted.Parent is null))
                continue;
            Name(name);
            var field = shape?.Fields?[name]?.Shape ?? shape?.Additional;
            switch (entry.Value.Resolved, live.Find(name)?.Value.Resolved)
            {
                case (MapNode next, MapNode before):
                    Write(body, next, applied.Field(name) ?? Ownership.Nothing, before, field, mergesLists);
                    break;
                case (ListNode next, ListNode before) when mergesLists && field is { ListKind: ListKind.Map }:
                    WriteItems(body, next, applied.Field(name) ?? Ownership.Nothing, before, field);
                    break;
                case (null, _):
                    body.Append("null");
                    break;
                case var (next, _):
                    body.Append(CanonicalJson.Of(next, asPlatform: true));
                    break;
            }
        }

        foreach (var entry in live.AllEntries)
        {
            if (entry.Name is not { } name || wanted.Find(name) is not null || applied.Field(name) is null)
                continue;
            Name(name);
            body.Append("null");
        }

        body.Append('}');
    }

    private static void WriteItems(StringBuilder body, ListNode wanted, Ownership applied, ListNode live, Shape list)
    {
        body.Append('[');
        var first = true;
        foreach (var item in wanted.ResolvedItems)
        {
            body.Append(first ? "" : ",");
            first = false;
            var before = live.ResolvedItems.FirstOrDefault(l => IsSame(l, item, list.ListKeys));
            if (item is MapNode next && before is MapNode old)
                Write(body, next, applied.Item(list.ListKeys, old) ?? Ownership.Nothing, old, list.Items, mergesLists: true);
            else
                body.Append(CanonicalJson.Of(item, asPlatform: true));
        }

        // Only the first key is what a strategic merge knows items by.
        foreach (var item in live.ResolvedItems)
        {
            if (wanted.ResolvedItems.Any(w => IsSame(w, item, list.ListKeys)) || applied.Item(list.ListKeys, item) is null
                || item[list.ListKeys[0]] is not { } key)
                continue;
            body.Append(first ? "" : ",").Append("{\"$patch\":\"delete\",").Append(CanonicalJson.Quote(list.ListKeys[0])).Append(':')
                .Append(CanonicalJson.Of(key, asPlatform: true)).Append('}');
            first = false;
        }

        body.Append(']');
    }

    // A key that one of them leaves to its default is no difference.
    private static bool IsSame(Node one, Node other, IReadOnlyList<string> keys) =>
        one.TextAt(keys[0]) == other.TextAt(keys[0])
            && keys.Skip(1).All(k => one.TextAt(k) is not { } a || other.TextAt(k) is not { } b || a == b);
}
