using Repave.Core.Rules;

namespace Repave.Core.Builds;

/// <summary>Finds the environments that a repository has: those that settings name, and those of its sources that no setting names, each
/// overlay that nothing includes, each chart with its default values and with each file of values that fits.</summary>
public static class EnvironmentFinder
{
    private const int MaxVariants = 16;

    /// <summary>The environments among files.</summary>
    /// <param name="paths">The paths of files, as people name them.</param>
    /// <param name="around">The files around a folder, and what the folder is called among them; null where it cannot be read.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="settingsFolder">The folder that the settings' paths start from, as people name it; empty for where all start.</param>
    /// <param name="read">The texts of files, where manifests that name environments are looked for; null to look at none.</param>
    public static IReadOnlyList<ManifestEnvironment> Find(
        IReadOnlyList<string> paths,
        Func<string, (IBuildFiles Files, string Path)?> around,
        Settings settings,
        string settingsFolder,
        Func<string, string?>? read = null)
    {
        var named = Named(settings, settingsFolder);
        if (read is not null)
            named.AddRange(Deployed(paths, around, settingsFolder, read, named));
        var taken = new HashSet<string>(named.Select(one => one.Folder), StringComparer.Ordinal);
        var found = new List<(ManifestEnvironment Environment, string Short)>();
        foreach (var tool in BuildCatalogue.All)
        {
            foreach (var folder in tool.Find(paths).Select(BuildPaths.Clean))
            {
                if (taken.Contains(folder) || around(folder) is not var (files, path))
                    continue;
                var name = folder.Length == 0 ? BuildPaths.NameOf(path) is { Length: > 0 } own ? own : tool.Name
                    : BuildPaths.NameOf(folder);
                found.Add((new ManifestEnvironment(folder.Length == 0 ? name : folder, folder), name));
                foreach (var values in tool.Variants(files, path).Take(MaxVariants))
                {
                    var file = path.Length == 0 ? values : values.Substring(path.Length + 1);
                    var stem = StemOf(file);
                    found.Add((new ManifestEnvironment($"{(folder.Length == 0 ? name : folder)}:{stem}", folder) { Values = [file] },
                        stem));
                }
            }
        }

        // A short name is enough where nothing else has it.
        var shorts = found.GroupBy(one => one.Short, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(),
            StringComparer.Ordinal);
        var names = new HashSet<string>(named.Select(one => one.Name), StringComparer.Ordinal);
        foreach (var (environment, name) in found)
            named.Add(shorts[name] == 1 && names.Add(name) ? environment with { Name = name } : environment);
        return named;
    }

    /// <summary>The environments that settings name, with their paths from where all paths start.</summary>
    public static List<ManifestEnvironment> Named(Settings settings, string settingsFolder) =>
        [.. settings.Environments.Select(one => one with { Folder = BuildPaths.Join(settingsFolder, one.Folder) })];

    // What tools deploy from the repository; their paths start at its top, which is where the settings are, or should be.
    private static List<ManifestEnvironment> Deployed(IReadOnlyList<string> paths, Func<string, (IBuildFiles Files, string Path)?> around,
        string top, Func<string, string?> read, List<ManifestEnvironment> named)
    {
        var folders = new HashSet<string>(BuildCatalogue.All.SelectMany(tool => tool.Find(paths)).Select(BuildPaths.Clean)
            .Where(folder => BuildPaths.IsBelow(folder, top) && folder != top)
            .Select(folder => top.Length == 0 ? folder : folder.Substring(top.Length + 1)), StringComparer.Ordinal);
        var found = new List<ManifestEnvironment>();
        if (folders.Count == 0)
            return found;
        var names = new HashSet<string>(named.Select(one => one.Name), StringComparer.Ordinal);
        var taken = new HashSet<string>(named.Select(one => one.Folder), StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (read(path) is not { } text || !Dialects.DialectCatalogue.All.Any(dialect => dialect is INamesEnvironments names
                && names.MayName(text)))
                continue;
            var manifest = Model.Manifest.Parse(path, text);
            foreach (var environment in Dialects.DialectCatalogue.All.OfType<INamesEnvironments>()
                .SelectMany(dialect => dialect.EnvironmentsOf(manifest, folders)))
            {
                var placed = environment with { Folder = BuildPaths.Join(top, environment.Folder) };
                if (!taken.Contains(placed.Folder) && names.Add(placed.Name))
                    found.Add(placed);
            }
        }

        return found;
    }

    // "values-prod.yaml" is prod, "ci/default-values.yaml" ci/default.
    private static string StemOf(string file)
    {
        var name = file.Substring(0, file.LastIndexOf('.'));
        var slash = name.LastIndexOf('/') + 1;
        var last = name.Substring(slash);
        if (last.StartsWith("values-", StringComparison.Ordinal) || last.StartsWith("values.", StringComparison.Ordinal))
            last = last.Substring("values-".Length);
        else if (last.EndsWith("-values", StringComparison.Ordinal))
            last = last.Substring(0, last.Length - "-values".Length);
        return name.Substring(0, slash) + last;
    }
}
