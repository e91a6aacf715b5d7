using Repave.Core.Rules;
using Repave.Environments;

namespace Repave.Cli;

/// <summary>Finds and reads the settings file.</summary>
internal static class SettingsFile
{
    /// <summary>The settings of a file, or of the nearest <c>.repave.yaml</c> in this folder or above it (up to the repository's root), and
    /// the folder that their paths start from.</summary>
    /// <exception cref="CommandException">The file is missing or wrong.</exception>
    public static (Settings Settings, string Folder) Load(string? file)
    {
        var path = file ?? Nearest();
        if (path is null)
            return (Settings.Default, Environment.CurrentDirectory);
        string text;
        try
        {
            text = ManifestFiles.Read(path) ?? throw new CommandException($"{path} is no text.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"the settings {path} cannot be read: {exception.Message}");
        }

        var settings = SettingsReader.Read(text, out var errors);
        if (errors.Count > 0)
            throw new CommandException(string.Join("\n", errors.Select(e => $"{path}:{e.Range.Start.Line + 1}:{e.Range.Start.Character + 1}: {e.Message}")));
        return (settings, Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    private static string? Nearest()
    {
        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, SettingsReader.FileName);
            if (File.Exists(path))
                return path;
            if (Path.Exists(Path.Combine(folder.FullName, ".git")))
                return null;
        }

        return null;
    }
}
