using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Repave.Environments.Kubernetes;

/// <summary>Live objects as texts that plans read.</summary>
internal static class LiveObject
{
    /// <summary>An object's text.</summary>
    /// <param name="value">The object, by itself or as an item of a list.</param>
    /// <param name="apiVersion">Its apiVersion, which items of a list lack.</param>
    /// <param name="kind">Its kind, which items of a list lack.</param>
    public static string TextOf(JsonElement value, string apiVersion, string kind)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("apiVersion", apiVersion);
            writer.WriteString("kind", kind);
            foreach (var property in value.EnumerateObject())
            {
                if (property.NameEquals("apiVersion") || property.NameEquals("kind"))
                    continue;
                if (property.NameEquals("metadata"))
                    WriteMetadata(writer, property.Value);
                else
                    property.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    // Who owns which fields decides what applying takes away; who writes the status decides nothing.
    private static void WriteMetadata(Utf8JsonWriter writer, JsonElement metadata)
    {
        writer.WriteStartObject("metadata");
        foreach (var property in metadata.EnumerateObject())
        {
            if (!property.NameEquals("managedFields"))
            {
                property.WriteTo(writer);
                continue;
            }

            var owners = property.Value.EnumerateArray().Where(m => !m.TryGetProperty("subresource", out _)).ToList();
            if (owners.Count == 0)
                continue;
            writer.WriteStartArray("managedFields");
            foreach (var entry in owners)
                entry.WriteTo(writer);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }
}
