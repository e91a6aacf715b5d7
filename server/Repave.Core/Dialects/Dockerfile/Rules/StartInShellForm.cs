using Repave.Core.Rules;
using Repave.Core.Syntax.Dockerfile;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>CMD and ENTRYPOINT in the shell form.</summary>
public sealed class StartInShellForm : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0086";

    /// <inheritdoc/>
    public override string Title => "Start in the shell form";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "In the shell form a shell is the first process, which does not pass signals on, so the container is "
        + "killed instead of stopped. Write the exec form, or set SHELL where a shell is wanted.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-6", "NIST SP 800-190 4.1.2"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.docker.com/reference/build-checks/json-args-recommended/"];

    /// <inheritdoc/>
    public override string Bad => """
        FROM alpine:3.20
        CMD /shop --port 80
        """;

    /// <inheritdoc/>
    public override string Good => """
        FROM alpine:3.20
        CMD ["/shop", "--port", "80"]
        """;

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink)
    {
        foreach (var start in stage.Instructions.Where(i => i.Keyword is "CMD" or "ENTRYPOINT"))
        {
            if (!start.IsExec && start.Words.Count > 0 && !HasShell(stage, start))
                sink.Add(this, start.WordsSpan,
                    $"{start.Keyword} runs in a shell, which does not pass signals on: write {start.Keyword} [\"program\", \"argument\"].",
                    stage);
        }
    }

    private static bool HasShell(DockerfileStage stage, DockerfileInstruction start) =>
        stage.Instructions.TakeWhile(i => i != start).Any(i => i.Keyword == "SHELL")
            || stage.Chain.Skip(1).Any(s => stage.File.SkipWhile(i => i != stage.Build.Froms[s]).Skip(1).TakeWhile(i => i.Keyword != "FROM")
                .Any(i => i.Keyword == "SHELL"));
}
