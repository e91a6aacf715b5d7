using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>A running container is updated, or files are put into it.</summary>
public sealed class ContainerUpdated : CallRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3502";

    /// <inheritdoc/>
    public override string Title => "Container changed in place";

    /// <inheritdoc/>
    public override string Reason =>
        "A container that is updated differs from how it was made, and the one that replaces it will not have the change. "
        + "Make a new container as it should be, and remove the old one.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.docker.com/reference/api/engine/"];

    /// <inheritdoc/>
    public override string Library => "Docker.DotNet 3.125.15";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["Docker.DotNet.IContainerOperations", "Docker.DotNet.ISwarmOperations"];

    /// <inheritdoc/>
    public override string Bad => """
        using Docker.DotNet;
        using Docker.DotNet.Models;

        class Example
        {
            async Task Run(IDockerClient docker)
            {
                await docker.Containers.UpdateContainerAsync("web", new ContainerUpdateParameters());
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
                await docker.Containers.RemoveContainerAsync("web", new ContainerRemoveParameters());
            }
        }
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods =>
        [
            "UpdateContainer", "ExtractArchiveToContainer", "RestartContainer", "UpdateService", "UpdateNode",
            "UpdateSwarm",
        ];

    internal override string? Judge(IInvocationOperation call) =>
        $"{call.TargetMethod.Name} changes in place what runs: make a new one as it should be, and remove the old one.";
}
