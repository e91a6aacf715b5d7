using System.Text;
using Repave.Core.Yaml;

namespace Repave.Core.Dialects.Kubernetes.Plans;

/// <summary>Secrets as a server stores them.</summary>
internal static class SecretData
{
    /// <summary>The Secret with <c>stringData</c> laid over <c>data</c>, in base64. Ranges are those of the text.</summary>
    public static YamlMapping Normal(YamlMapping secret)
    {
        if (secret.MappingAt("stringData") is not { } plain)
            return secret;
        var merged = new Dictionary<string, YamlEntry>(StringComparer.Ordinal);
        foreach (var entry in secret.MappingAt("data")?.AllEntries ?? [])
            merged[entry.Name ?? ""] = entry;
        foreach (var entry in plain.AllEntries)
        {
            if (entry.Name is { } name && entry.Value.Resolved is YamlScalar { IsNull: false } value)
                merged[name] = new YamlEntry(new YamlScalar(entry.Key.Span, name, YamlStyle.Plain), new YamlScalar(value.Span, SecretValues.IsHash(value.Value) ? value.Value : Convert.ToBase64String(Encoding.UTF8.GetBytes(value.Value)), YamlStyle.DoubleQuoted));
        }

        var normal = new YamlMapping(secret.Span, secret.Style);
        foreach (var entry in secret.AllEntries.Where(e => e.Name is not ("data" or "stringData")))
            normal.Share(entry);
        var data = new YamlMapping(plain.Span, plain.Style);
        foreach (var entry in merged.Values)
            data.Share(entry);
        normal.Share(new YamlEntry(new YamlScalar(plain.Span, "data", YamlStyle.Plain), data));
        return normal;
    }
}
