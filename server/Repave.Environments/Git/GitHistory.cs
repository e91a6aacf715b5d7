using System.Globalization;
using System.Text;
using Repave.Environments.Files;
using Repave.Environments.Git;

namespace Repave.Environments;

/// <summary>The commits of a repository, and what files held in them. Asks git for objects only: no attribute, filter or program of a
/// repository has a part in it.</summary>
public sealed class GitHistory
{
    // Enough to find who wrote a line; what is older has nobody left to ask.
    private const int MaxLookedThrough = 400;
    private const int Fields = 7;

    private readonly Repository _repository;
    private readonly string _folder;
    private readonly string _prefix;

    private GitHistory(Repository repository, string folder, string prefix) =>
        (_repository, _folder, _prefix) = (repository, folder, prefix);

    /// <summary>The top folder of the work tree, without links.</summary>
    public string Root => _repository.Root;

    /// <summary>The folder's own path in the repository; empty for the top.</summary>
    public string Prefix => _prefix.TrimEnd('/');

    /// <summary>The history of the repository around a folder; null if there is none, or git cannot be asked.</summary>
    /// <param name="folder">Where paths start from.</param>
    public static GitHistory? Open(string folder) =>
        GitObjects.Open(folder, out _) is var (repository, prefix) ? new GitHistory(repository, folder, prefix) : null;

    /// <summary>What the repository calls a file or folder; null if it lies outside.</summary>
    public string? NameOf(string path) => GitObjects.NameInRepository(_folder, _prefix, path);

    /// <summary>The whole hash of the commit that a revision names; null if there is none.</summary>
    public string? Resolve(string revision)
    {
        var answer = GitClient.Run(_repository, ["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"]);
        return answer.ExitCode == 0 && answer.Output.Trim() is { Length: >= 40 } id ? id : null;
    }

    /// <summary>Who git's settings say is at work here; null if they do not.</summary>
    public (string Name, string Email)? User()
    {
        string Setting(string name) => GitClient.Run(_repository, ["config", "--get", name]) is { ExitCode: 0 } answer
            ? Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(answer.Output)).Trim() : "";
        var (name, email) = (Setting("user.name"), Setting("user.email"));
        return name.Length + email.Length == 0 ? null : (name, email);
    }

    /// <summary>The commits that lead from one to another and touch files, the last one first; null with the reason if git cannot
    /// say.</summary>
    /// <param name="from">The hash of the commit that is not among them; null for the beginning.</param>
    /// <param name="to">The hash of the last one.</param>
    /// <param name="names">Files and folders, as the repository calls them; none for all.</param>
    /// <param name="isFirstParent">Whether a merge counts as one commit, and not as those that it brings.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="reason">Why there is no answer.</param>
    public IReadOnlyList<GitCommit>? Commits(string? from, string to, IReadOnlyList<string> names, bool isFirstParent, int most,
        out string reason)
    {
        var answer = GitClient.Run(_repository,
        [
            "log", "-z", "--no-patch", "--no-decorate", "--no-notes", "--no-mailmap", "--no-follow", "--encoding=UTF-8",
            $"--max-count={most}", "--format=%H%x00%P%x00%an%x00%ae%x00%aI%x00%ct%x00%B",
            .. isFirstParent ? (string[])["--first-parent"] : [],
            "--end-of-options", to, .. from is null ? (string[])[] : ["^" + from],
            "--", .. names.Where(name => name.Length > 0).Select(name => $":(top,literal){name}"),
        ]);
        if (!GitClient.Succeeded(answer, "git cannot list the commits", out reason))
            return null;
        var parts = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(answer.Output)).Split('\0');
        var commits = new List<GitCommit>();
        // Between commits stands the same mark as between their fields; a message holds none.
        for (var i = 0; i + Fields <= parts.Length; i += Fields)
        {
            commits.Add(new GitCommit(parts[i].Trim(), parts[i + 2], parts[i + 3], parts[i + 4],
                long.TryParse(parts[i + 5], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0,
                parts[i + 6].Trim())
            {
                Parents = [.. parts[i + 1].Split(' ', StringSplitOptions.RemoveEmptyEntries)],
            });
        }

        return commits;
    }

    /// <summary>The bytes of files at a commit, in their order; null for one that it does not have.</summary>
    /// <param name="commit">The commit's hash.</param>
    /// <param name="names">The files, as the repository calls them.</param>
    public IReadOnlyList<byte[]?> Read(string commit, IReadOnlyList<string> names) =>
        Read([.. names.Select(name => (commit, name))]);

    /// <summary>The commits that touch a file, the newest first, with the lines that it has in each, without the space around them; none
    /// where it has no text.</summary>
    /// <param name="head">The hash of the newest commit.</param>
    /// <param name="name">The file, as the repository calls it.</param>
    public IReadOnlyList<(GitCommit Commit, IReadOnlySet<string> Lines)> Versions(string head, string name)
    {
        if (Commits(null, head, [name], isFirstParent: false, MaxLookedThrough, out _) is not { } commits)
            return [];
        var blobs = Read([.. commits.Select(commit => (commit.Id, name))]);
        return [.. commits.Zip(blobs).Select(version => (version.First, (IReadOnlySet<string>)(version.Second is { } bytes
            ? (FileText.Of(bytes).Text ?? "").Split('\n').Select(line => line.Trim()) : []).ToHashSet(StringComparer.Ordinal)))];
    }

    private IReadOnlyList<byte[]?> Read(IReadOnlyList<(string Commit, string Name)> files)
    {
        // The question is a line.
        var asked = files.Select((file, i) => (file, i)).Where(f => !f.file.Name.Contains('\n', StringComparison.Ordinal)).ToList();
        var read = GitObjects.Read(_repository, asked.ConvertAll(f => $"{f.file.Commit}:{f.file.Name}"), out _);
        var blobs = new byte[]?[files.Count];
        for (var i = 0; i < asked.Count; i++)
            blobs[asked[i].i] = read?[i];
        return blobs;
    }
}
