using Repave.Core.Model;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Rules;

/// <summary>The JSON Schema that a document is to be validated with.</summary>
/// <param name="Reference">A path or an address.</param>
/// <param name="Span">Where the document names it; its first character if the settings do.</param>
/// <param name="IsFromText">Whether the document names it.</param>
internal sealed record SchemaReference(string Reference, TextSpan Span, bool IsFromText)
{
    private const string Modeline = "yaml-language-server:";

    public bool IsRemote =>
        Reference.Contains("://", StringComparison.Ordinal) && !Reference.StartsWith("file://", StringComparison.Ordinal);

    /// <summary>Whether a text may name a schema, or the settings give it one.</summary>
    public static bool MayHold(string path, string text, Settings settings) =>
        text.Contains(Modeline, StringComparison.Ordinal) || settings.Schemas.Any(schema => schema.Pattern.Matches(path));

    /// <summary>The schema of a document: the one that a comment names, else the one that the settings give to its path.</summary>
    public static SchemaReference? Of(Manifest manifest, DocumentSlot slot, Settings settings)
    {
        foreach (var comment in slot.Document.Text.Contains(Modeline, StringComparison.Ordinal) ? slot.Document.Comments : [])
        {
            if (!comment.Text.StartsWith(Modeline, StringComparison.Ordinal))
                continue;
            var at = comment.Text.IndexOf("$schema=", StringComparison.Ordinal);
            if (at < 0)
                continue;
            var reference = comment.Text.Substring(at + "$schema=".Length).Split([' '], 2)[0];
            return new SchemaReference(reference, comment.Span, true);
        }

        foreach (var schema in settings.Schemas)
        {
            if (schema.Pattern.Matches(manifest.Path))
                return new SchemaReference(schema.File, new TextSpan(0, Math.Min(1, slot.Document.Text.Length)), false);
        }

        return null;
    }
}
