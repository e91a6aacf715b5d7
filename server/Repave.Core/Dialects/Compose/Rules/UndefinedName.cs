using Repave.Core.Rules;

namespace Repave.Core.Dialects.Compose.Rules;

/// <summary>A name that nothing in the project has. Reported with what else Compose refuses.</summary>
public sealed class UndefinedName : ComposeRule
{
    /// <summary>The one instance that findings refer to.</summary>
    public static Rule Instance => RuleCatalogue.Find("RPV0070")!;

    /// <inheritdoc/>
    public override string Id => "RPV0070";

    /// <inheritdoc/>
    public override string Title => "Name that the project does not define";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Error;

    /// <inheritdoc/>
    public override string Reason =>
        "Docker Compose refuses a project whose services name a network, volume, secret, config or service that "
            + "none of its files defines. Define it, or write the name as it is defined.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.docker.com/reference/compose-file/"];

    /// <inheritdoc/>
    public override string Bad => """
        services:
          web:
            image: example.com/web:1.4.2
            networks: [front]
        networks:
          frontend:
        """;

    /// <inheritdoc/>
    public override string Good => """
        services:
          web:
            image: example.com/web:1.4.2
            networks: [frontend]
        networks:
          frontend:
        """;
}
