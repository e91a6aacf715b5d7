using System.Globalization;
using Repave.Core.Dialects.Terraform.Evaluation;

namespace Repave.Environments.Terraform;

/// <summary>Values of configurations as providers take them, and the other way round.</summary>
internal static class ProviderValues
{
    public static object? Of(TerraformValue value)
    {
        if (value.IsUnknown)
            return ProviderValue.Unknown;
        if (value.IsNull)
            return null;
        if (value.Text is { } text)
            return text;
        if (value.Boolean is { } truth)
            return truth;
        if (value.Number is { } number)
            return number.Integer is { } whole ? whole : number.Double;
        if (value.Type.Kind is Core.Dialects.Terraform.Packs.SchemaTypeKind.Object or Core.Dialects.Terraform.Packs.SchemaTypeKind.Map)
            return value.Entries.ToDictionary(e => e.Key, e => Of(e.Value), StringComparer.Ordinal);
        return value.Items.Select(Of).ToList();
    }

    public static TerraformValue ToValue(object? value) => value switch
    {
        null => TerraformValue.Null,
        string text => TerraformValue.Of(text),
        bool truth => TerraformValue.Of(truth),
        long number => TerraformValue.Of(number),
        double number => TerraformNumber.Parse(number.ToString("R", CultureInfo.InvariantCulture)) is { } parsed
            ? TerraformValue.Of(parsed) : TerraformValue.Unknown,
        List<object?> items => TerraformValue.Tuple(items.ConvertAll(ToValue)),
        Dictionary<string, object?> entries =>
            TerraformValue.Object(entries.Select(e => new KeyValuePair<string, TerraformValue>(e.Key, ToValue(e.Value)))),
        _ => TerraformValue.Unknown,
    };
}
