using System.Globalization;
using System.Text;
using Repave.Core.Dialects.Terraform.Packs;

namespace Repave.Core.Dialects.Terraform.Evaluation;

/// <summary>Writes values as YAML, as Terraform does.</summary>
internal static class YamlWriter
{
    /// <summary>A value as YAML; it must be wholly known.</summary>
    public static string Write(TerraformValue value)
    {
        var text = new StringBuilder();
        Write(value, text, 0, behindKey: false);
        return text.ToString();
    }

    private static void Write(TerraformValue value, StringBuilder text, int indent, bool behindKey)
    {
        if (value.HasContent && value.Kind is SchemaTypeKind.Map or SchemaTypeKind.Object && value.Entries.Count > 0)
        {
            if (behindKey)
                text.Append('\n');
            var isFirst = true;
            foreach (var entry in value.Entries)
            {
                if (behindKey || !isFirst)
                    text.Append(' ', indent);
                isFirst = false;
                Scalar(entry.Key, text, indent);
                text.Append(':');
                Write(entry.Value, text, indent + (IsList(entry.Value) ? 0 : 2), behindKey: true);
            }

            return;
        }

        if (IsList(value))
        {
            if (behindKey)
                text.Append('\n');
            var isFirst = true;
            foreach (var item in value.Items)
            {
                if (behindKey || !isFirst)
                    text.Append(' ', indent);
                isFirst = false;
                text.Append("- ");
                Write(item, text, indent + 2, behindKey: false);
            }

            return;
        }

        if (behindKey)
            text.Append(' ');
        if (!value.HasContent)
            text.Append("null");
        else if (value.Text is { } s)
            Scalar(s, text, indent);
        else if (value.Number is { } number)
            text.Append(number);
        else if (value.Boolean is { } truth)
            text.Append(truth ? "true" : "false");
        else
            text.Append(value.Kind is SchemaTypeKind.Map or SchemaTypeKind.Object ? "{}" : "[]");
        if (text[text.Length - 1] != '\n')
            text.Append('\n');
    }

    private static bool IsList(TerraformValue value) => value.Items.Count > 0;

    private static void Scalar(string value, StringBuilder text, int indent)
    {
        if (value.IndexOf('\n') < 0)
        {
            var quoted = JsonWriter.Quote(value).Replace("\\u003c", "<").Replace("\\u003e", ">").Replace("\\u0026", "&");
            for (var i = 0; i < quoted.Length; i++)
            {
                // Characters beyond the first plane are written by their numbers.
                if (char.IsHighSurrogate(quoted[i]) && i + 1 < quoted.Length && char.IsLowSurrogate(quoted[i + 1]))
                {
                    text.Append("\\U").Append(char.ConvertToUtf32(quoted[i], quoted[i + 1]).ToString("X8", CultureInfo.InvariantCulture));
                    i++;
                }
                else
                {
                    text.Append(quoted[i]);
                }
            }

            return;
        }

        // A text of several lines stands as it is; how it ends is said before.
        text.Append('|');
        if (value[0] is ' ' or '\n')
            text.Append('2');
        if (!value.EndsWith('\n'))
            text.Append('-');
        else if (value.Length == 1 || value[value.Length - 2] == '\n')
            text.Append('+');
        text.Append('\n');
        var lines = value.Split('\n');
        var count = value.EndsWith('\n') ? lines.Length - 1 : lines.Length;
        for (var i = 0; i < count; i++)
        {
            if (lines[i].Length > 0)
                text.Append(' ', Math.Max(2, indent)).Append(lines[i]);
            text.Append('\n');
        }
    }
}
