using Repave.Core.Rules;
using Repave.Environments;

namespace Repave.Cli;

/// <summary>Finds the files that a command's paths mean.</summary>
internal static class ManifestPaths
{
    /// <summary>Stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>The files below paths, each once, without those that the settings exclude.</summary>
    /// <exception cref="CommandException">A path means nothing.</exception>
    public static List<string> Collect(IReadOnlyList<string> paths, Settings settings)
    {
        var files = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            try
            {
                foreach (var file in path == StandardInput ? [path] : ManifestFiles.Find(path))
                {
                    if (!settings.Exclude.Any(pattern => pattern.Matches(file.Replace('\\', '/'))) && seen.Add(Path.GetFullPath(file)))
                        files.Add(file);
                }
            }
            catch (FileNotFoundException exception)
            {
                throw new CommandException(exception.Message);
            }
        }

        return files;
    }
}
