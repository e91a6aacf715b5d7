using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Compose.Rules;

/// <summary>Services that are started again for ever, with nothing that tells whether they work.</summary>
public sealed class RestartHidesFailures : ComposeRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1361";

    /// <inheritdoc/>
    public override string Title => "Restarts that nobody notices";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason => "A container that is always started again looks as if it ran while it fails every minute. Give it a "
        + "healthcheck, or restart: on-failure with a bound.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.docker.com/reference/compose-file/services/"];

    /// <inheritdoc/>
    public override string Bad => """
        services:
          web:
            image: example.com/web:1.4.2
            restart: always
        """;

    /// <inheritdoc/>
    public override string Good => """
        services:
          web:
            image: example.com/web:1.4.2
            restart: always
            healthcheck: {test: [CMD, /web, check]}
        """;

    /// <inheritdoc/>
    public override void Check(ComposeResource resource, FindingSink sink)
    {
        if (resource.IsService && resource.Root.ScalarAt("restart") is { Value: "always" or "unless-stopped" or "on-failure" } restart
            && resource.Root["healthcheck"] is null)
            sink.Add(this, resource, restart,
                $"'{resource.Id.Name}' is started again whenever it fails, and nothing tells whether it works.");
    }
}
