using Repave.Core.Rules;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>Files that write most instructions in capitals and some not, or the other way round.</summary>
public sealed class InstructionCasingMixed : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0083";

    /// <inheritdoc/>
    public override string Title => "Instructions in different letters";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "Keywords in two manners are hard to find, and BuildKit warns of them at each build. Write all of them as "
        + "most of the file does.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-6"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.docker.com/reference/build-checks/consistent-instruction-casing/"];

    /// <inheritdoc/>
    public override string Bad => """
        FROM alpine:3.20
        RUN make
        run make install
        """;

    /// <inheritdoc/>
    public override string Good => """
        FROM alpine:3.20
        RUN make
        RUN make install
        """;

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink)
    {
        // Arguments before the first FROM do not count, as with BuildKit.
        var (lower, upper) = (0, 0);
        foreach (var instruction in stage.File.SkipWhile(i => i.Keyword != "FROM"))
        {
            if (instruction.Written == instruction.Written.ToLowerInvariant())
                lower++;
            else if (instruction.Written == instruction.Keyword)
                upper++;
        }

        foreach (var instruction in stage.Instructions.Prepend(stage.From))
        {
            var wanted = lower > upper ? instruction.Keyword.ToLowerInvariant() : instruction.Keyword;
            if (instruction.Written != wanted)
                sink.Add(this, instruction.KeywordSpan, $"Write '{wanted}', as the rest of the file does.", stage,
                    fix: sink.FixHere($"Write {wanted}", new TextEdit(instruction.KeywordSpan, wanted)));
        }
    }
}
