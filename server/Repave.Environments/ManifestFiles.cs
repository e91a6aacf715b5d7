using System.Text;
using Repave.Core.Dialects;

namespace Repave.Environments;

/// <summary>Finds and reads the files that are to be checked.</summary>
public static class ManifestFiles
{
    private static readonly string[] SkippedFolders = [".git", "node_modules", ".terraform", "bin", "obj"];

    /// <summary>The files that a path means: itself, or the files below it that can be manifests by their names, in the order of their names. Below a folder
    /// that git knows, what .gitignore excludes is left out; hidden folders and those of packages and builds always are.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <param name="asksGit">Whether git may be asked; without it, only hidden folders and those of packages and builds are left out.</param>
    /// <exception cref="FileNotFoundException">There is neither a file nor a folder.</exception>
    public static IReadOnlyList<string> Find(string path, bool asksGit = true)
    {
        if (File.Exists(path))
            return [path];
        if (!Directory.Exists(path))
            throw new FileNotFoundException($"There is no file or folder {path}.", path);
        var full = Path.GetFullPath(path);
        var files = (asksGit ? GitFiles.List(full) : null) ?? Walk(full);
        return [.. files.Where(IsManifest).Where(File.Exists).Select(file => Join(path, Path.GetRelativePath(full, file))).Order(StringComparer.Ordinal)];
    }

    /// <summary>Reads a file as UTF-8 or, with a byte-order mark, as that says. Null if it holds no text (a NUL character).</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static string? Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var encoding = EncodingOf(bytes);
        if (encoding is UTF8Encoding && Array.IndexOf(bytes, (byte)0) >= 0)
            return null;
        // The mark stays a part of the text, so that offsets are those of the file.
        return encoding.GetString(bytes);
    }

    /// <summary>Writes a file that was read before, in the encoding that it has. Whoever reads it sees the old text or the new one, never a
    /// part.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, string text)
    {
        var encoding = EncodingOf(File.ReadAllBytes(path));
        var temporary = path + ".repave~";
        File.WriteAllBytes(temporary, encoding.GetBytes(text));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
        File.Move(temporary, path, overwrite: true);
    }

    private static Encoding EncodingOf(byte[] bytes) => bytes switch
    {
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        _ => Encoding.UTF8,
    };

    private static string Join(string path, string relative) => path is "." or "./" ? relative : Path.Combine(path, relative);

    internal static bool IsManifest(string file) => DialectCatalogue.IsManifestName(file);

    private static List<string> Walk(string folder)
    {
        var files = new List<string>();
        var open = new Stack<string>([folder]);
        while (open.TryPop(out var at))
        {
            try
            {
                files.AddRange(Directory.EnumerateFiles(at));
                foreach (var child in Directory.EnumerateDirectories(at))
                {
                    var name = Path.GetFileName(child);
                    var isLink = new DirectoryInfo(child).LinkTarget is not null;
                    if (!isLink && !SkippedFolders.Contains(name, StringComparer.Ordinal) && name[0] != '.')
                        open.Push(child);
                }
            }
            catch (UnauthorizedAccessException)
            {
                // A folder that may not be listed has no files for its reader.
            }
        }

        return files;
    }
}
