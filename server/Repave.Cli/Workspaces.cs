using Repave.Environments;
using Repave.Environments.Files;

namespace Repave.Cli;

/// <summary>Reads what texts and settings name: files of the workspace only.</summary>
internal static class Workspaces
{
    /// <summary>The text of a schema.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="settingsFolder">The folder of the settings, which their user may have named wherever it is.</param>
    /// <exception cref="IOException">It is none of the workspace's, or cannot be read.</exception>
    public static string ReadSchema(string path, string settingsFolder)
    {
        if (!WorkspaceFiles.Holds(path, settingsFolder))
            throw new FileRefusedException("it is outside of the workspace");
        return ManifestFiles.Read(path) switch
        {
            { Flaw: { } flaw } => throw new FileRefusedException(flaw),
            { Text: { } text } => text,
            _ => throw new FileRefusedException("it is not text"),
        };
    }
}
