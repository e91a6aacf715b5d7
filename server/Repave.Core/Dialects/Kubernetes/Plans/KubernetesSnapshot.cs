using System.Text;
using Repave.Core.Model;
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
        before.FirstOrDefault(r => r.ApiVersion == SnapshotMarks.ApiVersion && r.Kind == SnapshotMarks.Kind) is { } header
            ? new KubernetesSnapshot(header.Root)
            : null;

    /// <summary>The text of a snapshot.</summary>
    public static string Write(Baseline live, byte[] hashKey, bool holdsKey)
    {
        var text = new StringBuilder();
        text.Append("# Live objects as 'repave snapshot' read them; plan against them with --from. Values of Secrets are hashes.\n");
        text.Append($"apiVersion: {SnapshotMarks.ApiVersion}\nkind: {SnapshotMarks.Kind}\nmetadata:\n  name: snapshot\nspec:\n");
        foreach (var (name, value) in ((string, string?)[])[("source", live.Name), ("version", live.Version), ("namespace", live.Namespace),
            ("hashKey", holdsKey ? Convert.ToBase64String(hashKey) : null)])
        {
            if (value is not null)
                text.Append($"  {name}: {CanonicalJson.Quote(value)}\n");
        }

        var dialect = DialectCatalogue.Of(KubernetesDialect.DialectName);
        foreach (var manifest in live.Manifests)
        {
            // Objects and not documents: a list's items have secrets too, and what is no object of Kubernetes' is not ours to write.
            foreach (var slot in manifest.Source.Documents.Where(slot => slot.Document.IsWhole))
            {
                foreach (var resource in dialect.Read(manifest, slot).Resources.OfType<KubernetesResource>())
                {
                    text.Append("---\n");
                    WriteObject(text, KubectlKeys.Normal(resource.Root), Secrets.Of(slot.Document), hashKey, resource);
                    text.Append('\n');
                }
            }
        }

        return text.ToString();
    }

    // The items of a list of one kind need not say it; alone they must.
    private static void WriteObject(StringBuilder text, MapNode root, Secrets? repeated, byte[] key, KubernetesResource? resource = null)
    {
        var secrets = new SecretNodes();
        KubernetesSecrets.Find(root, secrets, resource?.Kind);
        var start = text.Length;
        Write(text, root, secrets, repeated, key, isPlain: false, depth: 0);
        foreach (var (field, value) in ((string, string?)[])[("kind", resource?.Kind), ("apiVersion", resource?.ApiVersion)])
        {
            if (value is not null && root.Find(field) is null)
                text.Insert(start + 1, $"{CanonicalJson.Quote(field)}:{CanonicalJson.Quote(value)}{(root.AllEntries.Count == 0 ? "" : ",")}");
        }
    }

    private static void Write(StringBuilder text, Node? node, SecretNodes secrets, Secrets? repeated, byte[] key, bool isPlain, int depth)
    {
        switch (node?.Resolved)
        {
            case MapNode map:
                WriteMap(text, map, secrets, repeated, key, isPlain, depth);
                break;
            case ListNode list:
                text.Append('[');
                var first = true;
                foreach (var item in list.Items)
                {
                    text.Append(first ? "" : ",");
                    first = false;
                    Write(text, item, secrets, repeated, key, isPlain, depth + 1);
                }

                text.Append(']');
                break;
            case ScalarNode { IsNull: false } scalar
                when !SecretValues.IsHash(scalar.Value) && (secrets.Holds(scalar) || Repeats(repeated, scalar, depth)):
                text.Append(CanonicalJson.Quote(
                    SecretValues.HashOf(isPlain ? Convert.ToBase64String(Encoding.UTF8.GetBytes(scalar.Value)) : scalar.Value, key)));
                break;
            case { } other:
                text.Append(CanonicalJson.Of(other, asPlatform: true));
                break;
            default:
                text.Append("null");
                break;
        }
    }

    // What repeats a secret elsewhere is one too; what names the object stays, or it would be another.
    private static bool Repeats(Secrets? secrets, ScalarNode scalar, int depth) =>
        depth > 1 && scalar.Kind == ScalarKind.String && secrets?.Repeats(scalar.Value) == true
        && !(depth == 2 && scalar.Parent?.Parent is MapNode root && root["metadata"] == scalar.Parent);

    private static void WriteMap(
        StringBuilder text, MapNode map, SecretNodes secrets, Secrets? repeated, byte[] key, bool isPlain, int depth)
    {
        text.Append('{');
        var first = true;
        foreach (var entry in map.AllEntries)
        {
            // Of a key that stands twice readers keep the last.
            if (entry.Name is not { } name || map.Find(name) != entry)
                continue;
            text.Append(first ? "" : ",").Append(CanonicalJson.Quote(name)).Append(':');
            first = false;
            if (name == AppliedFields.Annotation && entry.Value.Resolved is ScalarNode applied
                && YamlLanguage.Instance.ParseDocument(applied.Value) is { IsWhole: true, Root: MapNode configuration })
            {
                var inner = new StringBuilder();
                WriteObject(inner, configuration, repeated, key);
                text.Append(CanonicalJson.Quote(inner.ToString()));
                continue;
            }

            Write(text, entry.Value, secrets, repeated, key, isPlain || (depth == 0 && name == "stringData"), depth + 1);
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
