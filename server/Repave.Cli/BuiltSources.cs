using Repave.Core.Builds;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Environments;
using Repave.Schemas;

namespace Repave.Cli;

/// <summary>What the files of a command build.</summary>
internal static class BuiltSources
{
    private static readonly ValuesSchemas Schemas = new();

    /// <summary>The folders among files that are built, with what they build.</summary>
    /// <param name="paths">The paths of the files.</param>
    /// <param name="texts">Texts to take instead of what stands in the files, by path.</param>
    /// <param name="settings">The settings, which can name the platform's version.</param>
    /// <param name="withVariants">Whether with each file of values too.</param>
    public static IReadOnlyList<BuiltFolder> Of(IReadOnlyList<string> paths, IReadOnlyDictionary<string, string> texts,
        Settings settings, bool withVariants) =>
        BuiltFolder.Of(paths, folder => (BuildFolder.Around(folder.Length == 0 ? "." : folder, out var path, texts), path),
            request => request with { Schemas = Schemas, IsForServer = true, PlatformVersion = VersionIn(settings) }, withVariants);

    /// <summary>The folders that are built at a revision.</summary>
    public static IReadOnlyList<BuiltFolder> At(RevisionTree revision, IReadOnlyList<string> paths, Settings settings) =>
        BuiltFolder.Of(paths, folder => revision.PathOf(folder) is { } path ? (revision, path) : null,
            request => request with { Schemas = Schemas, IsForServer = true, PlatformVersion = VersionIn(settings) }, withVariants: false);

    private static string? VersionIn(Settings settings) => settings.Versions.TryGetValue("kubernetes", out var version) ? version : null;

    /// <summary>What is applied of what was built.</summary>
    public static IEnumerable<Manifest> Manifests(IReadOnlyList<BuiltFolder> built) => built.SelectMany(one => one.Result.Outputs)
        .Where(output => output.IsManifest && output.Text.Trim().Length > 0).Select(output => output.Manifest);
}
