using Repave.Core.Model;
using Repave.Core.Rules;

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
              DB_PASSWORD: k9w2-Vq7x-83mB
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
        foreach (var (name, _, place) in WrittenSecrets.Of(resource).Where(s => SecretNames.IsMade(s.Value)))
            sink.Add(this, resource, place, $"The value of '{name}' stands here for everybody to read: use a secret or a variable.");
    }
}
