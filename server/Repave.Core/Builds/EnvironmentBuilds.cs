using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Builds;

/// <summary>Builds environments from one state of the files.</summary>
/// <param name="around">The files around a folder that people name, and what the folder is called among them; null where it cannot
/// be read.</param>
/// <param name="settings">The settings, which can name the platform's version.</param>
/// <param name="schemas">Says what is wrong with values by a schema; null where schemas are not read.</param>
public sealed class EnvironmentBuilds(
    Func<string, (IBuildFiles Files, string Path)?> around, Settings settings, IValuesSchemas? schemas)
{
    private const int MaxFiles = 20_000;

    /// <summary>Builds what an environment is made from; null if there is nothing of it in this state.</summary>
    public BuiltEnvironment? Build(ManifestEnvironment environment, CancellationToken cancellation = default)
    {
        if (around(environment.Folder) is not var (files, path))
            return null;
        var tool = BuildCatalogue.Of(files, path);
        if (tool is null)
            return Plain(environment, files, path, cancellation);
        var asked = new BuildRequest(files, path)
        {
            IsForServer = true,
            Schemas = schemas,
            PlatformVersion = settings.Versions.GetValueOrDefault(BuildCatalogue.DialectOf(tool)),
        };
        var values = new List<string>();
        foreach (var name in environment.Values)
        {
            if (PathOf(files, path, environment.Folder, name) is not { } found)
                return environment.IsNamed ? WithoutValues(environment, name) : null;
            values.Add(found);
        }

        var result = tool.Build(asked with
        {
            ValuesFiles = values,
            Set = environment.Set,
            Release = environment.Release ?? asked.Release,
            Namespace = environment.Namespace ?? asked.Namespace,
        }, cancellation);
        // A chart's folder holds the values of other environments, too.
        var others = new HashSet<string>(tool.Variants(files, path).Where(name => !values.Contains(name)), StringComparer.Ordinal);
        var read = result.Read.Where(name => !others.Contains(name)).Select(files.NameOf).ToArray();
        return new BuiltEnvironment(environment, result, [.. result.Outputs.Where(output => output.IsManifest
            && output.Text.Trim().Length > 0).Select(output => output.Manifest)], read)
        {
            Covered = result.Failed ? [] : BuiltFolder.CoveredOf(read),
            Parts = result.Failed ? [] : tool is IComposes ? read : BuiltFolder.CoveredOf(read),
            MayBeTakenIn = tool is IComposes,
            Values = [.. values.Select(name => (Name: name, Bytes: files.Read(name))).Where(file => file.Bytes is not null)
                .Select(file => Manifest.Parse(files.NameOf(file.Name), System.Text.Encoding.UTF8.GetString(file.Bytes!)))],
        };
    }

    /// <summary>The path among files of one of values that an environment names; null if there is none.</summary>
    /// <param name="files">The files.</param>
    /// <param name="path">The environment's folder among them.</param>
    /// <param name="folder">The environment's folder as it is named.</param>
    /// <param name="name">The file of values.</param>
    public static string? PathOf(IBuildFiles files, string path, string folder, string name)
    {
        var inside = BuildPaths.Join(path, name);
        if (files.Read(inside) is not null)
            return inside;
        // The place that folders are named from is as many steps up as the folder's name has parts.
        var clean = BuildPaths.Clean(folder);
        var start = BuildPaths.Join(path, string.Concat(Enumerable.Repeat("../", clean.Length == 0 ? 0 : clean.Split('/').Length)));
        var outside = BuildPaths.Join(start, name);
        return files.Read(outside) is not null ? outside : null;
    }

    private static BuiltEnvironment WithoutValues(ManifestEnvironment environment, string name) =>
        new(environment, new BuildResult([], [new BuildProblem($"there is no file of values {name}", null, default, true)]), [], []);

    // Manifests that are applied as they stand.
    private static BuiltEnvironment? Plain(ManifestEnvironment environment, IBuildFiles files, string path, CancellationToken cancellation)
    {
        var names = files.Below(path).Where(DialectCatalogue.IsManifestName).Take(MaxFiles)
            .OrderBy(name => name, StringComparer.Ordinal).ToList();
        if (names.Count == 0)
            return null;
        var manifests = new List<Manifest>();
        foreach (var name in names)
        {
            cancellation.ThrowIfCancellationRequested();
            if (files.Read(name) is not { } bytes)
                continue;
            var text = System.Text.Encoding.UTF8.GetString(bytes);
            if (DialectCatalogue.All.Any(dialect => dialect.MayHold(name, text)))
                manifests.Add(Manifest.Parse(files.NameOf(name), text));
        }

        return new BuiltEnvironment(environment, new BuildResult([], []), manifests, [.. names.Select(files.NameOf)])
        {
            Parts = [.. manifests.Select(manifest => manifest.Path)],
        };
    }
}
