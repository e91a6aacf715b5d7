using Repave.Core.Rules;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>A FROM and its AS of which one is in capitals and the other not.</summary>
public sealed class FromAndAsDiffer : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0081";

    /// <inheritdoc/>
    public override string Title => "FROM and AS in different letters";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "One line in two manners is hard to read, and BuildKit warns of it at each build. Write both in capitals, "
        + "or neither.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-6"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.docker.com/reference/build-checks/from-as-casing/"];

    /// <inheritdoc/>
    public override string Bad => """
        FROM alpine:3.20 as build
        """;

    /// <inheritdoc/>
    public override string Good => """
        FROM alpine:3.20 AS build
        """;

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink)
    {
        var keyword = stage.From.Written;
        var isLower = keyword.ToLowerInvariant() == keyword;
        if (stage.Name is null || (!isLower && keyword.ToUpperInvariant() != keyword))
            return;
        var word = stage.From.Words[1];
        var wanted = isLower ? "as" : "AS";
        if (word.Raw != wanted)
            sink.Add(this, word.Span, $"Beside '{keyword}' write '{wanted}'.", stage, fix: sink.FixHere($"Write {wanted}",
                new TextEdit(word.Span, wanted)));
    }
}
