using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Compose;

/// <summary>The credentials that stand in a service's environment.</summary>
internal static class WrittenSecrets
{
    // Words that say that something else has to stand there, or nothing at all.
    private static readonly string[] Placeholders = ["changeme", "change-me", "change_me", "xxx", "yes", "no", "true", "false"];

    /// <summary>Each with its name, its value and where it stands.</summary>
    public static IEnumerable<(string Name, string Value, Node Place)> Of(ComposeResource resource)
    {
        if (!resource.IsService)
            yield break;
        foreach (var entry in (resource.Root["environment"] as MapNode)?.AllEntries ?? [])
        {
            if (entry.Name is { } name && entry.Value.Resolved is ScalarNode { IsNull: false } value && IsSecret(name, value.Value))
                yield return (name, value.Value, value);
        }

        foreach (var item in resource.Root.ItemsAt("environment").OfType<ScalarNode>())
        {
            var sign = item.Value.IndexOf('=');
            if (sign > 0 && IsSecret(item.Value.Substring(0, sign), item.Value.Substring(sign + 1)))
                yield return (item.Value.Substring(0, sign), item.Value.Substring(sign + 1), item);
        }
    }

    private static bool IsSecret(string name, string value) =>
        SecretNames.Is(name) && value.Length > 3 && value.IndexOf('$') < 0 && value[0] is not ('/' or '<' or '{')
            && !Array.Exists(Placeholders, p => value.Equals(p, StringComparison.OrdinalIgnoreCase));
}
