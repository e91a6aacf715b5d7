using System.Globalization;
using System.Text;
using Repave.Core.Syntax;

namespace Repave.Core.Shapes;

/// <summary>Writes a node as JSON in one way only (sorted keys, shortest numbers), so that equal values give equal text.</summary>
public static class CanonicalJson
{
    /// <summary>The node as a reader of JSON Schemas takes it, or with <paramref name="asPlatform"/> as its platform does.</summary>
    public static string Of(Node node, bool asPlatform)
    {
        var text = new StringBuilder();
        Write(node, asPlatform, text);
        return text.ToString();
    }

    /// <summary>A JSON string.</summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder(value.Length + 2);
        WriteString(value, text);
        return text.ToString();
    }

    /// <summary>A JSON number in its shortest form.</summary>
    public static string Number(double value) => value == Math.Floor(value) && Math.Abs(value) < 1e15
        ? ((long)value).ToString(CultureInfo.InvariantCulture)
        : value.ToString("R", CultureInfo.InvariantCulture);

    private static void Write(Node node, bool asPlatform, StringBuilder text)
    {
        switch (node.Resolved)
        {
            case MapNode mapping:
                text.Append('{');
                var first = true;
                foreach (var entry in mapping.AllEntries.OrderBy(e => e.Name, StringComparer.Ordinal))
                {
                    if (!first)
                        text.Append(',');
                    first = false;
                    WriteString(entry.Name ?? "", text);
                    text.Append(':');
                    Write(entry.Value, asPlatform, text);
                }

                text.Append('}');
                break;
            case ListNode sequence:
                text.Append('[');
                for (var i = 0; i < sequence.Items.Count; i++)
                {
                    if (i > 0)
                        text.Append(',');
                    Write(sequence.Items[i], asPlatform, text);
                }

                text.Append(']');
                break;
            case ScalarNode scalar:
                WriteScalar(scalar, scalar.KindAs(asPlatform), text);
                break;
            case ExpressionNode expression:
                WriteString("${" + expression.Text + "}", text);
                break;
            default:
                text.Append("null");
                break;
        }
    }

    private static void WriteScalar(ScalarNode scalar, ScalarKind kind, StringBuilder text)
    {
        switch (kind)
        {
            case ScalarKind.Null:
                text.Append("null");
                break;
            case ScalarKind.Boolean:
                text.Append(scalar.Reading.BooleanOf(scalar.Value) ? "true" : "false");
                break;
            case ScalarKind.Integer or ScalarKind.Float when scalar.Number is { } number && !double.IsNaN(number) && !double.IsInfinity(number):
                text.Append(Number(number));
                break;
            default:
                WriteString(scalar.Value, text);
                break;
        }
    }

    private static void WriteString(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"' or '\\':
                    text.Append('\\').Append(c);
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case < ' ':
                    text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default:
                    text.Append(c);
                    break;
            }
        }

        text.Append('"');
    }
}
