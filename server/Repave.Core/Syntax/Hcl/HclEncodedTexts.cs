using System.Text;
using Repave.Core.Text;

namespace Repave.Core.Syntax.Hcl;

/// <summary>Texts that <c>yamlencode</c> and <c>jsonencode</c> make of values which are written there: each key and value has its place.
/// What is computed is unknown.</summary>
internal static class HclEncodedTexts
{
    private const int MaxDepth = 40;

    /// <summary>The value that an expression encodes; null where it encodes none that is written there.</summary>
    public static HclExpression? ValueOf(HclExpression expression) =>
        expression is HclCall { Name: "yamlencode" or "jsonencode", Expands: false, Arguments: [HclObject or HclTuple] } call
            ? call.Arguments[0] : null;

    /// <summary>Adds a value as one line that both YAML and JSON read.</summary>
    public static void Add(HclExpression value, EmbeddedText.Builder builder, int depth = 0)
    {
        switch (value)
        {
            case HclParentheses { Inner: var inner } when depth < MaxDepth:
                Add(inner, builder, depth + 1);
                break;
            case HclObject map when depth < MaxDepth:
                builder.AddText("{", new TextSpan(map.Span.Start, map.Span.Start + 1));
                for (var i = 0; i < map.Entries.Count; i++)
                {
                    var (key, held) = (map.Entries[i], map.Entries[i].Value);
                    builder.AddText(i == 0 ? "" : ", ", key.Key.Span);
                    builder.AddText(Quoted(key.Name ?? EmbeddedText.Computed), key.Key.Span);
                    builder.AddText(": ", key.Key.Span);
                    Add(held, builder, depth + 1);
                }

                builder.AddText("}", new TextSpan(map.Span.End - 1, map.Span.End));
                break;
            case HclTuple list when depth < MaxDepth:
                builder.AddText("[", new TextSpan(list.Span.Start, list.Span.Start + 1));
                for (var i = 0; i < list.Items.Count; i++)
                {
                    builder.AddText(i == 0 ? "" : ", ", list.Items[i].Span);
                    Add(list.Items[i], builder, depth + 1);
                }

                builder.AddText("]", new TextSpan(list.Span.End - 1, list.Span.End));
                break;
            case HclLiteral literal:
                builder.AddText(literal.Written, literal.Span);
                break;
            case HclTemplate { IsWrap: false } template:
                builder.AddText(Quoted(string.Concat(template.Parts.Select(static part =>
                    part is HclText text ? text.Value : EmbeddedText.Computed))), template.Span);
                break;
            default:
                builder.AddText(Quoted(EmbeddedText.Computed), value.Span);
                break;
        }
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (c is '"' or '\\')
                quoted.Append('\\').Append(c);
            else if (c < ' ')
                quoted.Append("\\u").Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
            else
                quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }
}
