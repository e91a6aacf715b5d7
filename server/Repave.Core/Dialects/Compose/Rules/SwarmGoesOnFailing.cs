using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Compose.Rules;

/// <summary>Swarm services whose updates go on although new containers fail.</summary>
public sealed class SwarmGoesOnFailing : ComposeRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1364";

    /// <inheritdoc/>
    public override string Title => "Update that goes on when it fails";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "With failure_action: continue Swarm replaces container after container by ones that do not work, until none of "
            + "the old is left. Pause, or roll back.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.docker.com/reference/compose-file/deploy/"];

    /// <inheritdoc/>
    public override string Bad => """
        services:
          web:
            image: example.com/web:1.4.2
            deploy:
              update_config: {failure_action: continue}
        """;

    /// <inheritdoc/>
    public override string Good => """
        services:
          web:
            image: example.com/web:1.4.2
            deploy:
              update_config: {failure_action: rollback}
        """;

    /// <inheritdoc/>
    public override void Check(ComposeResource resource, FindingSink sink)
    {
        if (resource.IsService && resource.Root.At("deploy", "update_config", "failure_action") is ScalarNode { Value: "continue" } action)
            sink.Add(this, resource, action,
                "The update goes on when new containers fail, until no old one is left: say pause or rollback.");
    }
}
