using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Compose.Rules;

/// <summary>Services whose container has a fixed name.</summary>
public sealed class FixedContainerName : ComposeRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1160";

    /// <inheritdoc/>
    public override string Title => "Container name that only one can have";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "One engine has a name once, so a new container cannot run beside the old one, nor a second project beside "
            + "the first, nor two of the service. Leave container_name out: services reach each other by their names.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.docker.com/reference/compose-file/services/"];

    /// <inheritdoc/>
    public override string Bad => """
        services:
          web:
            image: example.com/web:1.4.2
            container_name: web
        """;

    /// <inheritdoc/>
    public override string Good => """
        services:
          web:
            image: example.com/web:1.4.2
        """;

    /// <inheritdoc/>
    public override void Check(ComposeResource resource, FindingSink sink)
    {
        if (resource.IsService && resource.Root.ScalarAt("container_name") is { IsNull: false } name)
            sink.Add(this, resource, name,
                $"Only one container can be called '{name.Value}', so old and new cannot run side by side.");
    }
}
