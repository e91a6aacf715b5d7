using Repave.Core.Commands;
using Repave.Core.Rules;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>COPY, ADD and commands that write below a VOLUME of the stage.</summary>
public sealed class VolumeWrittenAfter : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1181";

    /// <inheritdoc/>
    public override string Title => "Volume filled after it was declared";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "What a build writes below a volume after its declaration is lost with the classic builder and kept with "
        + "BuildKit, so the image depends on who builds it. Write first, and declare the volume behind it.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2", "NIST SP 800-53 SI-14"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.docker.com/reference/dockerfile/#notes-about-specifying-volumes"];

    /// <inheritdoc/>
    public override string Bad => """
        FROM alpine:3.20
        VOLUME /var/shop
        COPY seed.db /var/shop/
        """;

    /// <inheritdoc/>
    public override string Good => """
        FROM alpine:3.20
        COPY seed.db /var/shop/
        VOLUME /var/shop
        """;

    private static readonly string[] Writers = ["mkdir", "chown", "chmod", "touch", "cp", "mv", "ln", "rm", "tee", "install", "chgrp"];

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink)
    {
        var volumes = new List<string>();
        var folder = "/";
        foreach (var (at, instruction) in stage.Numbered)
        {
            switch (instruction.Keyword)
            {
                case "VOLUME":
                    volumes.AddRange(instruction.Words.Select(w => stage.Resolve(at, w)?.Trim().TrimEnd('/'))
                        .Where(v => v is { Length: > 1 } && v[0] == '/')!);
                    break;
                case "WORKDIR" when instruction.Words is [var path]:
                    folder = stage.Resolve(at, path) is { Length: > 0 } next ? Join(folder, next) : "";
                    break;
                case "COPY" or "ADD" when volumes.Count > 0 && instruction.Words.Count > 1:
                    var destination = instruction.Words[instruction.Words.Count - 1];
                    if (stage.Resolve(at, destination) is { } to && Below(Join(folder, to), volumes) is { } volume)
                        Report(destination.Span, volume);
                    break;
                case "RUN" when volumes.Count > 0:
                    foreach (var command in DockerfileCommands.Of(stage, instruction).Where(c => Array.IndexOf(Writers, c.Name) >= 0))
                    {
                        if (Targets(command).Select(w => Below(w, volumes)).FirstOrDefault(v => v is not null) is { } written)
                            Report(DockerfileCommands.PlaceOf(instruction, command), written);
                    }

                    break;
            }
        }

        void Report(TextSpan place, string volume) => sink.Add(this, place,
            $"'{volume}' is a volume already, so the classic builder drops this: write it before the VOLUME.", stage);
    }

    // Of what copies or moves only the last word is written.
    private static IEnumerable<string> Targets(CommandLine command)
    {
        var paths = command.Words.Where(w => w.StartsWith('/') && w.IndexOf(CommandLine.Unknown) < 0);
        return command.Name is "cp" or "ln" or "install" ? paths.Skip(Math.Max(0, paths.Count() - 1)) : paths;
    }

    private static string Join(string folder, string path) =>
        path.StartsWith('/') ? path : folder.Length == 0 ? "" : path is "." or "./" ? folder : folder.TrimEnd('/') + "/" + path;

    private static string? Below(string path, List<string> volumes) =>
        volumes.Find(v => path == v || path.StartsWith(v + "/", StringComparison.Ordinal));
}
