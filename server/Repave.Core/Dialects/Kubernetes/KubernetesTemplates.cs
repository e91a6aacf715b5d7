using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>Tells Helm's and similar templates from manifests that merely contain two braces (in scripts, alert
/// texts, dashboards).</summary>
internal static class KubernetesTemplates
{
    private static readonly string[] HelmRoots =
        [".Values", ".Release", ".Chart", ".Capabilities", ".Files", ".Template", "include ", "template ", "$.Values", "toYaml ", "tpl "];

    public static bool IsTemplate(Document document)
    {
        var text = document.Text;
        if (HasSubstitutedIdentity(document.Root))
            return true;
        if (text.IndexOf("{{", StringComparison.Ordinal) < 0)
            return false;
        // Text that is no YAML because of its braces.
        if (document.Issues.Any(e => e.Kind == SyntaxIssueKind.Syntax))
            return true;
        if (HasBracedKey(document.Root))
            return true;
        foreach (var scalar in document.Scalars)
        {
            if (scalar.Style is NodeStyle.Literal or NodeStyle.Folded || !scalar.Value.Contains("{{", StringComparison.Ordinal))
                continue;
            var action = scalar.Value.Substring(scalar.Value.IndexOf("{{", StringComparison.Ordinal) + 2).TrimStart('-', ' ');
            if (HelmRoots.Any(root => action.StartsWith(root, StringComparison.Ordinal)))
                return true;
        }

        return false;
    }

    // envsubst and the like fill in ${NAME} before anything is applied.
    private static bool HasSubstitutedIdentity(Node? root) =>
        root is MapNode mapping && ((string?[])[mapping.TextAt("apiVersion"), mapping.TextAt("kind"), mapping["metadata"]?.TextAt("name"),
            mapping["metadata"]?.TextAt("namespace")])
            .Any(text => text is not null && IsSubstituted(text));

    /// <summary>Whether a text holds a <c>${NAME}</c> that is filled in before the manifest is applied.</summary>
    public static bool IsSubstituted(string text) =>
        text.IndexOf("${", StringComparison.Ordinal) is var at && at >= 0 && text.IndexOf('}', at) > at;

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
