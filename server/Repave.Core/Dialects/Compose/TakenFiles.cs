using Repave.Core.Dialects.Compose.Loading;
using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Compose;

/// <summary>Which Compose files others include or extend: those are parts of a project, and no project by themselves.</summary>
internal sealed class TakenFiles
{
    private readonly Dictionary<string, HashSet<string>> _takers = new(StringComparer.Ordinal);

    private TakenFiles()
    {
    }

    /// <summary>Reads who takes in whom.</summary>
    public static TakenFiles Of(ComposeFiles files)
    {
        var found = new TakenFiles();
        foreach (var manifest in files.All)
        {
            var text = manifest.Source.Text.Content;
            if (!text.Contains("include", StringComparison.Ordinal) && !text.Contains("extends", StringComparison.Ordinal))
                continue;
            var path = ComposePaths.Clean(manifest.Path);
            var folder = ComposePaths.FolderOf(path);
            foreach (var root in manifest.Source.Documents.Select(d => d.Document.Root).OfType<MapNode>())
            {
                foreach (var include in root.ItemsAt("include"))
                    found.Add(include is MapNode ? include["path"] : include, folder, path, files);
                foreach (var service in (root["services"] as MapNode)?.AllEntries ?? [])
                    found.Add((service.Value["extends"] as MapNode)?["file"], folder, path, files);
            }
        }

        return found;
    }

    /// <summary>The files that take one in, directly or through others, and are taken in by none; none if nobody takes it in.</summary>
    public IReadOnlyList<string> RootsOf(string path)
    {
        if (!_takers.ContainsKey(path))
            return [];
        var (seen, open, roots) = (new HashSet<string>(StringComparer.Ordinal) { path }, new Stack<string>(), new List<string>());
        open.Push(path);
        while (open.Count > 0)
        {
            var one = open.Pop();
            if (!_takers.TryGetValue(one, out var takers))
            {
                roots.Add(one);
                continue;
            }

            foreach (var taker in takers.Where(seen.Add))
                open.Push(taker);
        }

        return roots;
    }

    private void Add(Node? named, string folder, string taker, ComposeFiles files)
    {
        var names = named?.Resolved is ListNode list ? list.ResolvedItems : named is null ? [] : [named];
        foreach (var name in names.Select(n => n.Resolved).OfType<ScalarNode>())
        {
            if (name.IsNull || name.Value.Length == 0 || name.Value.IndexOf('$') >= 0)
                continue;
            var path = ComposePaths.Join(folder, name.Value);
            if (path == taker || files[path] is null)
                continue;
            if (!_takers.TryGetValue(path, out var takers))
                _takers[path] = takers = new HashSet<string>(StringComparer.Ordinal);
            takers.Add(taker);
        }
    }
}
