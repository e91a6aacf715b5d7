using Repave.Core.Dialects.Compose.Loading;
using Repave.Core.Model;

namespace Repave.Core.Dialects.Compose.Plans;

/// <summary>The files that make a project, as they are named on one side of a plan.</summary>
/// <param name="Key">What the project is called on both sides: its folder below what was named.</param>
/// <param name="Folder">Its folder.</param>
/// <param name="Paths">Its own files, the later over the earlier.</param>
/// <param name="Files">All files of its side.</param>
/// <param name="Resources">What its files define.</param>
internal sealed record ProjectFiles(
    string Key, string Folder, IReadOnlyList<string> Paths, ComposeFiles Files, IReadOnlyList<Resource> Resources)
{
    /// <summary>The projects among files: in each folder what Compose reads by itself, or else the files that were named.</summary>
    /// <param name="set">The resources.</param>
    /// <param name="manifests">All files.</param>
    /// <param name="roots">What was named.</param>
    /// <param name="notes">Where to say which files are no part of any.</param>
    public static IReadOnlyList<ProjectFiles> Of(ResourceSet set, IReadOnlyList<Manifest> manifests, IReadOnlyList<string> roots,
        List<string> notes)
    {
        var files = new ComposeFiles(manifests, isWhole: true);
        var found = new List<ProjectFiles>();
        var mine = set.All.GroupBy(r => r.Manifest.Path).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        var named = roots.Select(ComposePaths.Clean).ToList();
        foreach (var group in mine.Keys.GroupBy(path => ComposePaths.FolderOf(ComposePaths.Clean(path)))
            .OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var paths = group.OrderBy(p => p, StringComparer.Ordinal).ToList();
            // Files that were named one by one are what is meant, in their order.
            var chosen = named.Where(n => paths.Exists(p => ComposePaths.Clean(p) == n))
                .Select(n => paths.First(p => ComposePaths.Clean(p) == n))
                .ToList();
            IReadOnlyList<string> own = chosen.Count > 0 ? chosen : ComposeNames.Defaults(paths);
            if (own.Count == 0 && paths.Count == 1)
                own = paths;
            foreach (var other in paths.Except(own))
                notes.Add($"{other} was left out: Compose reads it only where it is named; name the files of the project to plan with it.");
            if (own.Count == 0)
                continue;
            found.Add(new ProjectFiles(KeyOf(group.Key, named), group.Key, own, files, [.. own.SelectMany(p => mine[p])]));
        }

        return found;
    }

    private static string KeyOf(string folder, List<string> roots)
    {
        foreach (var root in roots.OrderByDescending(r => r.Length))
        {
            var holder = ComposeNames.IsNamed(root) || root.EndsWith(".yml", StringComparison.Ordinal)
                || root.EndsWith(".yaml", StringComparison.Ordinal) ? ComposePaths.FolderOf(root) : root;
            if (folder == holder)
                return ".";
            if (holder == ".")
                return folder;
            if (folder.StartsWith(holder + "/", StringComparison.Ordinal))
                return folder.Substring(holder.Length + 1);
        }

        return folder;
    }
}
