using Repave.Core.Rules;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>ENV and LABEL in the form with white space between name and value.</summary>
public sealed class KeyValueWithoutSign : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0092";

    /// <inheritdoc/>
    public override string Title => "ENV or LABEL without a sign of equality";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "The form without a sign of equality takes one pair to the line's end, quotes included, and is kept for "
        + "old files only. Write NAME=value.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-6"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.docker.com/reference/build-checks/legacy-key-value-format/"];

    /// <inheritdoc/>
    public override string Bad => """
        FROM alpine:3.20
        ENV APP_HOME /app
        """;

    /// <inheritdoc/>
    public override string Good => """
        FROM alpine:3.20
        ENV APP_HOME=/app
        """;

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink)
    {
        foreach (var pair in stage.Instructions.Where(i => i.IsLegacyPair))
        {
            var (name, value) = (pair.Words[0], pair.Words[1]);
            var isPlain = value.Raw.IndexOfAny(['"', '\'', stage.Build.Document.Escape]) < 0;
            // The value itself, which may be a secret, is not written again.
            var quote = value.Raw.Any(char.IsWhiteSpace) ? "\"" : "";
            // What goes over lines is left to people.
            isPlain &= value.Span.Length == value.Raw.Length;
            sink.Add(this, name.Span, $"Write {pair.Keyword} {name.Text}=…, which takes several pairs and keeps quotes apart.", stage,
                fix: isPlain ? sink.FixHere($"Write {name.Text}=…",
                    [new TextEdit(new TextSpan(name.Span.End, value.Span.Start), "=" + quote),
                        .. quote.Length == 0 ? (TextEdit?[])[] : [new TextEdit(new TextSpan(value.Span.End, value.Span.End), quote)]])
                    : null);
        }
    }
}
