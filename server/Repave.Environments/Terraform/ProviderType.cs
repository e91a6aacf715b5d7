using System.Text.Json;

namespace Repave.Environments.Terraform;

/// <summary>Types as providers send them, which is JSON (<c>["list","string"]</c>), into the way that packs write them.</summary>
internal static class ProviderType
{
    /// <exception cref="InvalidDataException">It is no type.</exception>
    public static string Read(ReadOnlySpan<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json.ToArray());
            return Read(document.RootElement);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException("The provider's schema has a type that cannot be read.", exception);
        }
    }

    private static string Read(JsonElement type)
    {
        if (type.ValueKind == JsonValueKind.String)
            return type.GetString() is "dynamic" ? "any" : type.GetString()!;
        if (type.ValueKind != JsonValueKind.Array || type.GetArrayLength() < 2)
            throw new InvalidDataException("The provider's schema has a type that cannot be read.");
        var kind = type[0].GetString();
        return kind switch
        {
            "object" => $"object({{{string.Join(",", type[1].EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal)
                .Select(p => $"{p.Name}={Read(p.Value)}"))}}})",
            "tuple" => $"tuple([{string.Join(",", type[1].EnumerateArray().Select(Read))}])",
            _ => $"{kind}({Read(type[1])})",
        };
    }
}
