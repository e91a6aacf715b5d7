using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax.Dockerfile;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>ADD of an address whose content nothing holds to what it was.</summary>
public sealed class DownloadWithoutChecksum : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1081";

    /// <inheritdoc/>
    public override string Title => "Download without a checksum";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "What stands at an address can change without a trace, so the same Dockerfile builds another image, "
        + "or one that somebody else has put "
        + "together. Give ADD the checksum of what you looked at, or a commit for a git repository.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 SI-7", "NIST SP 800-53 CM-14", "NIST SP 800-190 4.1.5"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.docker.com/reference/dockerfile/#add---checksum"];

    /// <inheritdoc/>
    public override string Bad => """
        FROM docker.io/library/debian:12.8-slim
        ADD https://downloads.example.com/agent-2.4.tar.gz /opt/
        """;

    /// <inheritdoc/>
    public override string Good => """
        FROM docker.io/library/debian:12.8-slim
        ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://downloads.example.com/agent-2.4.tar.gz /opt/
        """;

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink) => Check(stage, KnownImages.None, sink);

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, KnownImages known, FindingSink sink)
    {
        foreach (var add in stage.Instructions.Where(i => i.Keyword == "ADD" && i.Flag("checksum") is not { Length: > 0 }))
        {
            // The last word is where it goes.
            foreach (var source in add.Words.Take(add.Words.Count - 1))
            {
                switch (DockerfileSource.KindOf(source.Text))
                {
                    // What an argument names behind the number sign, whoever builds knows.
                    case DockerfileSourceKind.Repository when !DockerfileSource.NamesCommit(source.Text)
                        && source.Text.IndexOf('#') is var sign && (sign < 0 || source.Text.IndexOf('$', sign) < 0):
                        sink.Add(this, source.Span,
                            $"'{source.Text}' is what the repository holds when the image is built: name a commit behind a number sign.",
                            stage);
                        break;
                    // What an address of git's references gives is not used: its change makes the steps behind it run again.
                    case DockerfileSourceKind.Address when source.Text.IndexOf("/git/refs/", StringComparison.Ordinal) < 0
                        && !IsUnnamed(source.Text) && !known.IsOwnAddress(source.Text):
                        sink.Add(this, source.Span, DockerfileSource.NamesBranch(source.Text)
                            ? $"'{source.Text}' is another file whenever somebody changes it: name a version, and add a --checksum."
                            : $"Nothing tells whether '{source.Text}' is still what it was: add --checksum=sha256:….", stage);
                        break;
                }
            }
        }
    }

    /// <summary>Whether an address names neither a version nor a branch: what is newest stands there, and a checksum would end builds.
    /// </summary>
    internal static bool IsUnnamed(string address) =>
        !DockerfileSource.NamesBranch(address) && !DockerfileSource.MayNameVersion(address);
}
