using Repave.Core.Rules;
using Repave.Environments.Files;

namespace Repave.Environments;

/// <summary>Where settings stand.</summary>
public static class SettingsFiles
{
    /// <summary>The nearest <c>.repave.yaml</c> in a folder or above it, up to the root of its repository; null if there is none.</summary>
    /// <param name="folder">The folder's path.</param>
    public static string? Nearest(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            var path = Path.Combine(at.FullName, SettingsReader.FileName);
            if (SafeFiles.KindOf(path) != FileKind.Absent)
                return path;
            if (Path.Exists(Path.Combine(at.FullName, ".git")))
                return null;
        }

        return null;
    }
}
