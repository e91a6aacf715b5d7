using System.Collections.Concurrent;
using System.Runtime.Versioning;
using System.Text;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Environments;
using Repave.Environments.Files;

namespace Repave.Cli;

/// <summary>The files of a command's paths, and what was seen when they were read. A file that cannot be read is said, and the others are
/// gone on with.</summary>
internal sealed class InputFiles
{
    /// <summary>Stands for standard input.</summary>
    public const string StandardInput = "-";

    private readonly ConcurrentDictionary<string, FileText> _flawed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, FileText> _wide = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, UnreadFile> _unread = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ManifestFile> _byPath = new(StringComparer.Ordinal);

    /// <summary>Finds the files below paths, each once, without those that the settings exclude.</summary>
    /// <param name="paths">The files and folders.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="withParts">Whether a part of what its tool reads whole (a file of a Terraform module) stands for all of it.</param>
    /// <exception cref="CommandException">A path means nothing.</exception>
    public InputFiles(IReadOnlyList<string> paths, Settings settings, bool withParts = false)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var files = new List<ManifestFile>();
        var leftOut = new List<string>();
        var skipped = new List<string>();
        foreach (var path in paths)
        {
            try
            {
                IReadOnlyList<string> sparse = [];
                foreach (var file in path == StandardInput ? [new ManifestFile(path, path, null)] : Find(path, withParts, out sparse))
                {
                    if (settings.Exclude.Any(pattern => pattern.Matches(file.Path)))
                        continue;
                    if (LeftOutBy([path], file.Path, settings) is { } folder)
                        skipped.Add(folder);
                    else if (seen.Add(Path.GetFullPath(file.Place)))
                        files.Add(file);
                }

                leftOut.AddRange(sparse.Where(name => !settings.Exclude.Any(pattern => pattern.Matches(name))));
            }
            catch (FileNotFoundException exception)
            {
                throw new CommandException(exception.Message);
            }
        }

        (Files, LeftOut, Skipped) = (files, leftOut, skipped);
        Roots = [.. paths.Select(path => Path.DirectorySeparatorChar == '\\' ? path.Replace('\\', '/') : path)];
        foreach (var file in files)
            _byPath.TryAdd(file.Path, file);
    }

    /// <summary>The files.</summary>
    public IReadOnlyList<ManifestFile> Files { get; }

    /// <summary>What a sparse checkout leaves out below the paths.</summary>
    public IReadOnlyList<string> LeftOut { get; }

    /// <summary>The names of the folders of tests and of others' code because of which files were left out, once for each file.</summary>
    public IReadOnlyList<string> Skipped { get; }

    /// <summary>The paths as they were given.</summary>
    public IReadOnlyList<string> Roots { get; }

    /// <summary>Files that could not be read.</summary>
    public IReadOnlyList<UnreadFile> Unread => [.. _unread.Values.OrderBy(file => file.Path, StringComparer.Ordinal)];

    /// <summary>Files that hold bytes which are no text as they should be: checked as far as they can be read, and never written.</summary>
    public IReadOnlyDictionary<string, FileText> Flawed => _flawed;

    /// <summary>The file of a manifest.</summary>
    public ManifestFile FileOf(string path) => _byPath[path];

    /// <summary>Whether a path is that of one of the files.</summary>
    public bool Has(string path) => _byPath.ContainsKey(path);

    /// <summary>The bytes of a text that stands in a file, in the encoding that the file has.</summary>
    public byte[] BytesOf(string path, string text) => _wide.TryGetValue(path, out var like) ? like.BytesOf(text)
        : Encoding.UTF8.GetBytes(text);

    /// <summary>The text of a file; null if it holds none or cannot be read, which is then said.</summary>
    /// <param name="file">The file.</param>
    /// <param name="isWanted">Whether a text is one to complain of.</param>
    public string? Read(ManifestFile file, Func<string, bool> isWanted)
    {
        try
        {
            var read = file.Path == StandardInput ? FileText.Of(ReadInput()) : ManifestFiles.Read(file);
            if (read is { Flaw: not null, Text: { } text } && isWanted(text))
                _flawed[file.Path] = read;
            if (!read.IsUtf8)
                _wide[file.Path] = read with { Text = null };
            return read.Text;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var reason = Complaints.ReasonOf(exception);
            _unread[file.Path] = new UnreadFile(file.Path, reason);
            Complaints.Unread(file.Path, reason);
            return null;
        }
    }

    /// <summary>The folder because of which a file is left out, going by the paths that were given; null if one of them means the file
    /// itself, or none does.</summary>
    public static string? LeftOutBy(IReadOnlyList<string> given, string file, Settings settings)
    {
        string? folder = null;
        foreach (var path in given)
        {
            if (Below(path, file) is not { } rest)
                continue;
            folder = settings.LeftOutBy(rest);
            if (folder is null)
                return null;
        }

        return folder;
    }

    private static IReadOnlyList<ManifestFile> Find(string path, bool withParts, out IReadOnlyList<string> sparse)
    {
        var found = ManifestFiles.Find(path, out sparse);
        return withParts && found is [{ Within: null } named] ? [named, .. ManifestFiles.PartsOf(named)] : found;
    }

    // A file's path from a path that was given; null if that does not mean it.
    private static string? Below(string given, string file)
    {
        var folder = Path.DirectorySeparatorChar == '\\' ? given.Replace('\\', '/') : given;
        if (folder is "." or "./")
            return file;
        folder = folder.TrimEnd('/');
        return file == folder ? "" : file.StartsWith(folder + "/", StringComparison.Ordinal) ? file[(folder.Length + 1)..] : null;
    }

    private static byte[] ReadInput()
    {
        if (OperatingSystem.IsLinux() && IsInputClosed())
            throw new FileRefusedException("standard input is closed");
        using var input = Console.OpenStandardInput();
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (input.Read(buffer) is > 0 and var count)
        {
            if (bytes.Length + count > SafeFiles.MaxLength)
                throw new FileRefusedException("it is too long");
            bytes.Write(buffer, 0, count);
        }

        return bytes.ToArray();
    }

    // Closed, its number has been given to something of the runtime's own, whose end would never come.
    [SupportedOSPlatform("linux")]
    private static bool IsInputClosed()
    {
        try
        {
            var link = new FileInfo("/proc/self/fd/0").LinkTarget;
            if (link is null || link.StartsWith("anon_inode:", StringComparison.Ordinal))
                return true;
            // Of a pipe that somebody else writes to, the end to write to is not here.
            return link.StartsWith("pipe:", StringComparison.Ordinal) && Directory.EnumerateFileSystemEntries("/proc/self/fd")
                .Any(other => new FileInfo(other).LinkTarget == link && IsForWriting(Path.GetFileName(other)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [SupportedOSPlatform("linux")]
    private static bool IsForWriting(string handle)
    {
        const int accessMode = 3;
        var flags = File.ReadLines($"/proc/self/fdinfo/{handle}")
            .FirstOrDefault(line => line.StartsWith("flags:", StringComparison.Ordinal));
        return flags is not null && (Convert.ToInt64(flags["flags:".Length..].Trim(), 8) & accessMode) != 0;
    }
}
