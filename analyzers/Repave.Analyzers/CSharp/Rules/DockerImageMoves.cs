using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>A container image of Docker.DotNet whose tag moves.</summary>
public sealed class DockerImageMoves : PropertyRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3504";

    /// <inheritdoc/>
    public override string Title => "Image tag that moves, in Docker.DotNet";

    /// <inheritdoc/>
    public override string Category => "Images";

    /// <inheritdoc/>
    public override string Reason =>
        "An image without a tag, or with the tag latest, is another image after the next push, "
        + "so a restarted pod runs something that nobody rolled out. "
        + "Name a version or, better, a digest.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2", "NIST SP 800-53 CM-3"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.docker.com/reference/cli/docker/image/pull/"];

    /// <inheritdoc/>
    public override string Library => "Docker.DotNet 3.125.15";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types =>
        [
            "Docker.DotNet.Models.Config", "Docker.DotNet.Models.CreateContainerParameters", "Docker.DotNet.Models.ImagesCreateParameters",
            "Docker.DotNet.Models.ContainerSpec",
        ];

    /// <inheritdoc/>
    public override string Bad => """
        using Docker.DotNet;
        using Docker.DotNet.Models;

        class Example
        {
            async Task Run(IDockerClient docker)
            {
                await docker.Containers.CreateContainerAsync(new CreateContainerParameters { Image = "registry.example.com/web:latest" });
            }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        using Docker.DotNet;
        using Docker.DotNet.Models;

        class Example
        {
            async Task Run(IDockerClient docker)
            {
                await docker.Containers.CreateContainerAsync(new CreateContainerParameters { Image = "registry.example.com/web:1.4.2" });
            }
        }
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Properties => ["Image", "FromImage"];

    internal override (string Message, CSharpFix? Fix)? Judge(IPropertyReferenceOperation property, IOperation value)
    {
        if (property.Property.Name != "FromImage")
            return MovingImage.Judge(value) is { } message ? (message, null) : null;
        // A pull says the tag apart; without one it gets all of them.
        var made = property.Parent?.Parent?.Parent as IObjectCreationOperation;
        var tag = made?.ValueOf("Tag");
        if (value.PartlyKnownText() is not { Length: > 0 } image || (tag is not null && tag.Text() is null))
            return null;
        return MovingImage.Judge(tag is null || image.Contains('@') ? image : image + ":" + tag.Text()) is { } pulled ? (pulled, null)
            : null;
    }
}
