using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>Tells Helm's and similar templates from manifests that merely contain two braces (in scripts, alert texts, dashboards, values
/// for a chart).</summary>
internal static class KubernetesTemplates
{
    public static bool IsTemplate(Document document)
    {
        var text = document.Text;
        if (HasFilledInHead(document.Root) || IsYtt(text) || Sed.Matches(text))
            return true;
        if (text.IndexOf("{{", StringComparison.Ordinal) < 0)
            return false;
        // Text that is no YAML because of its braces. Whole YAML with braces in quoted values can be read: only they are unknown.
        return document.Issues.Any(e => e.Kind == SyntaxIssueKind.Syntax) || HasBracedKey(document.Root);
    }

    // name: {NAME} and name: ##NAME##, which sed fills in: a mapping and a comment to YAML.
    private static readonly BoundedRegex Sed = new(@"[:-][ \t]+(\{[A-Z][A-Z0-9]*(_[A-Z0-9]+)*\}|##[A-Z][A-Z0-9_]*##)");

    // What a document is cannot be read from a head that is filled in; a name can be any.
    private static bool HasFilledInHead(Node? root) =>
        root is MapNode mapping && (Is(mapping.TextAt("apiVersion")) || Is(mapping.TextAt("kind"))
            || mapping["metadata"]?.TextAt("name") is { } name && name.Contains("{{", StringComparison.Ordinal));

    private static bool Is(string? text) => text is not null && Placeholders.IsMarked(text);

    // ytt writes its program into comments, so that the text is YAML in which everything of interest is missing.
    private static bool IsYtt(string text)
    {
        for (var at = text.IndexOf("#@", StringComparison.Ordinal); at >= 0; at = text.IndexOf("#@", at + 2, StringComparison.Ordinal))
        {
            if (at + 2 < text.Length && text[at + 2] is ' ' or '/' && (at == 0 || char.IsWhiteSpace(text[at - 1])))
                return true;
        }

        return false;
    }

    // "name: {{x}}" is YAML: a mapping whose key is a mapping.
    private static bool HasBracedKey(Node? node)
    {
        switch (node)
        {
            case MapNode mapping:
                foreach (var entry in mapping.Entries)
                {
                    if (entry.Key is MapNode { Style: NodeStyle.Flow } || HasBracedKey(entry.Value))
                        return true;
                }

                return false;
            case ListNode sequence:
                return sequence.Items.Any(HasBracedKey);
            default:
                return false;
        }
    }
}
