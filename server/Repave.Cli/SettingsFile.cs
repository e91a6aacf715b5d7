using System.CommandLine;
using Repave.Core.Rules;
using Repave.Environments;
using Repave.Environments.Files;

namespace Repave.Cli;

/// <summary>Finds and reads the settings file.</summary>
internal static class SettingsFile
{
    /// <summary>The option that names it.</summary>
    public static Option<string?> Option() => new("--config")
    {
        Description = $"A settings file; by default the {SettingsReader.FileName} of this folder or the nearest above it.",
        HelpName = "FILE",
    };

    /// <summary>The settings of a file, or of the nearest <c>.repave.yaml</c> in this folder or above it (up to the repository's root), and
    /// the folder that their paths start from.</summary>
    /// <exception cref="CommandException">The file is missing or wrong.</exception>
    public static (Settings Settings, string Folder) Load(string? file)
    {
        var path = Find(file);
        if (path is null)
            return (Settings.Default, Environment.CurrentDirectory);
        var settings = SettingsReader.Read(Read(path, isNamed: file is not null), out var errors);
        if (errors.Count > 0)
            throw new CommandException(
                [.. errors.Select(e => $"{path}:{e.Range.Start.Line + 1}:{e.Range.Start.Character + 1}: {e.Message}")]);
        return (settings, Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>The file that settings are read from; null if there is none.</summary>
    /// <param name="file">The file that is named; null to look for the nearest.</param>
    public static string? Find(string? file) => file ?? SettingsFiles.Nearest(Environment.CurrentDirectory);

    private static string Read(string path, bool isNamed)
    {
        try
        {
            // Settings that were found, not named, are the workspace's; what a link leads out to is not.
            if (!isNamed && !WorkspaceFiles.Holds(path, Path.GetDirectoryName(path)!))
                throw new FileRefusedException("it is a link that leads out of the workspace");
            var read = ManifestFiles.Read(path);
            return read.Flaw is { } flaw ? throw new FileRefusedException(flaw)
                : read.Text ?? throw new FileRefusedException("it is not text");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"the settings {path} cannot be read: {Complaints.ReasonOf(exception)}.");
        }
    }
}
