using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Compose.Rules;

/// <summary>Containers with every right on the host.</summary>
public sealed class PrivilegedService : ComposeRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1164";

    /// <inheritdoc/>
    public override string Title => "Privileged container";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => [.. base.Controls, "CIS Docker Benchmark 5.5"];

    /// <inheritdoc/>
    public override string Reason =>
        "A privileged container can change the host and every other container on it, so that nothing that runs there "
            + "can be trusted to be what was deployed. Give it the capabilities and devices that it needs.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.docker.com/reference/compose-file/services/"];

    /// <inheritdoc/>
    public override string Bad => """
        services:
          web:
            image: example.com/web:1.4.2
            privileged: true
        """;

    /// <inheritdoc/>
    public override string Good => """
        services:
          web:
            image: example.com/web:1.4.2
            cap_add: [NET_ADMIN]
        """;

    /// <inheritdoc/>
    public override void Check(ComposeResource resource, FindingSink sink)
    {
        if (resource.IsService && resource.Root.ScalarAt("privileged") is { IsTrue: true } privileged)
            sink.Add(this, resource, privileged,
                $"'{resource.Id.Name}' has every right on the host: give it the capabilities that it needs.");
    }
}
