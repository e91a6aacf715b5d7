using Repave.Core.Dialects.Terraform.Evaluation;
using Repave.Core.Dialects.Terraform.Packs;
using Repave.Core.Syntax.Hcl;

namespace Repave.Core.Dialects.Terraform.Plans;

/// <summary>The value that a block's text gives its schema: what nobody writes is null, blocks are lists.</summary>
internal sealed class BodyEvaluator(ModuleNode module, IReadOnlyDictionary<string, TerraformValue> names)
{
    private const int MaxDepth = 60;
    private const int MaxBlocks = 5_000;

    private static readonly TerraformValue NoItems = TerraformValue.Tuple([]);
    private static readonly TerraformValue NoEntries = TerraformValue.Object([]);

    // What Terraform itself reads of a resource's block.
    private static readonly HashSet<string> Meta = new(StringComparer.Ordinal)
    {
        "count", "for_each", "provider", "depends_on", "lifecycle", "provisioner", "connection",
    };

    public static bool IsMeta(string name) => Meta.Contains(name);

    /// <summary>The value of one member of a block.</summary>
    public TerraformValue Member(SchemaMember member, IReadOnlyList<HclAttribute> attributes, IReadOnlyList<HclBlock> blocks) =>
        Member(member, attributes, blocks, names, 0);

