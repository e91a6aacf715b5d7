using System.Text;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Plans;

/// <summary>Writes templates as JSON, a document each, with functions in their long form and keyed hashes in the place of what is secret.
/// Comments are left out: what they say of a secret nobody can tell.</summary>
internal static class TemplateSnapshot
{
    private const string Substitution = "Fn::Sub";

    /// <summary>The text of a snapshot; empty if there is no template.</summary>
    public static string Write(Baseline live, byte[] hashKey)
    {
        var text = new StringBuilder();
        var dialect = DialectCatalogue.Of(CloudFormationDialect.DialectName);
        foreach (var manifest in live.Manifests)
        {
            foreach (var slot in manifest.Source.Documents)
            {
                if (!slot.Document.IsWhole || dialect.Read(manifest, slot).Recognition != Recognition.Mine
                    || slot.Document.Root is not MapNode root)
                    continue;
                text.Append(text.Length == 0 ? "# Templates as 'repave snapshot' read them; plan against them with --from. "
                    + "Values of secrets are hashes.\n" : "---\n");
                WritePlain(text, root, new TemplateSecrets(slot.Document, hashKey), within: null);
                text.Append('\n');
            }
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, Node? node, TemplateSecrets secrets)
    {
        if (node?.Resolved is not { } value)
        {
            text.Append("null");
            return;
        }

        if (value.Tag is not null && Intrinsic.Of(value) is { } function)
        {
            text.Append('{').Append(CanonicalJson.Quote(function.Name)).Append(':');
            WritePlain(text, value, secrets, function.Name);
            text.Append('}');
            return;
        }

        WritePlain(text, value, secrets, within: null);
    }

    // Within: the function that the value is the argument of.
    private static void WritePlain(StringBuilder text, Node value, TemplateSecrets secrets, string? within)
    {
        switch (value)
        {
            case MapNode map:
                text.Append('{');
                var isFirst = true;
                foreach (var entry in map.AllEntries)
                {
                    // Of a key that stands twice readers keep the last.
                    if (entry.Name is not { } name || map.Find(name) != entry)
                        continue;
                    text.Append(isFirst ? "" : ",").Append(CanonicalJson.Quote(name)).Append(':');
                    isFirst = false;
                    if (name == "Type" && entry.Value.Resolved is ScalarNode { IsNull: false } type)
                        text.Append(CanonicalJson.Quote(type.Value));
                    else if (name == Substitution && entry.Value.Resolved is { Tag: null } pattern)
                        WritePlain(text, pattern, secrets, name);
                    else
                        Write(text, entry.Value, secrets);
                }

                text.Append('}');
                break;
            case ListNode list:
                text.Append('[');
                for (var i = 0; i < list.Items.Count; i++)
                {
                    text.Append(i == 0 ? "" : ",");
                    if (i == 0 && within == Substitution && list.Items[0].Resolved is ScalarNode { Tag: null } first)
                        WritePlain(text, first, secrets, within);
                    else
                        Write(text, list.Items[i], secrets);
                }

                text.Append(']');
                break;
            case ScalarNode { IsNull: true }:
                text.Append("null");
                break;
            case ScalarNode scalar:
                var shown = within == Substitution ? secrets.PatternOf(scalar) : secrets.TextOf(scalar);
                // Letter by letter as it was written: plans compare texts.
                text.Append(shown == scalar.Value && scalar.Kind == ScalarKind.Boolean && shown is "true" or "false"
                    || (scalar.Kind == ScalarKind.Integer && shown == CanonicalJson.WholeNumber(scalar) && shown != "-0")
                    ? shown : CanonicalJson.Quote(shown));
                break;
            default:
                text.Append("null");
                break;
        }
    }
}
