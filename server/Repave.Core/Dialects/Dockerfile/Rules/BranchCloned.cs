using Repave.Core.Commands;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>RUN with git clone of whatever a branch holds that day.</summary>
public sealed class BranchCloned : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1084";

    /// <inheritdoc/>
    public override string Title => "Branch of a repository cloned";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "A branch moves, so the same file builds another image, and nothing in the image says which commit it is "
        + "of. Check out a commit, or clone a tag.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2", "NIST SP 800-53 SI-7", "NIST SP 800-190 4.1.5"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.docker.com/build/building/best-practices/#use-multi-stage-builds"];

    /// <inheritdoc/>
    public override string Bad => """
        FROM alpine/git:2.47.1 AS source
        RUN git clone https://example.com/shop.git /src
        """;

    /// <inheritdoc/>
    public override string Good => """
        FROM alpine/git:2.47.1 AS source
        RUN git clone https://example.com/shop.git /src && git -C /src checkout 0123456789abcdef0123456789abcdef01234567
        """;

    private static readonly string[] Branches =
        ["main", "master", "trunk", "develop", "dev", "development", "HEAD", "stable", "latest", "next"];

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink) => Check(stage, KnownImages.None, sink);

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, KnownImages known, FindingSink sink)
    {
        foreach (var (at, run) in stage.Numbered.Where(n => n.Instruction.Keyword == "RUN"))
        {
            var commands = DockerfileCommands.Of(stage, run);
            if (!commands.Any(c => c.Name == "git"))
                continue;
            // What is checked out may follow in an instruction of its own.
            var later = stage.Numbered.Where(n => n.At > at && n.Instruction.Keyword == "RUN").Take(3)
                .SelectMany(n => DockerfileCommands.Of(stage, n.Instruction));
            if (commands.Concat(later).Any(ChecksOut))
                continue;
            foreach (var clone in commands.Where(c => c.Name == "git" && c.Words.Contains("clone")))
            {
                if (clone.Words.Any(w => w is "--mirror" or "--bare") || (BranchOf(clone) is { } branch && IsVersion(branch))
                    || clone.Words.Any(known.IsOwnAddress))
                    continue;
                sink.Add(this, DockerfileCommands.PlaceOf(run, clone),
                    "This is what the branch holds when the image is built: check out a commit, or clone a tag.", stage);
            }
        }
    }

    private static string? BranchOf(CommandLine clone)
    {
        for (var i = 0; i < clone.Words.Count; i++)
        {
            var word = clone.Words[i];
            if (word is "-b" or "--branch" && i + 1 < clone.Words.Count)
                return clone.Words[i + 1];
            if (word.StartsWith("--branch=", StringComparison.Ordinal) || word.StartsWith("--revision=", StringComparison.Ordinal))
                return word.Substring(word.IndexOf('=') + 1);
            if (word == "--revision" && i + 1 < clone.Words.Count)
                return clone.Words[i + 1];
        }

        return null;
    }

    private static bool ChecksOut(CommandLine command)
    {
        if (command.Name != "git" || command.Words.FirstOrDefault(w => w is "checkout" or "reset" or "switch") is not { } verb)
            return false;
        var words = command.Words.SkipWhile(w => w != verb).Skip(1).Where(w => w.Length > 0 && w[0] != '-').ToList();
        return words.Exists(IsVersion);
    }

    // A commit, a tag, or what whoever builds names; a branch's name has no digit as a rule.
    private static bool IsVersion(string name) =>
        Array.IndexOf(Branches, name.Substring(name.LastIndexOf('/') + 1)) < 0
            && name.Any(c => char.IsDigit(c) || c == CommandLine.Unknown);
}
