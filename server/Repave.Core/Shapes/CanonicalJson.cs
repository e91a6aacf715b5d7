using System.Globalization;
using System.Text;
using Repave.Core.Yaml;

namespace Repave.Core.Shapes;

/// <summary>Writes a node as JSON in one way only (sorted keys, shortest numbers), so that equal values give equal text.</summary>
public static class CanonicalJson
{
    /// <summary>The node as a YAML 1.2 reader takes it, or with <paramref name="yaml11"/> as kubectl's does.</summary>
    public static string Of(YamlNode node, bool yaml11)
    {
        var text = new StringBuilder();
        Write(node, yaml11, text);
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

    private static void Write(YamlNode node, bool yaml11, StringBuilder text)
    {
        switch (node.Resolved)
        {
            case YamlMapping mapping:
                text.Append('{');
                var first = true;
                foreach (var entry in mapping.AllEntries.OrderBy(e => e.Name, StringComparer.Ordinal))
                {
                    if (!first)
                        text.Append(',');
                    first = false;
                    WriteString(entry.Name ?? "", text);
                    text.Append(':');
                    Write(entry.Value, yaml11, text);
                }

                text.Append('}');
                break;
            case YamlSequence sequence:
                text.Append('[');
                for (var i = 0; i < sequence.Items.Count; i++)
                {
                    if (i > 0)
                        text.Append(',');
                    Write(sequence.Items[i], yaml11, text);
                }

                text.Append(']');
                break;
            case YamlScalar scalar:
                WriteScalar(scalar, yaml11 ? scalar.Kind : scalar.Kind12, text);
                break;
            default:
                text.Append("null");
                break;
        }
    }

    private static void WriteScalar(YamlScalar scalar, ScalarKind kind, StringBuilder text)
    {
        switch (kind)
        {
            case ScalarKind.Null:
                text.Append("null");
                break;
            case ScalarKind.Boolean:
                text.Append(YamlScalars.BooleanOf(scalar.Value) ? "true" : "false");
                break;
            case ScalarKind.Integer or ScalarKind.Float when YamlScalars.NumberOf(scalar.Value) is { } number && !double.IsNaN(number) && !double.IsInfinity(number):
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
