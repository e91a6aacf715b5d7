using System.Text;
using Repave.Environments.Clients;
using Repave.Environments.Files;

namespace Repave.Environments.Git;

/// <summary>Runs git so that it only reads objects and the index: whatever a repository's own configuration says, git starts nothing,
/// fetches nothing
/// and writes nothing. It always runs at the top of the work tree, where it finds the <c>.git</c> that was found here and no bare
/// repository that
/// lies in the tree.</summary>
internal static class GitClient
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    // Of what the environment tells git this is kept: hooks name the index of a commit that is being made.
    private static readonly string[] Kept = ["GIT_INDEX_FILE", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"];

    private static readonly string Nothing = OperatingSystem.IsWindows() ? "NUL" : "/dev/null";

    private static readonly string[] Settings =
    [
        "core.fsmonitor=false", $"core.hooksPath={Nothing}", $"core.attributesFile={Nothing}", "core.pager=cat", "core.askPass=",
            "core.sshCommand=false", "core.gitProxy=", "core.editor=false",
        "core.useReplaceRefs=false", "core.untrackedCache=false", "core.bare=false", "credential.helper=", "protocol.allow=never",
            "safe.bareRepository=explicit", "submodule.recurse=false",
        "diff.ignoreSubmodules=all", "fetch.recurseSubmodules=false", "gc.auto=0", "maintenance.auto=false", "color.ui=false",
            "log.showSignature=false",
    ];

    /// <summary>Asks git.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="arguments">A command that reads, and its arguments.</param>
    /// <param name="input">What git reads.</param>
    /// <returns>What it answered; its output a character for each byte.</returns>
    public static ClientAnswer Run(Repository repository, IReadOnlyList<string> arguments, byte[]? input = null) =>
        ClientProcess.Run(
            "git",
            ["--no-pager", "--no-optional-locks", "--no-replace-objects", $"--work-tree={repository.Root}",
                .. Settings.SelectMany(s => (string[])["-c", s]), .. arguments],
            repository.Root,
            Limit,
            input,
            Encoding.Latin1,
            environment => Clean(environment, repository));

    /// <summary>Whether git did what it was asked to; if not, why.</summary>
    public static bool Succeeded(ClientAnswer answer, string what, out string reason)
    {
        reason = answer.ExitCode == 0 ? "" : $"{what}: {answer.Error.Trim()}";
        return answer.ExitCode == 0;
    }

    /// <summary>The parts of an output that end at NULs, as names.</summary>
    public static List<string> Parts(ClientAnswer answer) =>
        [.. answer.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(part => RawName.Of(Encoding.Latin1.GetBytes(part)))];

    private static void Clean(IDictionary<string, string?> environment, Repository repository)
    {
        // Owners of machines say in the environment which folders of other users git may use; nothing else of that is taken.
        var trusted = new List<string>();
        for (var i = 0; environment.TryGetValue($"GIT_CONFIG_KEY_{i}", out var key); i++)
        {
            if (string.Equals(key, "safe.directory", StringComparison.OrdinalIgnoreCase)
                && environment.TryGetValue($"GIT_CONFIG_VALUE_{i}", out var value) && value is not null)
                trusted.Add(value);
        }

        foreach (var name in environment.Keys.Where(name => name.StartsWith("GIT_", StringComparison.Ordinal)
            && !Kept.Contains(name, StringComparer.Ordinal)).ToList())
            environment.Remove(name);
        if (trusted.Count > 0)
            environment["GIT_CONFIG_COUNT"] = $"{trusted.Count}";
        for (var i = 0; i < trusted.Count; i++)
            (environment[$"GIT_CONFIG_KEY_{i}"], environment[$"GIT_CONFIG_VALUE_{i}"]) = ("safe.directory", trusted[i]);
        // The system's configuration stays: it is its owner's, and says which folders are safe. What is above counts more than any file.
        environment["GIT_CEILING_DIRECTORIES"] = Path.GetDirectoryName(repository.Root);
        environment["GIT_NO_LAZY_FETCH"] = "1";
        environment["GIT_NO_REPLACE_OBJECTS"] = "1";
        environment["GIT_OPTIONAL_LOCKS"] = "0";
        environment["GIT_TERMINAL_PROMPT"] = "0";
        environment["GIT_ATTR_NOSYSTEM"] = "1";
        environment["GIT_PAGER"] = "cat";
        environment["GIT_ASKPASS"] = "";
        environment["SSH_ASKPASS"] = "";
        environment["LC_ALL"] = "C";
        environment["LANGUAGE"] = "";
    }
}
