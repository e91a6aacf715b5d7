using Repave.Core.Rules;
using Repave.Core.Syntax.Dockerfile;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>Comments right above a stage or argument that do not begin with its name.</summary>
public sealed class DescriptionOfOther : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0099";

    /// <inheritdoc/>
    public override string Title => "Comment that describes something else";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "Tools show the comment above a stage or argument as its description if it begins with the name, and "
        + "otherwise it is lost. Begin it with the name, or put an empty line between.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-6"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.docker.com/reference/build-checks/invalid-definition-description/"];

    /// <inheritdoc/>
    public override string Bad => """
        # The shop's image
        FROM alpine:3.20 AS shop
        """;

    /// <inheritdoc/>
    public override string Good => """
        # shop is the shop's image
        FROM alpine:3.20 AS shop
        """;

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink)
    {
        foreach (var (_, instruction) in stage.Owned)
        {
            string[] names = instruction.Keyword == "ARG" ? [.. instruction.Words.Select(w => DockerfileBuild.Pair(w).Name)]
                : DockerfileStages.NameOf(instruction) is { } name ? [name.Text] : [];
            if (names.Length == 0 || instruction.Comments.Count == 0)
                continue;
            var comment = instruction.Comments[instruction.Comments.Count - 1];
            if (!names.Contains(comment.Text.Split(' ')[0]) && !comment.Text.StartsWith("repave:", StringComparison.Ordinal))
                sink.Add(this, comment.Span, $"A description of this begins with its name: '# {names[0]} …'.", stage);
        }
    }
}
