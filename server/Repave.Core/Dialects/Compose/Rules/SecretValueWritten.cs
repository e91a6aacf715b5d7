using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Compose.Rules;

/// <summary>Credentials that stand in a file.</summary>
public sealed class SecretValueWritten : ComposeRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1260";

    /// <inheritdoc/>
    public override string Title => "Secret in clear text";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A password in a file is in every copy of the repository and in the engine for whoever may look at the "
            + "container, and cannot be changed without all of them. Use secrets, or a variable whose value stands elsewhere.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.docker.com/compose/how-tos/use-secrets/"];

    /// <inheritdoc/>
    public override string Bad => """
        services:
          web:
            image: example.com/web:1.4.2
            environment:
              DB_PASSWORD: k9w2-Vq7x
        """;

    /// <inheritdoc/>
    public override string Good => """
        services:
          web:
            image: example.com/web:1.4.2
            environment:
              DB_PASSWORD: ${DB_PASSWORD}
        """;

    /// <inheritdoc/>
    public override void Check(ComposeResource resource, FindingSink sink)
    {
        if (!resource.IsService)
            return;
        foreach (var entry in (resource.Root["environment"] as MapNode)?.AllEntries ?? [])
        {
            if (entry.Name is { } name && entry.Value.Resolved is ScalarNode { IsNull: false } value && IsSecret(name, value.Value))
                sink.Add(this, resource, value, $"The value of '{name}' stands here for everybody to read: use a secret or a variable.");
        }

        foreach (var item in resource.Root.ItemsAt("environment").OfType<ScalarNode>())
        {
            var sign = item.Value.IndexOf('=');
            if (sign > 0 && IsSecret(item.Value.Substring(0, sign), item.Value.Substring(sign + 1)))
                sink.Add(this, resource, item,
                    $"The value of '{item.Value.Substring(0, sign)}' stands here for everybody to read: use a secret or a variable.");
        }
    }

    // Words that say that something else has to stand there, or nothing at all.
    private static readonly string[] Placeholders = ["changeme", "change-me", "change_me", "xxx", "yes", "no", "true", "false"];

    private static bool IsSecret(string name, string value) =>
        SecretNames.Is(name) && value.Length > 3 && value.IndexOf('$') < 0 && value[0] is not ('/' or '<' or '{')
            && !Array.Exists(Placeholders, p => value.Equals(p, StringComparison.OrdinalIgnoreCase));
}
