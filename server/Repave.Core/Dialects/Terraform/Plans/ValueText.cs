using System.Text;
using Repave.Core.Dialects.Terraform.Evaluation;
using Repave.Core.Shapes;

namespace Repave.Core.Dialects.Terraform.Plans;

/// <summary>Values as plans show them: compact JSON. What is a secret, and what is not known, is not shown.</summary>
internal static class ValueText
{
    /// <summary>What stands for a value that a provider gave, where only an earlier text is known. No text can hold it.</summary>
    public const char Placeholder = '\uFFFF';

    private const int MaxText = 400;

    /// <summary>A value; null for nothing, and where a part of it is not known or a secret.</summary>
    public static string? Of(TerraformValue value)
    {
        if (value.IsNull || !value.IsWhollyKnown || value.HoldsSecrets)
            return null;
        var text = new StringBuilder();
        Write(text, value);
        var result = text.ToString();
        if (result.IndexOf(Placeholder) >= 0)
            return null;
        return result.Length <= MaxText ? result : result.Substring(0, MaxText) + "…";
    }

    private static void Write(StringBuilder text, TerraformValue value)
    {
        // Only so much is shown.
        if (text.Length > MaxText * 2)
            return;
        if (value.IsNull || value.IsUnknown)
            text.Append("null");
        else if (value.Text is { } words)
            text.Append(CanonicalJson.Quote(words));
        else if (value.Number is { } number)
            text.Append(number);
        else if (value.Boolean is { } truth)
            text.Append(truth ? "true" : "false");
        else if (value.Kind is Packs.SchemaTypeKind.Map or Packs.SchemaTypeKind.Object)
        {
            text.Append('{');
            var isFirst = true;
            foreach (var entry in value.Entries.Where(e => !e.Value.IsNull))
            {
                text.Append(isFirst ? "" : ",").Append(CanonicalJson.Quote(entry.Key)).Append(':');
                Write(text, entry.Value);
                isFirst = false;
            }

            text.Append('}');
        }
        else
        {
            text.Append('[');
            for (var i = 0; i < value.Items.Count; i++)
            {
                text.Append(i == 0 ? "" : ",");
                Write(text, value.Items[i]);
            }

            text.Append(']');
        }
    }
}
