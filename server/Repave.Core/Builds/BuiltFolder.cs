namespace Repave.Core.Builds;

/// <summary>A folder that was built: as it is, and with each file of values that fits.</summary>
/// <param name="Folder">The folder, as people name it.</param>
/// <param name="Result">What it builds by itself.</param>
/// <param name="Variants">What it builds with files of values, by their names.</param>
/// <param name="Covered">The files whose text is not what is applied, because it is built: templates.</param>
public sealed record BuiltFolder(
    string Folder, BuildResult Result, IReadOnlyList<(string Values, BuildResult Result)> Variants, IReadOnlyCollection<string> Covered)
{
    private const int MaxVariants = 16;

    /// <summary>Builds the folders that there are among files.</summary>
    /// <param name="paths">The paths of files, as people name them.</param>
    /// <param name="around">The files around a folder, and what the folder is called among them; null where it cannot be read.</param>
    /// <param name="request">What is built with, but for files and folder.</param>
    /// <param name="withVariants">Whether with each file of values too.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static IReadOnlyList<BuiltFolder> Of(
        IReadOnlyList<string> paths,
        Func<string, (IBuildFiles Files, string Path)?> around,
        Func<BuildRequest, BuildRequest> request,
        bool withVariants,
        CancellationToken cancellation = default)
    {
        var built = new List<BuiltFolder>();
        foreach (var tool in BuildCatalogue.All)
        {
            foreach (var folder in tool.Find(paths))
            {
                if (around(folder) is not var (files, path))
                    continue;
                var plain = request(new BuildRequest(files, path));
                var result = tool.Build(plain, cancellation);
                var variants = !withVariants ? [] : tool.Variants(files, path).Take(MaxVariants)
                    .Select(values => (files.NameOf(values), tool.Build(plain with { ValuesFiles = [values] }, cancellation))).ToArray();
                var names = result.Read.Select(files.NameOf).ToArray();
                // What could not be built is left as it was.
                var covered = result.Failed && variants.All(variant => variant.Item2.Failed) ? [] : CoveredOf(names);
                built.Add(new BuiltFolder(folder, result, variants, covered));
            }
        }

        return built;
    }

    /// <summary>Of files that a build read, those whose text is not what is applied.</summary>
    internal static IReadOnlyCollection<string> CoveredOf(IReadOnlyList<string> read) =>
        [.. read.Where(name => name.IndexOf("/templates/", StringComparison.Ordinal) >= 0
            || name.StartsWith("templates/", StringComparison.Ordinal))];
}
