namespace Repave.Environments.Files;

/// <summary>An entry of a folder.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsFolder">Whether it is a folder itself, not a link to one.</param>
/// <param name="IsLink">Whether it is a link.</param>
internal readonly record struct FolderEntry(string Name, bool IsFolder, bool IsLink);

/// <summary>Lists folders, names that are no UTF-8 included.</summary>
internal static class Folders
{
    private const byte KindFolder = 4;
    private const byte KindLink = 10;
    private const byte KindUnknown = 0;

    /// <summary>The entries of a folder; null if it may not be listed.</summary>
    public static IReadOnlyList<FolderEntry>? List(string folder)
    {
        if (!LinuxPlatform.HasCalls)
            return ListManaged(folder);
        return LinuxCalls.List(folder, out _)?.ConvertAll(entry => EntryOf(folder, entry.Name, entry.Kind));
    }

    /// <summary>A path without links in it; as it is where there is nothing.</summary>
    public static string RealPath(string path)
    {
        var full = Path.GetFullPath(path);
        for (string? at = full, rest = ""; at is not null; rest = Path.Combine(Path.GetFileName(at), rest), at = Path.GetDirectoryName(at))
        {
            if ((LinuxPlatform.HasCalls ? LinuxCalls.RealPath(at) : ManagedRealPath(at)) is { } real)
                return rest.Length == 0 ? real : Path.TrimEndingDirectorySeparator(Path.Combine(real, rest));
        }

        return full;
    }

    /// <summary>Whether a path is a folder or below it; both without links.</summary>
    public static bool IsBelow(string path, string folder)
    {
        var comparison = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        var trimmed = Path.TrimEndingDirectorySeparator(folder);
        return path.StartsWith(trimmed, comparison)
            && (path.Length == trimmed.Length || trimmed.EndsWith(Path.DirectorySeparatorChar)
            || path[trimmed.Length] == Path.DirectorySeparatorChar);
    }

    // Some file systems do not say what kind an entry is.
    private static FolderEntry EntryOf(string folder, string name, byte kind)
    {
        if (kind != KindUnknown)
            return new FolderEntry(name, kind == KindFolder, kind == KindLink);
        var isLink = SafeFiles.IsLink(Path.Combine(folder, name));
        return new FolderEntry(name, !isLink && SafeFiles.KindOf(Path.Combine(folder, name)) == FileKind.Folder, isLink);
    }

    private static List<FolderEntry>? ListManaged(string folder)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFileSystemInfos()
                .Select(entry => new FolderEntry(entry.Name, entry is DirectoryInfo
                && (entry.Attributes & FileAttributes.ReparsePoint) == 0, (entry.Attributes & FileAttributes.ReparsePoint) != 0))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? ManagedRealPath(string path)
    {
        if (!Path.Exists(path))
            return null;
        var real = Path.GetPathRoot(path) ?? "";
        foreach (var part in path[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            try
            {
                if (new DirectoryInfo(real).ResolveLinkTarget(returnFinalTarget: true) is { } target)
                    real = target.FullName;
            }
            catch (IOException)
            {
                return null;
            }
        }

        return real;
    }
}
