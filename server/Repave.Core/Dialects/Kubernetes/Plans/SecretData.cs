using System.Text;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Yaml;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Plans;

/// <summary>Secrets as a server stores them.</summary>
internal static class SecretData
{
    /// <summary>The Secret with <c>stringData</c> laid over <c>data</c>, in base64. Ranges are those of the text.</summary>
    public static MapNode Normal(MapNode secret)
    {
        if (secret.MappingAt("stringData") is not { } plain)
            return secret;
        var merged = new Dictionary<string, MapEntry>(StringComparer.Ordinal);
        foreach (var entry in secret.MappingAt("data")?.AllEntries ?? [])
            merged[entry.Name ?? ""] = entry;
        foreach (var entry in plain.AllEntries)
        {
            if (entry.Name is { } name && entry.Value.Resolved is ScalarNode { IsNull: false } value)
                merged[name] = new MapEntry(Text(entry.Key.Span, name), Text(value.Span, Encoded(value.Value)));
        }

        var normal = new MapNode(secret.Span, secret.Style);
        foreach (var entry in secret.AllEntries.Where(e => e.Name is not ("data" or "stringData")))
            normal.Share(entry);
        var data = new MapNode(plain.Span, plain.Style);
        foreach (var entry in merged.Values)
            data.Share(entry);
        normal.Share(new MapEntry(Text(plain.Span, "data"), data));
        return normal;
    }

    private static string Encoded(string value) =>
        SecretValues.IsHash(value) ? value : Convert.ToBase64String(Encoding.UTF8.GetBytes(value));

    private static ScalarNode Text(TextSpan span, string value) => new(span, value, NodeStyle.DoubleQuoted, YamlScalarReading.Instance);
}
