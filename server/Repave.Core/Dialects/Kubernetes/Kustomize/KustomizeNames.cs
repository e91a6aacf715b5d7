using Repave.Core.Builds;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>What kustomizations name: files and folders that they take in, and the resources that their patches change.</summary>
/// <param name="cache">The files that were read before.</param>
internal sealed class KustomizeNames(KustomizeCache cache)
{
    private const int MaxFolders = 500;

    // Whatever names of a structure lead to other files, by the structure's name in kustomize.facts.
    private static readonly HashSet<(string Structure, string Member)> Paths =
    [
        ("Kustomization", "resources"), ("Kustomization", "bases"), ("Kustomization", "components"), ("Kustomization", "crds"),
        ("Kustomization", "configurations"), ("Kustomization", "generators"), ("Kustomization", "transformers"),
        ("Kustomization", "validators"), ("Kustomization", "patchesStrategicMerge"), ("Patch", "path"), ("ReplacementField", "path"),
        ("KvPairSources", "files"), ("KvPairSources", "envs"), ("KvPairSources", "env"), ("HelmChart", "valuesFile"),
        ("HelmChart", "additionalValuesFiles"),
    ];

    /// <summary>Whether what stands in a member of a structure, or in the list there, is a path.</summary>
    public static bool IsPath(string structure, string member) => Paths.Contains((structure, member))
        || (structure is "ConfigMapArgs" or "SecretArgs" or "GeneratorArgs" && Paths.Contains(("KvPairSources", member)));

    /// <summary>The path in what stands in such a place: files of generators may be given a key.</summary>
    public static string PathIn(string member, string text) =>
        member == "files" && text.IndexOf('=') is > 0 and var at ? text.Substring(at + 1) : text;

    /// <summary>The names in the kustomization of a folder and in all that it takes in.</summary>
    public SourceNames Of(IBuildFiles files, string folder)
    {
        var (names, resources) = (new List<SourceName>(), new Dictionary<string, SourceName>(StringComparer.Ordinal));
        var (waiting, seen) = (new Queue<string>([folder]), new HashSet<string>(StringComparer.Ordinal) { folder });
        while (waiting.Count > 0 && seen.Count < MaxFolders)
        {
            var here = waiting.Dequeue();
            if (KustomizeBuilds.FileIn(files, here, cache) is not { Root: MapNode root } file)
                continue;
            foreach (var (structure, member, scalar) in PathsIn(root, "Kustomization", 0))
            {
                var path = KustomizeContext.Join(here, PathIn(member, scalar.Value));
                if (path.StartsWith("..", StringComparison.Ordinal) || scalar.Value.IndexOf('\n') >= 0)
                    continue;
                var target = KustomizeBuilds.FileIn(files, path, cache);
                if (target is not null && seen.Add(path))
                    waiting.Enqueue(path);
                target ??= cache.Read(files, path);
                if (target is null)
                    continue;
                Add(file.Path, scalar, SourceNameKind.File, path, false, file);
                names.Add(new SourceName(SourceNameKind.File, path, target.Path, new TextSpan(0, FirstLine(target.Text)), true));
                var isPatch = structure == "Patch" || member == "patchesStrategicMerge";
                if (target.Path == path && (isPatch || (structure == "Kustomization" && member is "resources" or "bases")))
                    AddResources(target, isPatch);
            }
        }

        names.AddRange(resources.Values);
        return new SourceNames(names);

        void AddResources(KustomizeFile target, bool isPatch)
        {
            foreach (var slot in target.Manifest.Source.Documents)
            {
                if (slot.Document.Root is not MapNode root || root["kind"] is not ScalarNode kind
                    || root["metadata"] is not MapNode metadata || metadata["name"] is not ScalarNode name)
                    continue;
                var one = new SourceName(SourceNameKind.Resource, $"{kind.Value}/{name.Value}", target.Path, name.Span.Shift(slot.Start),
                    !isPatch);
                if (isPatch)
                    names.Add(one);
                else
                    resources.TryAdd(one.Path + "\0" + one.Name, one);
            }
        }

        void Add(string path, ScalarNode scalar, SourceNameKind kind, string name, bool isDefinition, KustomizeFile file) =>
            names.Add(new SourceName(kind, name, path, scalar.Span.Shift(file.Manifest.Source.Documents[0].Start), isDefinition));
    }

    private static int FirstLine(string text) => text.IndexOf('\n') is >= 0 and var at ? Math.Max(1, at) : text.Length;

    private static IEnumerable<(string Structure, string Member, ScalarNode Scalar)> PathsIn(MapNode map, string structure, int depth)
    {
        if (depth > SyntaxLimits.Depth || KustomizeFacts.Instance.Members(structure) is not { } members)
            yield break;
        foreach (var entry in map.AllEntries)
        {
            if (entry.Name is not { } name || !members.TryGetValue(name, out var type))
                continue;
            IEnumerable<Node> values = entry.Value.Resolved is ListNode list ? list.ResolvedItems
                : entry.Value.Resolved is { } one ? [one] : [];
            foreach (var value in values)
            {
                if (value is ScalarNode { IsNull: false } scalar && IsPath(structure, name))
                {
                    yield return (structure, name, scalar);
                }
                else if (value is MapNode inner)
                {
                    foreach (var found in PathsIn(inner, KustomizeFacts.Named(type), depth + 1))
                        yield return found;
                }
            }
        }
    }
}
