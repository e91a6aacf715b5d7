using Repave.Core.Dialects.Terraform.Evaluation;
using Repave.Core.Dialects.Terraform.Packs;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Terraform.Plans;

/// <summary>Values of states, which are JSON, as values of their schema's types.</summary>
internal static class StateValues
{
    private const int MaxDepth = 100;

    /// <summary>An instance's attributes as an object of its schema.</summary>
    public static TerraformValue Read(MapNode attributes, SchemaBlock schema) => ReadBlock(attributes, schema, 0);

    /// <summary>A value of which no type is known.</summary>
    public static TerraformValue Read(Node? node) => ReadAny(node?.Resolved, 0);

    private static TerraformValue ReadBlock(MapNode map, SchemaBlock schema, int depth) =>
        TerraformValue.Object(schema.Members.Select(member =>
            new KeyValuePair<string, TerraformValue>(member.Name, ReadMember(map[member.Name]?.Resolved, member, depth))));

    private static TerraformValue ReadMember(Node? node, SchemaMember member, int depth)
    {
        var value = member.Body is { } body && depth < MaxDepth ? ReadNested(node, member, body, depth)
            : ReadTyped(node, member.ValueType, depth);
        return member.IsSensitive ? value.Marked() : value;
    }

    private static TerraformValue ReadNested(Node? node, SchemaMember member, SchemaBlock body, int depth)
    {
        switch (member.Nesting)
        {
            case SchemaNesting.List or SchemaNesting.Set:
                if (node is not ListNode list)
                    return member.IsBlock ? TerraformValue.Tuple([]) : TerraformValue.Null;
                return TerraformValue.Tuple([.. list.ResolvedItems.OfType<MapNode>().Select(item => ReadBlock(item, body, depth + 1))]);
            case SchemaNesting.Map:
                if (node is not MapNode map)
                    return TerraformValue.Null;
                return TerraformValue.Object(map.AllEntries.Where(e => e.Name is not null && e.Value.Resolved is MapNode)
                    .Select(e => new KeyValuePair<string, TerraformValue>(e.Name!, ReadBlock((MapNode)e.Value.Resolved!, body,
                        depth + 1))));
            default:
                return node is MapNode single ? ReadBlock(single, body, depth + 1) : TerraformValue.Null;
        }
    }

    private static TerraformValue ReadTyped(Node? node, TerraformType type, int depth)
    {
        if (depth > MaxDepth)
            return TerraformValue.Unknown;
        if (node is null or ScalarNode { IsNull: true })
            return TerraformValue.NullOf(type);
        switch (type.Kind)
        {
            case SchemaTypeKind.List or SchemaTypeKind.Set when node is ListNode list:
                var items = list.ResolvedItems.Select(i => ReadTyped(i, type.Element!, depth + 1)).ToList();
                return type.Kind == SchemaTypeKind.List ? TerraformValue.List(type.Element!, items) : TerraformValue.Set(type.Element!,
                    items);
            case SchemaTypeKind.Map when node is MapNode map:
                return TerraformValue.Map(type.Element!, map.AllEntries.Where(e => e.Name is not null)
                    .Select(e => new KeyValuePair<string, TerraformValue>(e.Name!, ReadTyped(e.Value.Resolved, type.Element!, depth + 1))));
            case SchemaTypeKind.Object when node is MapNode map:
                return TerraformValue.Object(type.Attributes.Select(a =>
                    new KeyValuePair<string, TerraformValue>(a.Key, ReadTyped(map[a.Key]?.Resolved, a.Value, depth + 1))));
            case SchemaTypeKind.Any:
                // A value whose type its author decides is kept with the type beside it.
                return node is MapNode { AllEntries.Count: 2 } wrapped && wrapped.Find("value") is { } inner
                    && wrapped.Find("type") is not null
                    ? ReadAny(inner.Value.Resolved, depth + 1) : ReadAny(node, depth + 1);
            case SchemaTypeKind.Tuple when node is ListNode list:
                return ReadAny(list, depth + 1);
            default:
                return Conversion.To(ReadAny(node, depth + 1), type, out _) ?? TerraformValue.UnknownOf(type);
        }
    }

    private static TerraformValue ReadAny(Node? node, int depth)
    {
        switch (node)
        {
            case null or ScalarNode { IsNull: true }:
                return TerraformValue.Null;
            case var _ when depth > MaxDepth:
                return TerraformValue.Unknown;
            case ScalarNode { Kind: ScalarKind.Boolean } truth:
                return TerraformValue.Of(truth.IsTrue);
            case ScalarNode { Kind: ScalarKind.Integer or ScalarKind.Float } number:
                return TerraformNumber.Parse(number.Value) is { } parsed ? TerraformValue.Of(parsed) : TerraformValue.Of(number.Value);
            case ScalarNode text:
                return TerraformValue.Of(text.Value);
            case ListNode list:
                return TerraformValue.Tuple([.. list.ResolvedItems.Select(i => ReadAny(i, depth + 1))]);
            case MapNode map:
                return TerraformValue.Object(map.AllEntries.Where(e => e.Name is not null)
                    .Select(e => new KeyValuePair<string, TerraformValue>(e.Name!, ReadAny(e.Value.Resolved, depth + 1))));
            default:
                return TerraformValue.Unknown;
        }
    }
}
