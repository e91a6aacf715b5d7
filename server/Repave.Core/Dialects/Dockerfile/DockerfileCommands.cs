using Repave.Core.Commands;
using Repave.Core.Syntax.Dockerfile;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Dockerfile;

/// <summary>What instructions run, as far as a POSIX shell or the words themselves say it.</summary>
internal static class DockerfileCommands
{
    // Longer texts than people write for one instruction are not read.
    private const int MaxLength = 100_000;

    private static readonly string[] Checkers =
    [
        "sha256sum", "sha512sum", "sha384sum", "sha224sum", "sha1sum", "md5sum", "shasum", "sha256", "b2sum", "cksum", "rhash", "gpgv",
        "minisign", "signify", "slsa-verifier", "jarsigner",
    ];

    private static readonly string[] Shells = ["sh", "bash", "ash", "dash", "zsh", "ksh"];

    /// <summary>The commands of an instruction, in their order; none where another shell than a POSIX one reads them.</summary>
    public static IReadOnlyList<CommandLine> Of(DockerfileStage stage, DockerfileInstruction instruction)
    {
        if (instruction.IsExec)
            return OfWords([.. instruction.Words.Select(w => w.Text)]);
        if (instruction.Script.Length > MaxLength || ReadsOtherwise(stage, instruction))
            return [];
        return [.. ShellText.Read(instruction.Script).SelectMany(Inside)];
    }

    /// <summary>Whether commands hold something to a checksum or a signature.</summary>
    public static bool Checks(IReadOnlyList<CommandLine> commands) => commands.Any(c => Array.IndexOf(Checkers, c.Name) >= 0
        || (c.Name is "gpg" or "gpg2" && c.Words.Any(w => w is "--verify" or "--dearmor" or "--import"))
        || (c.Name == "openssl" && c.Words is ["dgst" or "sha256" or "sha512", ..]) || (c.Name == "cosign" && c.Words is [var verb, ..]
            && verb.StartsWith("verify", StringComparison.Ordinal))
        || (c.Name == "apt-key" && c.Words.Contains("add")));

    /// <summary>What a start (CMD, ENTRYPOINT) runs as one text, without what runs nothing.</summary>
    public static string TextOf(DockerfileInstruction start) =>
        start.IsExec ? ShellText.CommandsOf([.. start.Words.Select(w => w.Text)], []) : ShellText.CommandsOf(start.Script);

    /// <summary>What a start does to what runs.</summary>
    public static IEnumerable<CommandEffect> EffectsOf(DockerfileInstruction start) =>
        start.IsExec ? CommandReader.EffectsOf([.. start.Words.Select(w => w.Text)]) : CommandReader.EffectsOf(start.Script);

    /// <summary>Where a command stands in an instruction; all its words if that is not to be found.</summary>
    public static TextSpan PlaceOf(DockerfileInstruction instruction, CommandLine command)
    {
        for (var i = 0; i < instruction.Words.Count; i++)
        {
            if (Plain(instruction.Words[i].Text) != command.Program)
                continue;
            var length = 1;
            while (length <= command.Words.Count && i + length < instruction.Words.Count
                && Means(instruction.Words[i + length].Text, command.Words[length - 1]))
                length++;
            if (length == command.Words.Count + 1)
            {
                var last = instruction.Words[i + length - 1];
                return new TextSpan(instruction.Words[i].Span.Start, last.Span.End - (last.Raw.Length - Plain(last.Raw).Length));
            }
        }

        return instruction.WordsSpan;
    }

    private static IEnumerable<CommandLine> Inside(CommandLine command) =>
        Array.IndexOf(Shells, command.Name) >= 0 ? OfWords([command.Program, .. command.Words]).Prepend(command) : [command];

    private static IReadOnlyList<CommandLine> OfWords(IReadOnlyList<string> words)
    {
        if (CommandLine.Of(words) is not { } command)
            return [];
        var script = Array.IndexOf(Shells, command.Name) < 0 ? -1
            : command.Words.ToList().FindIndex(w => w.Length is > 1 and < 8 && w[0] == '-' && w[1] != '-' && w.EndsWith('c'));
        return script < 0 || script + 1 >= command.Words.Count || command.Words[script + 1].Length > MaxLength ? [command]
            : ShellText.Read(command.Words[script + 1]);
    }

    private static bool ReadsOtherwise(DockerfileStage stage, DockerfileInstruction instruction)
    {
        if (stage.Build.Document.Escape == '`')
            return true;
        var shell = stage.Instructions.TakeWhile(i => i != instruction).LastOrDefault(i => i.Keyword == "SHELL");
        return shell is { Words: [{ Text: var program }, ..] }
            && Array.IndexOf(Shells, program.Substring(program.LastIndexOf('/') + 1)) < 0;
    }

    private static bool Means(string written, string read) =>
        Plain(written) == read || (read.IndexOf(CommandLine.Unknown) >= 0 && written.IndexOf('$') >= 0);

    // What ends a command may stand at its last word.
    private static string Plain(string word) => word.TrimEnd(';', ')', '&', '|');
}
