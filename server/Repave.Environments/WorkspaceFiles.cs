using Repave.Environments.Clients;
using Repave.Environments.Files;

namespace Repave.Environments;

/// <summary>The folders that a check or a plan is about.</summary>
public static class WorkspaceFiles
{
    /// <summary>Whether a file, links followed, is in the folder that the tool runs in, in one that it was asked to look at, in a
    /// repository of
    /// these, or in a folder that is named.</summary>
    public static bool Holds(string path, params IReadOnlyList<string> folders) =>
        IsIn(path, [.. folders, Environment.CurrentDirectory]) || ForeignGround.Around(path) is not null;

    /// <summary>Whether a file, links followed, is in one of some folders.</summary>
    public static bool IsIn(string path, IReadOnlyList<string> folders)
    {
        var real = Folders.RealPath(path);
        return folders.Any(folder => Folders.IsBelow(real, Folders.RealPath(folder)));
    }
}
