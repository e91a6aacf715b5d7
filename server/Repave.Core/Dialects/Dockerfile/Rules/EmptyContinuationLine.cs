using Repave.Core.Rules;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>Empty lines within an instruction that goes over several.</summary>
public sealed class EmptyContinuationLine : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0082";

    /// <inheritdoc/>
    public override string Title => "Empty line between lines that go on";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "BuildKit still leaves out an empty line between lines that go on, and says that it will refuse them. "
        + "Remove the line, or put a number sign into it.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-6"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.docker.com/reference/build-checks/no-empty-continuation/"];

    /// <inheritdoc/>
    public override string Bad => """
        FROM alpine:3.20
        RUN apk add \

            curl
        """;

    /// <inheritdoc/>
    public override string Good => """
        FROM alpine:3.20
        RUN apk add \
            curl
        """;

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink)
    {
        foreach (var (_, instruction) in stage.Owned)
        {
            if (instruction.EmptyLine is not { } line)
                continue;
            var end = stage.Build.Document.Text.IndexOf('\n', line.Start) is var stop and >= 0 ? stop + 1 : line.End;
            sink.Add(this, line, "An empty line stands between lines that go on, which builds will refuse: remove it.", stage,
                fix: sink.FixHere("Remove the empty line", new TextEdit(new TextSpan(line.Start, end), "")));
        }
    }
}
