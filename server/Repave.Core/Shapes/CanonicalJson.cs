using System.Globalization;
using System.Text;
using Repave.Core.Syntax;

namespace Repave.Core.Shapes;

/// <summary>Writes a node as JSON in one way only (sorted keys, shortest numbers), so that equal values give equal text.</summary>
public static class CanonicalJson
{
    /// <summary>The node as a reader of JSON Schemas takes it, or with <paramref name="asPlatform"/> as its platform does.</summary>
    /// <param name="node">The node.</param>
    /// <param name="asPlatform">Whether as the platform takes it.</param>
    /// <param name="hides">Tells the nodes within it whose values are not to be shown; null to show all.</param>
    public static string Of(Node node, bool asPlatform, Func<Node, bool>? hides = null)
    {
        var text = new StringBuilder();
        Write(node, asPlatform, hides, text);
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

    private static void Write(Node node, bool asPlatform, Func<Node, bool>? hides, StringBuilder text)
    {
        switch (node.Resolved)
        {
            case { } secret when hides?.Invoke(secret) == true:
                WriteString(Model.Secrets.Hidden, text);
                break;
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
                    Write(entry.Value, asPlatform, hides, text);
                }

                text.Append('}');
                break;
            case ListNode sequence:
                text.Append('[');
                for (var i = 0; i < sequence.Items.Count; i++)
                {
                    if (i > 0)
                        text.Append(',');
                    Write(sequence.Items[i], asPlatform, hides, text);
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

    /// <summary>A whole number's digits, which a double could not hold all of; null for what is written in another way and fits no
    /// 64 bits.</summary>
    public static string? WholeNumber(ScalarNode scalar)
    {
        if (scalar.Integer is { } whole)
            return whole.ToString(CultureInfo.InvariantCulture);
        var start = scalar.Value.Length > 1 && scalar.Value[0] is '-' or '+' ? 1 : 0;
        for (var i = start; i < scalar.Value.Length; i++)
        {
            if (scalar.Value[i] is < '0' or > '9')
                return null;
        }

        return scalar.Value.Length == start ? null : scalar.Value[0] == '+' ? scalar.Value.Substring(1) : scalar.Value;
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
            case ScalarKind.Integer when WholeNumber(scalar) is { } whole:
                text.Append(whole);
                break;
            case ScalarKind.Integer or ScalarKind.Float when scalar.Number is { } number && !double.IsNaN(number)
                && !double.IsInfinity(number):
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
                // Readers of YAML fold some of these, and drop or refuse others.
                case < ' ' or '\u007F' or (>= '\u0080' and <= '\u009F') or '\u2028' or '\u2029' or '\uFEFF' or (>= '\uFFFE'):
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
