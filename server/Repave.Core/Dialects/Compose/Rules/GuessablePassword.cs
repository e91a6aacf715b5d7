using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Compose.Rules;

/// <summary>Credentials that stand in a file and that anybody can guess.</summary>
public sealed class GuessablePassword : ComposeRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1261";

    /// <inheritdoc/>
    public override string Title => "Password that anybody can guess";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "A password of an example goes wherever the file is copied to, and nobody changes it there. Take a variable without a "
            + "default, so that whoever starts the project has to choose one.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.docker.com/compose/how-tos/use-secrets/"];

    /// <inheritdoc/>
    public override string Bad => """
        services:
          db:
            image: docker.io/library/postgres:17.2
            environment:
              POSTGRES_PASSWORD: postgres
        """;

    /// <inheritdoc/>
    public override string Good => """
        services:
          db:
            image: docker.io/library/postgres:17.2
            environment:
              POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?choose one}
        """;

    /// <inheritdoc/>
    public override void Check(ComposeResource resource, FindingSink sink)
    {
        foreach (var (name, _, place) in WrittenSecrets.Of(resource).Where(s => !SecretNames.IsMade(s.Value)))
            sink.Add(this, resource, place, $"Anybody can guess the value of '{name}': take a variable without a default.");
    }
}
