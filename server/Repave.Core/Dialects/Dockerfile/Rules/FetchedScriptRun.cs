using Repave.Core.Commands;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax.Dockerfile;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>RUN with a script that goes from an address into a shell.</summary>
public sealed class FetchedScriptRun : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1082";

    /// <inheritdoc/>
    public override string Title => "Script run as it is fetched";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "What an address gives is run as root and becomes the image, whatever it is that day, and nobody can tell "
        + "afterwards what was run. Fetch a named version, check it against a checksum, and run it then.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 SI-7", "NIST SP 800-53 CM-14", "NIST SP 800-190 4.1.5"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.docker.com/build/building/best-practices/#using-pipes"];

    /// <inheritdoc/>
    public override string Bad => """
        FROM debian:12.8-slim
        RUN curl -fsSL https://example.com/install.sh | sh
        """;

    /// <inheritdoc/>
    public override string Good => """
        FROM debian:12.8-slim
        ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/i-1.4.sh /i.sh
        RUN sh /i.sh
        """;

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink) => Check(stage, KnownImages.None, sink);

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, KnownImages known, FindingSink sink)
    {
        foreach (var run in stage.Instructions.Where(i => i.Keyword == "RUN"))
        {
            if (IsIn(stage, run, known) && !DockerfileCommands.Checks(DockerfileCommands.Of(stage, run)))
                sink.Add(this, run.WordsSpan,
                    "A script goes from its address into a shell: fetch a version of it, check it against a checksum, and run it then.",
                    stage);
        }
    }

    /// <summary>Whether an instruction runs a script as it is fetched.</summary>
    internal static bool IsIn(DockerfileStage stage, DockerfileInstruction run, KnownImages known)
    {
        if (!InstallCommands.RunsFetchedScript(DockerfileCommands.TextOf(run)))
            return false;
        var fetches = DockerfileCommands.Of(stage, run).Where(c => c.Name is "curl" or "wget").ToList();
        // Of a version that the address names the same script comes, and what goes to a file does not go into the shell.
        return fetches.Count == 0 || fetches.Exists(f => !IsSaved(f)
            && !f.Words.Any(w => w.IndexOf("://", StringComparison.Ordinal) > 0
                && (DockerfileSource.MayNameVersion(w) || known.IsOwnAddress(w))));
    }

    private static bool IsSaved(CommandLine fetch)
    {
        for (var i = 0; i < fetch.Words.Count; i++)
        {
            var word = fetch.Words[i];
            if (word == "--remote-name" || (word == "-O" && fetch.Name == "curl"))
                return true;
            var next = i + 1 < fetch.Words.Count ? fetch.Words[i + 1] : "-";
            if (word == (fetch.Name == "curl" ? "-o" : "-O") || word is "--output" or "--output-document")
                return next is not ("-" or "/dev/stdout");
        }

        return false;
    }
}
