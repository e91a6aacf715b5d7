using Repave.Core.Plans.Replacement;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans.Back;

/// <summary>Entries of maps that have a key and no value (<c>color:</c>): to kubectl they mean that the key is to go, but where the
/// object has no such map the server stores the key with an empty value (measured with kubectl 1.33 on kube-apiserver 1.20.2).</summary>
internal static class EmptyEntries
{
    // What a type has as a map of names that people choose.
    private static readonly HashSet<string> Maps = new(StringComparer.Ordinal)
    {
        "labels", "annotations", "matchLabels", "nodeSelector", "data", "binaryData", "stringData", "hard", "limits", "requests",
        "parameters",
    };

    public static void Judge(WayBack way, MapNode old, MapNode now) => Judge(way, "", old, now, 0);

    private static void Judge(WayBack way, string path, Node? old, MapNode now, int depth)
    {
        if (depth > SyntaxLimits.Depth)
            return;
        foreach (var entry in now.AllEntries)
        {
            if (entry.Name is not { } name || entry.Value.Resolved is not MapNode map)
                continue;
            var (place, before) = (path.Length == 0 ? name : $"{path}.{name}", old?[name]);
            if (place == "metadata.annotations")
                JudgeAnnotations(way, before as MapNode, map);
            else if (Maps.Contains(name))
                JudgeMap(way, place, before as MapNode, map);
            else if (before is MapNode or null)
                Judge(way, place, before, map, depth + 1);
        }
    }

    // kubectl keeps its record in the annotations, so these are always there, and reads none of them where one is not a text.
    private static void JudgeAnnotations(WayBack way, MapNode? before, MapNode map)
    {
        if (KeysOf(map, isEmpty: true) is [var empty, ..] && before is not null && KeysOf(before, isEmpty: false).Count > 0)
            way.Worsen(BackHow.InPlace, $"The annotation '{empty}' has no value in the change: kubectl takes all others away with it, and "
                + "going back sets them again.");
    }

    private static void JudgeMap(WayBack way, string place, MapNode? before, MapNode map)
    {
        var (empty, kept) = (KeysOf(map, isEmpty: true), KeysOf(map, isEmpty: false));
        if (empty.Count == 0)
            return;
        var had = before is null ? [] : KeysOf(before, isEmpty: false);
        if (had.Count == 0)
            way.Worsen(BackHow.InPlace, $"{place}.{empty[0]} has no value in the change: the server stores it empty, and going "
                + "back takes it away.");
        else if (kept.Count == 0 && empty.Find(key => !had.Contains(key)) is { } left)
            way.Say($"{place}.{left} stays, with an empty value: kubectl takes it away of a map that the change has emptied.");
    }

    /// <summary>The keys of a map that have a value, or those that have none.</summary>
    public static List<string> KeysOf(MapNode map, bool isEmpty) =>
        [.. map.AllEntries.Where(e => e.Value.Resolved is ScalarNode { IsNull: true } == isEmpty).Select(e => e.Name).OfType<string>()];
}
