using System.Text;
using Repave.Core.Plans;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Yaml;

namespace Repave.Core.Dialects.Kubernetes.Plans;

/// <summary>Writes and reads snapshots: a stream of documents, the first of which says what it is, the others live objects as JSON, one a
/// line. Values of Secrets are keyed hashes, in the objects as in what they record of being applied.</summary>
internal sealed class KubernetesSnapshot
{
    private KubernetesSnapshot(MapNode header)
    {
        var spec = header["spec"];
        Source = spec?.TextAt("source") ?? "";
        Version = spec?.TextAt("version");
        Namespace = spec?.TextAt("namespace");
        if (spec?.TextAt("hashKey") is { } key)
            HashKey = BytesOf(key);
    }

    /// <summary>What it was taken of, and when.</summary>
    public string Source { get; }

    /// <summary>The server's release, or null.</summary>
    public string? Version { get; }

    /// <summary>The namespace of manifests that name none, or null.</summary>
    public string? Namespace { get; }

    /// <summary>The key of the hashes; null if it is kept elsewhere.</summary>
    public byte[]? HashKey { get; }

    /// <summary>The snapshot among a baseline's resources; null if it is none.</summary>
    public static KubernetesSnapshot? Of(IEnumerable<KubernetesResource> before) =>
        before.FirstOrDefault(r => r.ApiVersion == SnapshotMarks.ApiVersion && r.Kind == SnapshotMarks.Kind) is { } header ? new KubernetesSnapshot(header.Root) : null;

    /// <summary>The text of a snapshot.</summary>
    public static string Write(Baseline live, byte[] hashKey, bool holdsKey)
    {
        var text = new StringBuilder();
        text.Append("# Live objects as 'repave snapshot' read them; plan against them with --from. Values of Secrets are hashes.\n");
        text.Append($"apiVersion: {SnapshotMarks.ApiVersion}\nkind: {SnapshotMarks.Kind}\nmetadata:\n  name: snapshot\nspec:\n");
        foreach (var (name, value) in ((string, string?)[])[("source", live.Name), ("version", live.Version), ("namespace", live.Namespace), ("hashKey", holdsKey ? Convert.ToBase64String(hashKey) : null)])
        {
            if (value is not null)
                text.Append($"  {name}: {CanonicalJson.Quote(value)}\n");
        }

        foreach (var manifest in live.Manifests)
        {
            foreach (var slot in manifest.Source.Documents)
            {
                if (slot.Document.Root is not MapNode root)
                    continue;
                text.Append("---\n");
                WriteObject(text, root, root.TextAt("kind") == "Secret" && root.TextAt("apiVersion") == "v1" ? hashKey : null);
                text.Append('\n');
            }
        }

        return text.ToString();
    }

    // With a key, a Secret.
    private static void WriteObject(StringBuilder text, MapNode root, byte[]? key)
    {
        if (key is null)
        {
            text.Append(CanonicalJson.Of(root, asPlatform: true));
            return;
        }

        WriteFields(text, root, (name, value) => name switch
        {
            "data" or "stringData" when value is MapNode values => () => WriteFields(text, values, (_, one) => () => WriteHash(text, one, key, isPlain: name == "stringData")),
            "metadata" when value is MapNode metadata => () => WriteFields(text, metadata, (part, inner) => part == "annotations" && inner is MapNode annotations ? () => WriteAnnotations(text, annotations, key) : null),
            _ => null,
        });
    }

    private static void WriteAnnotations(StringBuilder text, MapNode annotations, byte[] key) =>
        WriteFields(text, annotations, (name, value) => name != AppliedFields.Annotation || value is not ScalarNode applied ? null : () =>
        {
            var inner = new StringBuilder();
            if (YamlLanguage.Instance.ParseDocument(applied.Value).Root is MapNode configuration)
                WriteObject(inner, configuration, key);
            text.Append(CanonicalJson.Quote(inner.ToString()));
        });

    private static void WriteHash(StringBuilder text, Node? value, byte[] key, bool isPlain)
    {
        var content = (value as ScalarNode)?.Value ?? "";
        text.Append(CanonicalJson.Quote(SecretValues.HashOf(isPlain ? Convert.ToBase64String(Encoding.UTF8.GetBytes(content)) : content, key)));
    }

    // Writes a mapping, each value by what the second argument gives for it, or as it is.
    private static void WriteFields(StringBuilder text, MapNode mapping, Func<string, Node?, Action?> special)
    {
        text.Append('{');
        var first = true;
        foreach (var entry in mapping.AllEntries)
        {
            text.Append(first ? "" : ",").Append(CanonicalJson.Quote(entry.Name ?? "")).Append(':');
            first = false;
            if (special(entry.Name ?? "", entry.Value.Resolved) is { } write)
                write();
            else
                text.Append(CanonicalJson.Of(entry.Value, asPlatform: true));
        }

        text.Append('}');
    }

    private static byte[]? BytesOf(string base64)
    {
        try
        {
            return Convert.FromBase64String(base64);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
