using System.Globalization;
using System.Text;
using Repave.Core.Dialects.Terraform.Packs;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Terraform.Evaluation;

/// <summary>Writes values as JSON, as Go does: keys in order, and signs of HTML escaped.</summary>
internal static class JsonWriter
{
    /// <summary>A value as JSON; it must be wholly known.</summary>
    public static string Write(TerraformValue value)
    {
        var text = new StringBuilder();
        Write(value, text);
        return text.ToString();
    }

    /// <summary>A text as JSON.</summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder();
        GoJsonText.Append(text, value);
        return text.ToString();
    }

    private static void Write(TerraformValue value, StringBuilder text)
    {
        if (!value.HasContent)
        {
            text.Append("null");
            return;
        }

        switch (value.Kind)
        {
            case SchemaTypeKind.String:
                GoJsonText.Append(text, value.Text!);
                break;
            case SchemaTypeKind.Number:
                text.Append(value.Number);
                break;
            case SchemaTypeKind.Bool:
                text.Append(value.Boolean == true ? "true" : "false");
                break;
            case SchemaTypeKind.Map or SchemaTypeKind.Object:
                text.Append('{');
                var isFirst = true;
                foreach (var entry in value.Entries)
                {
                    if (!isFirst)
                        text.Append(',');
                    isFirst = false;
                    GoJsonText.Append(text, entry.Key);
                    text.Append(':');
                    Write(entry.Value, text);
                }

                text.Append('}');
                break;
            default:
                text.Append('[');
                for (var i = 0; i < value.Items.Count; i++)
                {
                    if (i > 0)
                        text.Append(',');
                    Write(value.Items[i], text);
                }

                text.Append(']');
                break;
        }
    }
}
