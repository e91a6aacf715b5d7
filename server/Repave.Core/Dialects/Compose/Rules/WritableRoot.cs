using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Compose.Rules;

/// <summary>Containers whose programs can be changed while they run.</summary>
public sealed class WritableRoot : ComposeRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1163";

    /// <inheritdoc/>
    public override string Title => "Root filesystem that can be written";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "A container that can write to its root filesystem can be changed after it was started, and runs what no image "
            + "has. Set read_only, with tmpfs and volumes for what is written.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.docker.com/reference/compose-file/services/"];

    /// <inheritdoc/>
    public override string Bad => """
        services:
          web:
            image: example.com/web:1.4.2
        """;

    /// <inheritdoc/>
    public override string Good => """
        services:
          web:
            image: example.com/web:1.4.2
            read_only: true
        """;

    /// <inheritdoc/>
    public override void Check(ComposeResource resource, FindingSink sink)
    {
        if (resource.IsService && resource.Root is { AllEntries.Count: > 0 } service && (service["image"] ?? service["build"]) is not null
            && service.ScalarAt("read_only") is not { IsTrue: true })
            sink.Add(this, resource, resource.NameNode,
                $"The containers of '{resource.Id.Name}' can change their own programs: set read_only.");
    }
}
