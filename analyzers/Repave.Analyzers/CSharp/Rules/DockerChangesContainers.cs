using Repave.Core.Commands;
namespace Repave.Analyzers.CSharp.Rules;

/// <summary>docker is started to change running containers.</summary>
public sealed class DockerChangesContainers : CommandLineRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3802";

    /// <inheritdoc/>
    public override string Title => "docker that changes running containers";

    /// <inheritdoc/>
    public override string Reason =>
        "What is changed in a running container is in no image, and is gone with the container. "
        + "Build it into the image, and replace the container.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.docker.com/reference/cli/docker/"];

    /// <inheritdoc/>
    public override string Bad => """
        using System.Diagnostics;

        class Example
        {
            void Run()
            {
                Process.Start("docker", "exec web apk add curl");
            }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        using System.Diagnostics;

        class Example
        {
            void Run()
            {
                Process.Start("docker", "run --detach registry.example.com/web:1.4.2");
            }
        }
        """;

    internal override CommandKind Kind => CommandKind.Container;

    /// <inheritdoc/>
    protected override string Advice => "build it into an image of a version, and replace the container";
}
