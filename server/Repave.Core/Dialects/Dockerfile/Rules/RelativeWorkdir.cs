using Repave.Core.Rules;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>A first WORKDIR that depends on where the base image left off.</summary>
public sealed class RelativeWorkdir : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0089";

    /// <inheritdoc/>
    public override string Title => "Relative WORKDIR";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "A relative WORKDIR begins where the base image stands, so another base puts everything behind it "
        + "elsewhere. Write an absolute path first.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-6"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.docker.com/reference/build-checks/workdir-relative-path/"];

    /// <inheritdoc/>
    public override string Bad => """
        FROM nginx:1.27
        WORKDIR usr/share/nginx/html
        COPY public .
        """;

    /// <inheritdoc/>
    public override string Good => """
        FROM nginx:1.27
        WORKDIR /usr/share/nginx/html
        COPY public .
        """;

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink)
    {
        // Only the first one depends on the image.
        if (stage.Chain.Skip(1).Any(s => stage.File.SkipWhile(i => i != stage.Build.Froms[s]).Skip(1).TakeWhile(i => i.Keyword != "FROM")
            .Any(i => i.Keyword == "WORKDIR")))
            return;
        var (at, first) = stage.Numbered.FirstOrDefault(n => n.Instruction.Keyword == "WORKDIR");
        if (first is not { Words: [var path] } || stage.Resolve(at, path) is not { Length: > 0 } text || IsAbsolute(text))
            return;
        sink.Add(this, path.Span, $"'{text}' begins wherever the base image stands: write an absolute path.", stage);
    }

    private static bool IsAbsolute(string path) => path[0] is '/' or '\\' || (path.Length > 1 && path[1] == ':');
}
