using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>An image is made from a running container.</summary>
public sealed class ContainerCommitted : CallRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3503";

    /// <inheritdoc/>
    public override string Title => "Image taken of a running container";

    /// <inheritdoc/>
    public override string Category => "Images";

    /// <inheritdoc/>
    public override string Reason =>
        "An image of a running container holds whatever happened to that container, and nobody can make it again. "
        + "Build images from a Dockerfile.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.docker.com/reference/cli/docker/container/commit/"];

    /// <inheritdoc/>
    public override string Library => "Docker.DotNet 3.125.15";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["Docker.DotNet.IImageOperations"];

    /// <inheritdoc/>
    public override string Bad => """
        using Docker.DotNet;
        using Docker.DotNet.Models;

        class Example
        {
            async Task Run(IDockerClient docker)
            {
                await docker.Images.CommitContainerChangesAsync(new CommitContainerChangesParameters { ContainerID = "web" });
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
                await docker.Images.ListImagesAsync(new ImagesListParameters());
            }
        }
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods => ["CommitContainerChanges"];

    internal override string? Judge(IInvocationOperation call) =>
        "This makes an image of a running container, which nobody can make again from source: build it from a Dockerfile.";
}
