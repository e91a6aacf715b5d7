using Repave.Core.Yaml;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>Tells Helm's and similar templates from manifests that merely contain two braces (in scripts, alert texts, dashboards).</summary>
internal static class KubernetesTemplates
{
    private static readonly string[] HelmRoots = [".Values", ".Release", ".Chart", ".Capabilities", ".Files", ".Template", "include ", "template ", "$.Values", "toYaml ", "tpl "];

    public static bool IsTemplate(YamlDocument document)
    {
        var text = document.Text;
        if (HasSubstitutedIdentity(document.Root))
            return true;
        if (text.IndexOf("{{", StringComparison.Ordinal) < 0)
            return false;
        // Text that is no YAML because of its braces.
        if (document.Errors.Any(e => e.Kind == YamlErrorKind.Syntax))
            return true;
        if (HasBracedKey(document.Root))
            return true;
        foreach (var scalar in document.Scalars)
        {
            if (scalar.Style is YamlStyle.Literal or YamlStyle.Folded || !scalar.Value.Contains("{{", StringComparison.Ordinal))
                continue;
            var action = scalar.Value.Substring(scalar.Value.IndexOf("{{", StringComparison.Ordinal) + 2).TrimStart('-', ' ');
            if (HelmRoots.Any(root => action.StartsWith(root, StringComparison.Ordinal)))
                return true;
        }

        return false;
    }

    // envsubst and the like fill in ${NAME} before anything is applied.
    private static bool HasSubstitutedIdentity(YamlNode? root) =>
        root is YamlMapping mapping && ((string?[])[mapping.TextAt("apiVersion"), mapping.TextAt("kind"), mapping["metadata"]?.TextAt("name"), mapping["metadata"]?.TextAt("namespace")])
            .Any(text => text is not null && IsSubstituted(text));

    /// <summary>Whether a text holds a <c>${NAME}</c> that is filled in before the manifest is applied.</summary>
    public static bool IsSubstituted(string text) =>
        text.IndexOf("${", StringComparison.Ordinal) is var at && at >= 0 && text.IndexOf('}', at) > at;

    // "name: {{x}}" is YAML: a mapping whose key is a mapping.
    private static bool HasBracedKey(YamlNode? node)
    {
        switch (node)
        {
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries)
                {
                    if (entry.Key is YamlMapping { Style: YamlStyle.Flow } || HasBracedKey(entry.Value))
                        return true;
                }

                return false;
            case YamlSequence sequence:
                return sequence.Items.Any(HasBracedKey);
            default:
                return false;
        }
    }
}