    /// <summary>The names of the members that something is written of.</summary>
    public static HashSet<string> Written(IReadOnlyList<HclAttribute> attributes, IReadOnlyList<HclBlock> blocks)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var attribute in attributes)
            names.Add(attribute.Name);
        foreach (var block in blocks)
        {
            if (NameOf(block) is { } name)
                names.Add(name);
        }

        return names;
    }

    /// <summary>What a member is of which nothing is written; null where that has to be evaluated.</summary>
    public static TerraformValue? Unwritten(SchemaMember member) => !member.IsBlock ? member.Nothing : member.Nesting switch
    {
        SchemaNesting.Single => TerraformValue.Null,
        SchemaNesting.Group => null,
        SchemaNesting.Map => NoEntries,
        _ => NoItems,
    };

    private static string? NameOf(HclBlock block) => block.Type == "dynamic" ? block.Label(0) ?? block.Type : block.Type;

    private TerraformValue Member(SchemaMember member, IReadOnlyList<HclAttribute> attributes, IReadOnlyList<HclBlock> blocks,
        IReadOnlyDictionary<string, TerraformValue> given, int depth)
    {
        if (depth > MaxDepth)
            return TerraformValue.Unknown;
        for (var i = 0; !member.IsBlock && i < attributes.Count; i++)
        {
            if (attributes[i].Name != member.Name)
                continue;
            var value = module.Evaluate(attributes[i].Value, given);
            return member.Body is { } nested ? Nested(value, member, nested, depth) : Convert(value, member.ValueType);
        }

        List<HclBlock>? written = null;
        foreach (var block in blocks)
        {
            if (NameOf(block) == member.Name)
                (written ??= []).Add(block);
        }

        if (written is null && Unwritten(member) is { } nothing)
            return nothing;
        written ??= [];
        if (!member.IsBlock)
        {
            if (written.Count == 0 || !member.TakesBlocks)
                return member.Nothing;
            var element = TerraformType.Of(member.Type.Element!);
            return Expand(written, given, depth, (body, inner) => TerraformValue.Object(element.Attributes.Select(a =>
                    new KeyValuePair<string, TerraformValue>(a.Key, body[a.Key] is { } value
                        ? Convert(module.Evaluate(value, inner), a.Value) : TerraformValue.NullOf(a.Value)))),
                items => member.Type.Kind == SchemaTypeKind.Set ? TerraformValue.Set(element, items) : TerraformValue.List(element, items));
        }

        var schema = member.Body!;
        TerraformValue Item(HclBody body, IReadOnlyDictionary<string, TerraformValue> inner) => Block(schema, body, inner, depth + 1);
        switch (member.Nesting)
        {
            case SchemaNesting.Single:
                return written.Count == 0 ? TerraformValue.Null : Expand(written, given, depth, Item, items => items.Count > 0 ? items[0]
                    : TerraformValue.Null);
            case SchemaNesting.Group:
                return written.Count == 0 ? Block(schema, new HclBody(default, [], []), given, depth + 1)
                    : Expand(written, given, depth, Item, items => items.Count > 0 ? items[0] : TerraformValue.Null);
            case SchemaNesting.Map:
                return TerraformValue.Object(written.Where(b => b.Label(0) is not null)
                    .GroupBy(b => b.Label(0)!).Select(b => new KeyValuePair<string, TerraformValue>(b.Key, Item(b.First().Body, given))));
            default:
                return Expand(written, given, depth, Item, TerraformValue.Tuple);
        }
    }

    private TerraformValue Block(SchemaBlock schema, HclBody body, IReadOnlyDictionary<string, TerraformValue> given, int depth) =>
        TerraformValue.Object(schema.Members.Select(m =>
            new KeyValuePair<string, TerraformValue>(m.Name, Member(m, body.Attributes, body.Blocks, given, depth))));

    // Blocks as they stand, and those that dynamic blocks write.
    private TerraformValue Expand(List<HclBlock> blocks, IReadOnlyDictionary<string, TerraformValue> given, int depth,
        Func<HclBody, IReadOnlyDictionary<string, TerraformValue>, TerraformValue> item, Func<IReadOnlyList<TerraformValue>,
            TerraformValue> whole)
    {
        var items = new List<TerraformValue>();
        foreach (var block in blocks)
        {
            if (block.Type != "dynamic" || block.Label(0) is null)
            {
                items.Add(item(block.Body, given));
                continue;
            }

            if (block.Body["for_each"] is not { } each || block.Body.BlocksOf("content").FirstOrDefault() is not { } content)
                return TerraformValue.Unknown;
            var collection = module.Evaluate(each, given);
            if (collection.IsUnknown || collection.IsOpen || collection.Items.Count + collection.Entries.Count > MaxBlocks)
                return TerraformValue.Unknown;
            var iterator = block.Body["iterator"] is HclTraversal { Steps.Count: 0 } named ? named.Root : block.Label(0)!;
            var isSet = collection.Kind == SchemaTypeKind.Set;
            var pairs = collection.Entries.Count > 0 ? collection.Entries.Select(e => (Key: TerraformValue.Of(e.Key), e.Value))
                : collection.Items.Select((value, i) => (Key: isSet ? value : TerraformValue.Of(i), Value: value));
            foreach (var (key, value) in pairs)
            {
                var inner = given.ToDictionary(g => g.Key, g => g.Value, StringComparer.Ordinal);
                inner[iterator] = TerraformValue.Object(
                    [new KeyValuePair<string, TerraformValue>("key", key), new KeyValuePair<string, TerraformValue>("value", value)]);
                items.Add(item(content.Body, inner));
            }
        }

        return whole(items);
    }

    // An attribute whose contents have a schema of their own, written as an expression.
    private static TerraformValue Nested(TerraformValue value, SchemaMember member, SchemaBlock schema, int depth)
    {
        if (value.IsUnknown || value.IsNull || depth > MaxDepth)
            return value;
        TerraformValue One(TerraformValue item) => item.IsUnknown || item.IsNull ? item : TerraformValue.Object(schema.Members.Select(m =>
        {
            var inner = item.Entries.TryGetValue(m.Name, out var found) ? found : TerraformValue.Null;
            return new KeyValuePair<string, TerraformValue>(m.Name,
                m.Body is { } below ? Nested(inner, m, below, depth + 1) : Convert(inner, m.ValueType));
        }), item.IsOpen);
        var result = member.Nesting switch
        {
            SchemaNesting.List or SchemaNesting.Set => TerraformValue.Tuple([.. value.Items.Select(One)]),
            SchemaNesting.Map => TerraformValue.Object(value.Entries.Select(e => new KeyValuePair<string, TerraformValue>(e.Key,
                One(e.Value)))),
            _ => One(value),
        };
        return result.MarkedLike(value);
    }

    private static TerraformValue Convert(TerraformValue value, TerraformType type) =>
        Conversion.To(value, type, out _) ?? TerraformValue.UnknownOf(type);
}
