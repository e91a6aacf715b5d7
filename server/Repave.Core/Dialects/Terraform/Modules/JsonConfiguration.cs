using Repave.Core.Syntax;
using Repave.Core.Syntax.Hcl;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Terraform.Modules;

/// <summary>Reads configurations in JSON as what they say in the native syntax.</summary>
internal static class JsonConfiguration
{
    // How many labels the blocks of the top level have.
    private static readonly Dictionary<string, int> Labels = new(StringComparer.Ordinal)
    {
        ["resource"] = 2,
        ["data"] = 2,
        ["ephemeral"] = 2,
        ["module"] = 1,
        ["variable"] = 1,
        ["output"] = 1,
        ["provider"] = 1,
        ["check"] = 1,
        ["run"] = 1,
        ["locals"] = 0,
        ["terraform"] = 0,
        ["moved"] = 0,
        ["import"] = 0,
        ["removed"] = 0,
        ["variables"] = 0,
    };

    // The blocks that every block of a type takes; which others are blocks only its provider says.
    private static readonly Dictionary<string, int> Inner = new(StringComparer.Ordinal)
    {
        ["lifecycle"] = 0,
        ["provisioner"] = 1,
        ["connection"] = 0,
        ["dynamic"] = 1,
        ["required_providers"] = 0,
        ["backend"] = 1,
        ["cloud"] = 0,
        ["provider_meta"] = 1,
        ["validation"] = 0,
        ["precondition"] = 0,
        ["postcondition"] = 0,
        ["assert"] = 0,
    };

    // Their texts are expressions, without a template's marks.
    private static readonly string[] Bare =
        ["type", "depends_on", "provider", "ignore_changes", "replace_triggered_by", "providers", "from", "to", "configuration_aliases"];

    public static HclBody Read(MapNode root)
    {
        var blocks = new List<HclBlock>();
        var attributes = new List<HclAttribute>();
        foreach (var entry in root.Entries)
        {
            if (entry.Name is not { } name || name == "//")
                continue;
            if (Labels.TryGetValue(name, out var labels))
                Add(name, entry.Key, entry.Value, labels, [], blocks, 0);
            else
                attributes.Add(Attribute(entry, name));
        }

        return new HclBody(root.Span, attributes, blocks);
    }

    private static void Add(string type, Node key, Node value, int labels, IReadOnlyList<HclLabel> given, List<HclBlock> blocks, int depth)
    {
        switch (value)
        {
            case ListNode list:
                foreach (var item in list.Items)
                    Add(type, key, item, labels, given, blocks, depth);
                break;
            case MapNode map when labels > 0:
                foreach (var entry in map.Entries)
                {
                    if (entry.Name is { } name && name != "//")
                    {
                        Add(type, key, entry.Value, labels - 1, [.. given, new HclLabel(name, entry.Key.Span, true)], blocks, depth);
                    }
                }

                break;
            case MapNode map:
                blocks.Add(new HclBlock(type, key.Span, given, Body(map, type, depth),
                    new TextSpan(given.Count > 0 ? given[given.Count - 1].Span.Start : key.Span.Start, map.Span.End)));
                break;
        }
    }

    private static HclBody Body(MapNode map, string type, int depth)
    {
        var attributes = new List<HclAttribute>();
        var blocks = new List<HclBlock>();
        foreach (var entry in map.Entries)
        {
            if (entry.Name is not { } name || name == "//")
                continue;
            if (type is not ("locals" or "variables" or "module" or "required_providers") && Inner.TryGetValue(name, out var labels)
                && depth < 8)
                Add(name, entry.Key, entry.Value, labels, [], blocks, depth + 1);
            else
                attributes.Add(Attribute(entry, name, type));
        }

        return new HclBody(map.Span, attributes, blocks);
    }

    private static HclAttribute Attribute(MapEntry entry, string name, string type = "")
    {
        var isBare = Array.IndexOf(Bare, name) >= 0 && (name != "type" || type == "variable")
            && (name is not ("from" or "to") || type is "moved" or "removed" or "import");
        return new HclAttribute(name, entry.Key.Span, Value(entry.Value, isBare), entry.Span);
    }

    private static HclExpression Value(Node node, bool isBare, int depth = 0)
    {
        switch (node)
        {
            case MapNode map when depth < SyntaxLimits.Depth:
                return new HclObject(map.Span, [.. map.Entries.Where(e => e.Name is not null)
                    .Select(e => new HclEntry(Text(e.Key), Value(e.Value, isBare, depth + 1)))]);
            case ListNode list when depth < SyntaxLimits.Depth:
                return new HclTuple(list.Span, [.. list.Items.Select(i => Value(i, isBare, depth + 1))]);
            case ScalarNode { Kind: ScalarKind.Null }:
                return new HclLiteral(node.Span, HclLiteralKind.Null, "null");
            case ScalarNode { Kind: ScalarKind.Boolean } scalar:
                return new HclLiteral(node.Span, HclLiteralKind.Boolean, scalar.Value);
            case ScalarNode { Kind: ScalarKind.Integer or ScalarKind.Float } scalar:
                return new HclLiteral(node.Span, HclLiteralKind.Number, scalar.Value);
            case ScalarNode scalar:
                if (isBare && HclLanguage.ParseExpression(scalar.Value, scalar.Span.Start + 1) is { } expression)
                    return expression;
                return scalar.Value.IndexOf('{') >= 0 && HclLanguage.ParseTemplate(scalar.Value, scalar.Span.Start + 1) is { } template
                    ? template : Text(scalar);
            default:
                return new HclBroken(node.Span, []);
        }
    }

    private static HclTemplate Text(Node node) =>
        new(node.Span, node is ScalarNode scalar ? [new HclText(node.Span, scalar.Value)] : [], false, false);
}
