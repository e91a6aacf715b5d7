using Microsoft.CodeAnalysis.Operations;
using Repave.Core.Commands;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>A command is run in a running container through the Docker API.</summary>
public sealed class ExecIntoContainer : CallRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3501";

    /// <inheritdoc/>
    public override string Title => "Command run in a running container";

    /// <inheritdoc/>
    public override string Reason =>
        "What a command changes in a running container is in no image, and is gone with the container. "
        + "Build it into the image, or run a container of its own for it.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.docker.com/reference/api/engine/"];

    /// <inheritdoc/>
    public override string Library => "Docker.DotNet 3.125.15";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["Docker.DotNet.IExecOperations", "Docker.DotNet.IContainerOperations"];

    /// <inheritdoc/>
    public override string Bad => """
        using Docker.DotNet;
        using Docker.DotNet.Models;

        class Example
        {
            async Task Run(IDockerClient docker)
            {
                await docker.Exec.ExecCreateContainerAsync("web", new ContainerExecCreateParameters { Cmd = ["sh"] });
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
                await docker.Containers.CreateContainerAsync(new CreateContainerParameters { Image = "tools:1.4.2" });
            }
        }
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods => ["ExecCreateContainer"];

    internal override string? Judge(IInvocationOperation call) =>
        call.Argument("parameters")?.Bare() is IObjectCreationOperation made && made.ValueOf("Cmd").Words() is { Count: > 0 } words
            && CommandReader.OnlyReads(new CommandLine(words[0], [.. words.Skip(1)])) ? null
            : "This runs a command in a running container: what it changes is in no image and is lost with the container. "
        + "Run a container of its own for it.";
}
