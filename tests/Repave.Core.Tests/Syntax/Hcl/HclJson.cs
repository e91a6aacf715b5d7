using System.Globalization;
using System.Text.Json.Nodes;
using Repave.Core.Syntax.Hcl;

namespace Repave.Core.Tests.Syntax.Hcl;

/// <summary>Writes HCL as JSON the way hcl2json does: expressions that are not constant as the texts that they are.</summary>
internal static class HclJson
{
    /// <summary>A file's documents together.</summary>
    public static JsonObject Of(IEnumerable<(HclBody Body, string Text)> documents)
    {
        var result = new JsonObject();
        foreach (var (body, text) in documents)
            Add(result, body, text);
        return result;
    }

    private static void Add(JsonObject into, HclBody body, string text)
    {
        foreach (var attribute in body.Attributes)
            into[attribute.Name] = Value(attribute.Value, text);
        foreach (var block in body.Blocks)
        {
            var at = into;
            var key = block.Type;
            foreach (var label in block.Labels)
            {
                if (at[key] is not JsonObject next)
                    at[key] = next = [];
                at = next;
                key = label.Text;
            }

            if (at[key] is not JsonArray list)
                at[key] = list = [];
            var inner = new JsonObject();
            Add(inner, block.Body, text);
            list.Add(inner);
        }
    }

    private static JsonNode? Value(HclExpression expression, string text)
    {
        switch (expression)
        {
            case HclLiteral literal:
                return Constant(literal);
            case HclUnary { Operand: HclLiteral operand } unary when unary.Operator == HclOperator.Negate:
                return -double.Parse(operand.Written, CultureInfo.InvariantCulture);
            case HclUnary { Operand: HclLiteral operand }:
                return !operand.IsTrue;
            case HclTemplate { IsWrap: true, Parts: [HclTemplate { Text: not null } constant] }:
                return Value(constant, text);
            case HclTemplate { IsWrap: true } wrap:
                return "${" + Source(wrap.Parts[0], text) + "}";
            case HclTemplate template:
                return Template(template, text);
            case HclTuple tuple:
                return new JsonArray([.. tuple.Items.Select(i => Value(i, text))]);
            case HclObject body:
                var result = new JsonObject();
                foreach (var entry in body.Entries)
                    result[Key(entry, text)] = Value(entry.Value, text);
                return result;
            default:
                return "${" + Source(expression, text) + "}";
        }
    }

    private static string Key(HclEntry entry, string text) => entry.Key switch
    {
        HclTraversal named => Source(named, text),
        HclTemplate template => Template(template, text),
        HclLiteral literal => literal.Written,
        _ => "${" + Source(entry.Key, text) + "}",
    };

    private static JsonNode? Constant(HclLiteral literal) => literal.Kind switch
    {
        HclLiteralKind.Null => null,
        HclLiteralKind.Boolean => literal.IsTrue,
        _ => double.Parse(literal.Written, CultureInfo.InvariantCulture),
    };

    private static string Template(HclTemplate template, string text)
    {
        return string.Concat(template.Parts.Select(part => part switch
        {
            // Go's values are composed.
            HclText literal => literal.Value.Normalize().Replace("${", "$${", StringComparison.Ordinal).Replace("%{", "%%{",
                StringComparison.Ordinal),
            HclConditional choice => $"%{{if {Source(choice.Condition, text)}}}{Piece(choice.WhenTrue, text)}"
                + (choice.WhenFalse is HclTemplate { Text: "" } ? "" : $"%{{else}}{Piece(choice.WhenFalse, text)}") + "%{endif}",
            HclTemplateFor loop => $"%{{for {(loop.Loop.KeyName is { } key ? key + ", " : "")}{loop.Loop.ValueName} in "
                + $"{Source(loop.Loop.Collection, text)}}}{Template((HclTemplate)loop.Loop.Value, text)}%{{endfor}}",
            HclTemplate nested => "${" + Source(nested, text) + "}",
            _ => "${" + Source(part, text) + "}",
        }));
    }

    private static string Piece(HclExpression expression, string text) =>
        expression is HclTemplate { IsWrap: false } template ? Template(template, text) : "${" + Source(expression, text) + "}";

    private static string Source(HclExpression expression, string text) =>
        text.Substring(expression.Span.Start, expression.Span.Length);
}
