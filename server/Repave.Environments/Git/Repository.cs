using System.Text;
using Repave.Environments.Files;

namespace Repave.Environments.Git;

/// <summary>A repository with a work tree, found by its <c>.git</c>. A bare repository that lies in a tree is none: whoever made the tree
/// wrote its
/// configuration.</summary>
/// <param name="Root">The top folder of the work tree, without links.</param>
/// <param name="Folder">The folder that holds its HEAD and index.</param>
/// <param name="Common">The folder that its work trees share.</param>
internal sealed record Repository(string Root, string Folder, string Common)
{
    private const int MaxPointer = 8192;

    /// <summary>The repository whose work tree holds a folder; null if there is none.</summary>
    public static Repository? Around(string folder)
    {
        for (var at = Folders.RealPath(folder); at is not null; at = Path.GetDirectoryName(at))
        {
            if (At(at) is { } found)
                return found;
        }

        return null;
    }

    /// <summary>The path of a file or folder in the repository, with slashes; empty for its top, null outside.</summary>
    public string? NameOf(string realPath) =>
        !Folders.IsBelow(realPath, Root) ? null : realPath.Length <= Root.Length ? ""
            : Slashed(realPath[Root.Length..].TrimStart(Path.DirectorySeparatorChar));

    /// <summary>A path with forward slashes. Only where the system separates with backslashes does one separate; elsewhere it is a part of
    /// a name.</summary>
    public static string Slashed(string path) => Path.DirectorySeparatorChar == '\\' ? path.Replace('\\', '/') : path;

    private static Repository? At(string root)
    {
        var dot = Path.Combine(root, ".git");
        switch (SafeFiles.KindOf(dot))
        {
            case FileKind.Folder:
                return IsRepository(dot, dot) ? new Repository(root, dot, dot) : null;
            case FileKind.Regular when Pointer(dot) is { } text && text.StartsWith("gitdir:", StringComparison.Ordinal):
                var folder = Path.GetFullPath(text["gitdir:".Length..].Trim(), root);
                var shared = Path.Combine(folder, "commondir");
                var common = SafeFiles.KindOf(shared) == FileKind.Regular && Pointer(shared) is { } name
                    ? Path.GetFullPath(name.Trim(), folder) : folder;
                return IsRepository(folder, common) ? new Repository(root, folder, common) : null;
            default:
                return null;
        }
    }

    // As git sees it; and nothing in it that would make git wait.
    private static bool IsRepository(string folder, string common) =>
        SafeFiles.KindOf(Path.Combine(folder, "HEAD")) is FileKind.Regular or FileKind.DanglingLink
        && SafeFiles.KindOf(Path.Combine(common, "objects")) == FileKind.Folder
        && SafeFiles.KindOf(Path.Combine(common, "refs")) == FileKind.Folder
        && SafeFiles.KindOf(Path.Combine(common, "config")) is FileKind.Regular or FileKind.Absent
        && SafeFiles.KindOf(Path.Combine(folder, "index")) is FileKind.Regular or FileKind.Absent;

    private static string? Pointer(string file)
    {
        try
        {
            return Encoding.UTF8.GetString(SafeFiles.ReadBytes(file, MaxPointer));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
