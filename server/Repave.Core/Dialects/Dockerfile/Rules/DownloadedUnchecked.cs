using Repave.Core.Commands;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax.Dockerfile;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>RUN with downloads that it does not hold to a checksum or a signature.</summary>
public sealed class DownloadedUnchecked : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1083";

    /// <inheritdoc/>
    public override string Title => "Download that nothing checks";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "What stands at an address can change without a trace, so the same file builds another image, or one that "
        + "somebody else has put together. Check what was downloaded against a checksum in the same RUN, or use ADD "
        + "--checksum.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 SI-7", "NIST SP 800-53 CM-14", "NIST SP 800-190 4.1.5"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.docker.com/build/building/best-practices/#add-or-copy"];

    /// <inheritdoc/>
    public override string Bad => """
        FROM debian:12.8-slim
        RUN curl -fsSLo /usr/local/bin/agent https://example.com/agent-2.4 && chmod +x /usr/local/bin/agent
        """;

    /// <inheritdoc/>
    public override string Good => """
        FROM debian:12.8-slim
        RUN curl -fsSLo /usr/local/bin/agent https://example.com/agent-2.4 \
            && echo "24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d  /usr/local/bin/agent" | sha256sum -c - \
            && chmod +x /usr/local/bin/agent
        """;

    private static readonly string[] Schemes = ["https://", "http://", "ftp://"];

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink)
    {
        foreach (var add in stage.Instructions.Where(i => i.Keyword == "ADD" && i.Flag("checksum") is not { Length: > 0 }))
        {
            foreach (var source in add.Words.Take(add.Words.Count - 1).Where(w =>
                DockerfileSource.KindOf(w.Text) == DockerfileSourceKind.Address && DownloadWithoutChecksum.IsUnnamed(w.Text)))
                sink.Add(this, source.Span, $"Nothing tells whether '{source.Text}' is still what it was: name a version, and check it.",
                    stage);
        }

        foreach (var run in stage.Instructions.Where(i => i.Keyword == "RUN"))
        {
            var commands = DockerfileCommands.Of(stage, run);
            if (DockerfileCommands.Checks(commands))
                continue;
            foreach (var command in commands.Where(c => c.Name is "curl" or "wget" && !c.Words.Any(IsProbe)))
            {
                // What goes into a shell or moves is said as that, and an archive of a commit can be nothing else.
                if (command.Words.FirstOrDefault(IsAddress) is not { } address || FetchedScriptRun.IsIn(stage, run, KnownImages.None)
                    || NamesCommit(run, address) || DockerfileSource.NamesBranch(address))
                    continue;
                var shown = address.Replace(CommandLine.Unknown.ToString(), "…");
                sink.Add(this, DockerfileCommands.PlaceOf(run, command),
                    $"Nothing tells whether '{shown}' is still what it was: check it against a checksum here.", stage);
            }
        }
    }

    private static bool NamesCommit(DockerfileInstruction run, string address) =>
        address.Split(['/', '.', '-']).Any(DockerfileSource.IsCommit)
            || (address.Contains(CommandLine.Unknown) && run.Text.Split(' ').Any(word => word.IndexOf("://", StringComparison.Ordinal) >= 0
                && (word.IndexOf("COMMIT", StringComparison.OrdinalIgnoreCase) >= 0
                    || word.IndexOf("_SHA", StringComparison.OrdinalIgnoreCase) >= 0)));

    // Asked for its head, or for nothing, an address is only tried.
    private static bool IsProbe(string word) => word is "--head" or "-I" or "--spider" or "/dev/null" or "-o/dev/null";

    private static bool IsAddress(string word) =>
        Array.Exists(Schemes, s => word.StartsWith(s, StringComparison.OrdinalIgnoreCase))
            && word.IndexOf("://localhost", StringComparison.OrdinalIgnoreCase) < 0
            && word.IndexOf("://127.", StringComparison.Ordinal) < 0;
}
