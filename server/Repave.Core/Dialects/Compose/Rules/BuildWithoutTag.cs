using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Compose.Rules;

/// <summary>Builds whose image has no name of its own.</summary>
public sealed class BuildWithoutTag : ComposeRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1062";

    /// <inheritdoc/>
    public override string Title => "Image that is built and has no name";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "An image without a name is called after its folder and latest: each build takes the place of the one before "
            + "it, and there is nothing to go back to. Name the image with a version beside its build.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.docker.com/reference/compose-file/services/"];

    /// <inheritdoc/>
    public override string Bad => """
        services:
          web:
            build: .
        """;

    /// <inheritdoc/>
    public override string Good => """
        services:
          web:
            build: .
            image: example.com/web:1.4.2
        """;

    /// <inheritdoc/>
    public override void Check(ComposeResource resource, FindingSink sink)
    {
        if (resource.IsService && resource.Root.Find("build") is { } build && resource.Root["image"] is null)
            sink.Add(this, resource, build.Key,
                $"The image of '{resource.Id.Name}' has no name and no version, so each build overwrites the last.");
    }
}
