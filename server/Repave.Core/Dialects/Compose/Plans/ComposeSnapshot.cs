using System.Text;
using Repave.Core.Dialects.Compose.Loading;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Compose.Plans;

/// <summary>Writes Compose files as JSON, a document each, with keyed hashes in the place of what is secret.</summary>
internal static class ComposeSnapshot
{
    /// <summary>The text of a snapshot; empty if there is no Compose file.</summary>
    public static string Write(Baseline live, byte[] hashKey)
    {
        var text = new StringBuilder();
        var dialect = DialectCatalogue.Of(ComposeDialect.DialectName);
        foreach (var manifest in live.Manifests)
        {
            foreach (var slot in manifest.Source.Documents)
            {
                if (slot.Document.Root is not MapNode root || !slot.Document.IsWhole
                    || dialect.Read(manifest, slot).Recognition != Recognition.Mine)
                    continue;
                text.Append(text.Length == 0 ? "# Compose files as 'repave snapshot' read them; plan against them with --from. "
                    + "Values of secrets are hashes.\n" : "---\n");
                var secrets = Secrets.Of(slot.Document);
                var value = new ComposeReader(new ComposeDocument(manifest, slot), []).Read(root, ValuePath.Root);
                text.Append(ValueJson.Of(Hide(value!, secrets, hashKey))).Append('\n');
            }
        }

        return text.ToString();
    }

    private static ComposeValue Hide(ComposeValue value, Secrets secrets, byte[] key)
    {
        if (value.IsList)
            return ComposeValue.List(value.Place, value.Items.Select(item => Hide(item, secrets, key)));
        if (value.IsMap)
        {
            var map = ComposeValue.Map(value.Place);
            foreach (var (name, field) in value.Fields)
                map.Set(name, Hide(field, secrets, key));
            return map;
        }

        return value.Place is { } place && secrets.Touches(place.Node.Span) ? ComposeValue.Of(SecretHash.Of(value.Print(), key)) : value;
    }
}
