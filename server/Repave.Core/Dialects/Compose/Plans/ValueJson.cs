using Repave.Core.Dialects.Compose.Loading;

namespace Repave.Core.Dialects.Compose.Plans;

/// <summary>Values as compact JSON, for people.</summary>
internal static class ValueJson
{
    /// <summary>A value as compact JSON.</summary>
    public static string Of(ComposeValue value) => value.Kind switch
    {
        ValueKind.Null => "null",
        ValueKind.Text => Shapes.CanonicalJson.Quote(value.Text),
        ValueKind.List => $"[{string.Join(",", value.Items.Select(Of))}]",
        ValueKind.Map => $"{{{string.Join(",", value.Fields.Select(f => $"{Shapes.CanonicalJson.Quote(f.Key)}:{Of(f.Value)}"))}}}",
        ValueKind.Unknown => "null",
        _ => value.Print(),
    };
}
