using Repave.Core.Rules;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>Containers that install software each time they start.</summary>
public sealed class SoftwareInstalledAtStart : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1180";

    /// <inheritdoc/>
    public override string Title => "Software installed when the container starts";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A container that installs software at its start runs what the registry holds that day, "
        + "changes itself after it was tested, and does not "
        + "start where the registry cannot be reached. Install it with RUN, so that it is a part of the image.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2", "NIST SP 800-53 CM-7", "NIST SP 800-53 SI-14"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.docker.com/build/building/best-practices/#create-ephemeral-containers"];

    /// <inheritdoc/>
    public override string Bad => """
        FROM docker.io/library/python:3.13.0-slim
        COPY . /app
        ENTRYPOINT ["sh", "-c", "pip install -r /app/requirements.txt && exec python /app/main.py"]
        """;

    /// <inheritdoc/>
    public override string Good => """
        FROM docker.io/library/python:3.13.0-slim
        COPY . /app
        RUN pip install -r /app/requirements.txt
        ENTRYPOINT ["python", "/app/main.py"]
        """;

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink)
    {
        foreach (var start in stage.Instructions.Where(i => i.Keyword is "ENTRYPOINT" or "CMD"))
        {
            if (InstallCommands.InstallsOrUpgrades([.. DockerfileCommands.EffectsOf(start)], DockerfileCommands.TextOf(start)) is { } what)
                sink.Add(this, start.WordsSpan,
                    $"The {start.Keyword} {what} each time a container starts: build it into the image with RUN.", stage);
        }
    }
}
