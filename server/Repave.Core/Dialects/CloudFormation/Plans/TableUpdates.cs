using Repave.Core.Plans;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Plans;

/// <summary>What changing the attributes and indexes of a DynamoDB table does. They have names, so that their order counts for nothing.
/// See https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html.</summary>
internal static class TableUpdates
{
    private const string Attributes = "AttributeDefinitions";
    private const string Local = "LocalSecondaryIndexes";
    private const string Global = "GlobalSecondaryIndexes";

    /// <summary>A changed attribute or index.</summary>
    internal sealed record Change(FieldPath Path, string? From, string? To, Node? Place, Effect Effect, string Why);

    /// <summary>Whether a property is compared here.</summary>
    public static bool Compares(string type, string property) =>
        type == "AWS::DynamoDB::Table" && property is Attributes or Local or Global;

    /// <summary>The changes of such properties, and what DynamoDB refuses of them.</summary>
    public static IReadOnlyList<Change> Compare(MapNode? was, TemplateValues then, MapNode? now, TemplateValues after, List<string> refused)
    {
        var changes = new List<Change>();
        var (oldAttributes, newAttributes) = (Named(was, Attributes, then, "AttributeName"),
            Named(now, Attributes, after, "AttributeName"));
        if (oldAttributes is not null && newAttributes is not null)
        {
            Each(Attributes, oldAttributes, newAttributes, now?.Find(Attributes)?.Value, (path, from, to, place) =>
                changes.Add(from is not null && to is not null
                    ? new Change(path.Field("AttributeType"), then.Text(from["AttributeType"]), after.Text(to["AttributeType"]),
                        to["AttributeType"] ?? to, Effect.Replaces, "another type of an attribute that is there makes a new table")
                    : new Change(path, TextOf(from, then), TextOf(to, after), place, Effect.InPlace, "update requires some interruption")),
                then, after);
        }

        if (Named(was, Local, then, "IndexName") is { } oldLocal && Named(now, Local, after, "IndexName") is { } newLocal)
        {
            Each(Local, oldLocal, newLocal, now?.Find(Local)?.Value, (path, from, to, place) =>
                changes.Add(new Change(path, TextOf(from, then),
                TextOf(to, after), place, Effect.Replaces, "a local index is made with its table only, so a new table is needed")),
                then, after);
        }

        if (Named(was, Global, then, "IndexName") is { } oldGlobal && Named(now, Global, after, "IndexName") is { } newGlobal)
        {
            var count = 0;
            Each(Global, oldGlobal, newGlobal, now?.Find(Global)?.Value, (path, from, to, place) =>
            {
                if (from is null || to is null)
                {
                    count++;
                }
                else if (then.Text(from["KeySchema"]) != after.Text(to["KeySchema"])
                    || then.Text(from["Projection"]) != after.Text(to["Projection"]))
                {
                    refused.Add($"DynamoDB changes neither keys nor projection of the index '{after.Text(to["IndexName"])}': make one of "
                        + "another name, and take this one away with a later update.");
                }

                changes.Add(new Change(path, TextOf(from, then), TextOf(to, after), place, Effect.InPlace,
                    "update requires no interruption"));
            }, then, after);
            if (count > 1)
                refused.Add($"DynamoDB makes or deletes one global index with an update, and this one does so with {count}: go by steps.");
        }

        return changes;
    }

    private static void Each(string property, List<(string Name, Node Item)> was, List<(string Name, Node Item)> now, Node? place,
        Action<FieldPath, Node?, Node?, Node?> changed, TemplateValues then, TemplateValues after)
    {
        var olds = new Dictionary<string, Node>(StringComparer.Ordinal);
        foreach (var (name, item) in was)
            olds[name] = item;
        var path = FieldPath.Root.Field(property);
        for (var i = 0; i < now.Count; i++)
        {
            var (name, item) = now[i];
            if (!olds.TryGetValue(name, out var old))
                changed(path.Item(i), null, item, item);
            else if (then.Text(old) != after.Text(item))
                changed(path.Item(i), old, item, item);
            olds.Remove(name);
        }

        foreach (var (name, item) in was.Where(w => olds.ContainsKey(w.Name)))
            changed(path, item, null, place);
    }

    // Null where not all of them can be read.
    private static List<(string Name, Node Item)>? Named(MapNode? properties, string property, TemplateValues values, string key)
    {
        var (node, text) = values.Reduce(properties?.Find(property)?.Value);
        if (node is null)
            return text is null ? [] : null;
        if (node is not ListNode list)
            return null;
        var found = new List<(string, Node)>();
        foreach (var written in list.ResolvedItems)
        {
            var (item, unread) = values.Reduce(written);
            if (item is MapNode)
                found.Add((values.Text(item[key]), item));
            else if (unread is not null)
                return null;
        }

        return found;
    }

    private static string? TextOf(Node? node, TemplateValues values) => node is null ? null : values.Text(node);
}
