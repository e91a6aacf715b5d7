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
    public override string Library => "System.Diagnostics.Process, CliWrap 3.10.5";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["System.Diagnostics.Process", "System.Diagnostics.ProcessStartInfo", "CliWrap.Command"];

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

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Programs => ["docker", "podman", "nerdctl"];

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Pattern, string What)> Patterns =>
        [
            (@"^(container )?exec\b", "runs a command in a running container"),
            (@"^(container )?cp \S+ \S+:", "puts files into a container"),
            (@"^(container )?update\b", "changes a container in place"),
            (@"^(container )?commit\b", "makes an image of a running container"),
            (@"^(run|create|pull)\b.* \S+:latest\b", "uses an image whose tag moves"),
        ];

    /// <inheritdoc/>
    protected override string Advice => "build it into an image of a version, and replace the container";
}
