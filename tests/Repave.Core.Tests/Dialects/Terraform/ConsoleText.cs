using System.Text;
using Repave.Core.Dialects.Terraform.Evaluation;
using Repave.Core.Dialects.Terraform.Packs;

namespace Repave.Core.Tests.Dialects.Terraform;

/// <summary>Writes values as <c>terraform console</c> prints them.</summary>
internal static class ConsoleText
{
    public static string Of(TerraformValue value)
    {
        var text = new StringBuilder();
        Write(value, text, 0);
        return text.ToString();
    }

    private static void Write(TerraformValue value, StringBuilder text, int indent)
    {
        if (value.IsSensitive)
        {
            text.Append("(sensitive value)");
            return;
        }

        if (value.IsUnknown)
        {
            text.Append("(known after apply)");
            return;
        }

        if (value.IsNull)
        {
            text.Append(value.Type.Kind switch
            {
                SchemaTypeKind.Any => "null",
                SchemaTypeKind.String => "tostring(null)",
                SchemaTypeKind.Number => "tonumber(null)",
                SchemaTypeKind.Bool => "tobool(null)",
                SchemaTypeKind.List =>
                    $"tolist(null) /* of {(value.Type.Element!.Kind == SchemaTypeKind.Any ? "dynamic" : value.Type.Element)} */",
                _ => "null",
            });
            return;
        }

        switch (value.Type.Kind)
        {
            // Within a collection every line is indented; the marks are made longer where the text holds them.
            case SchemaTypeKind.String when value.Text!.Contains('\n', StringComparison.Ordinal):
                text.Append("<<-EOT\n");
                foreach (var line in value.Text.Split('\n'))
                    text.Append(' ', indent).Append(line).Append('\n');
                text.Append(' ', indent).Append("EOT");
                break;
            case SchemaTypeKind.String:
                text.Append(Quote(value.Text!));
                break;
            case SchemaTypeKind.Number:
                text.Append(value.Number);
                break;
            case SchemaTypeKind.Bool:
                text.Append(value.Boolean == true ? "true" : "false");
                break;
            case SchemaTypeKind.Map or SchemaTypeKind.Object:
                var isMap = value.Type.Kind == SchemaTypeKind.Map;
                if (value.Entries.Count == 0)
                {
                    text.Append(isMap ? "tomap({})" : "{}");
                    return;
                }

                text.Append(isMap ? "tomap({\n" : "{\n");
                foreach (var entry in value.Entries)
                {
                    text.Append(' ', indent + 2).Append(Quote(entry.Key)).Append(" = ");
                    Write(entry.Value, text, indent + 2);
                    text.Append('\n');
                }

                text.Append(' ', indent).Append(isMap ? "})" : "}");
                break;
            default:
                var (open, close) = value.Type.Kind switch
                {
                    SchemaTypeKind.List => ("tolist([", "])"),
                    SchemaTypeKind.Set => ("toset([", "])"),
                    _ => ("[", "]"),
                };
                if (value.Items.Count == 0)
                {
                    text.Append(open).Append(close);
                    return;
                }

                text.Append(open).Append('\n');
                foreach (var item in value.Items)
                {
                    text.Append(' ', indent + 2);
                    Write(item, text, indent + 2);
                    text.Append(",\n");
                }

                text.Append(' ', indent).Append(close);
                break;
        }
    }

    private static string Quote(string value)
    {
        var text = new StringBuilder("\"");
        for (var i = 0; i < value.Length; i++)
        {
            text.Append(value[i] switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\t' => "\\t",
                '\r' => "\\r",
                '\u200d' => "\\u200d",
                var c => c.ToString(),
            });
        }

        return text.Append('"').ToString();
    }
}
