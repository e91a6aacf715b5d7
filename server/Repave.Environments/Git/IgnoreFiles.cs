using Repave.Environments.Files;

namespace Repave.Environments.Git;

/// <summary>What the .gitignore files on the way to a folder, the repository's own list and the user's leave out. Read here, not by git: a
/// file of
/// the tree that is a pipe would make git wait.</summary>
internal sealed class IgnoreFiles
{
    private const int MaxLength = 1 << 20;

    private readonly IgnoreFiles? _above;
    private readonly string _folder;
    private readonly IgnorePattern[] _patterns;

    private IgnoreFiles(IgnoreFiles? above, string folder, IgnorePattern[] patterns) =>
        (_above, _folder, _patterns) = (above, folder, patterns);

    /// <summary>What counts at the top of a repository.</summary>
    public static IgnoreFiles AtTop(Repository repository)
    {
        var users = Read(UsersFile());
        var own = Read(Path.Combine(repository.Common, "info", "exclude"));
        return new IgnoreFiles(new IgnoreFiles(new IgnoreFiles(null, "", users), "", own), "",
            Read(Path.Combine(repository.Root, ".gitignore")));
    }

    /// <summary>What counts in a folder below; this if it has no list of its own.</summary>
    /// <param name="name">The folder's name in the repository.</param>
    /// <param name="path">Where it is.</param>
    public IgnoreFiles Below(string name, string path) => Read(Path.Combine(path, ".gitignore")) is { Length: > 0 } patterns
        ? new IgnoreFiles(this, name + "/", patterns) : this;

    /// <summary>Whether a file or folder is left out. What stands deeper counts more, and of one file the last line that fits.</summary>
    /// <param name="name">Its name in the repository, with slashes.</param>
    /// <param name="isFolder">Whether it is a folder.</param>
    public bool Ignores(string name, bool isFolder)
    {
        var last = name[(name.LastIndexOf('/') + 1)..];
        for (var at = this; at is not null; at = at._above)
        {
            if (at._patterns.Length == 0)
                continue;
            var path = name[at._folder.Length..];
            for (var i = at._patterns.Length - 1; i >= 0; i--)
            {
                if ((isFolder || !at._patterns[i].IsFolderOnly) && at._patterns[i].Matches(path, last))
                    return !at._patterns[i].IsNegated;
            }
        }

        return false;
    }

    private static IgnorePattern[] Read(string? file) =>
        TextOf(file) is not { Length: > 0 } text ? []
            : [.. text.TrimStart('\uFEFF').Split('\n').Select(IgnorePattern.Parse).OfType<IgnorePattern>()];

    private static string? TextOf(string? file)
    {
        try
        {
            // git follows no links to such files either.
            return file is null || SafeFiles.KindOf(file) != FileKind.Regular ? null : RawName.Of(SafeFiles.ReadBytes(file, MaxLength));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // core.excludesFile of the user's own configuration; by default ~/.config/git/ignore.
    private static string? UsersFile()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var configuration = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } set ? set
            : Path.Combine(home, ".config");
        var files = Environment.GetEnvironmentVariable("GIT_CONFIG_GLOBAL") is { Length: > 0 } one ? [one]
            : (string[])[Path.Combine(home, ".gitconfig"), Path.Combine(configuration, "git", "config")];
        foreach (var file in files.Where(Path.IsPathRooted))
        {
            if (SettingOf(TextOf(file), "core", "excludesfile") is { Length: > 0 } named)
                return Path.GetFullPath(named.StartsWith("~/", StringComparison.Ordinal) ? named[2..] : named, home);
        }

        return home.Length == 0 ? null : Path.Combine(configuration, "git", "ignore");
    }

    private static string? SettingOf(string? text, string section, string key)
    {
        string? found = null;
        var isIn = false;
        foreach (var raw in (text ?? "").Split('\n'))
        {
            var line = raw.Trim();
            if (line.StartsWith('['))
                isIn = line.Equals($"[{section}]", StringComparison.OrdinalIgnoreCase);
            else if (isIn && line.Split('=', 2) is [var name, var value] && name.Trim().Equals(key, StringComparison.OrdinalIgnoreCase))
                found = value.Trim().Trim('"');
        }

        return found;
    }
}
