using Repave.Core.Yaml;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>Tells Helm's and similar templates from manifests that merely contain two braces (in scripts, alert texts, dashboards).</summary>
internal static class KubernetesTemplates
{
    private static readonly string[] HelmRoots = [".Values", ".Release", ".Chart", ".Capabilities", ".Files", ".Template", "include ", "template ", "$.Values", "toYaml ", "tpl "];

    public static bool IsTemplate(YamlDocument document)
    {
        var text = document.Text;
        var at = text.IndexOf("{{", StringComparison.Ordinal);
        if (at < 0)
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
