using Repave.Core.Builds;
using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Text;

namespace Repave.Core.Analysis;

/// <summary>Which files images are built of, and who runs them: by what the files themselves say (a service that is built, a target with
/// tags). An image that nothing here builds has no links.</summary>
public sealed class ImageLinks
{
    private const int MaxRelated = 10;

    private readonly Dictionary<string, List<Resource>> _stages = new(StringComparer.Ordinal);
    private readonly List<(Resource From, TextSpan Span, Resource Stage, bool IsBuild, string? Name)> _places = [];

    private ImageLinks()
    {
    }

    /// <summary>Finds the links between the resources of analyses.</summary>
    internal static ImageLinks Of(IEnumerable<ManifestAnalysis> analyses)
    {
        var links = new ImageLinks();
        var all = new List<(IImages Set, Resource Resource)>();
        foreach (var (analysis, resource) in analyses.SelectMany(a => a.Resources.Select(r => (a, r))))
        {
            if (resource is IImageStage)
            {
                var path = BuildPaths.Clean(resource.Manifest.Path);
                if (!links._stages.TryGetValue(path, out var stages))
                    links._stages[path] = stages = [];
                stages.Add(resource);
            }

            if (analysis.Prepared(resource.Id.Dialect) is IImages set)
                all.Add((set, resource));
        }

        if (links._stages.Count == 0)
            return links;
        var names = new Dictionary<string, List<Resource>>(StringComparer.Ordinal);
        var builders = new HashSet<Resource>();
        foreach (var build in all.SelectMany(one => one.Set.ImageBuildsOf(one.Resource)))
        {
            if (links.StageOf(build.File, build.Stage) is not { } stage)
                continue;
            builders.Add(build.From);
            links._places.Add((build.From, build.Span, stage, true, null));
            foreach (var name in build.Names.Select(RepositoryOf).Distinct())
            {
                if (!names.TryGetValue(name, out var made))
                    names[name] = made = [];
                if (!made.Contains(stage))
                    made.Add(stage);
            }
        }

        if (names.Count == 0)
            return links;
        foreach (var use in all.SelectMany(one => one.Set.ImagesOf(one.Resource)))
        {
            foreach (var stage in names.GetValueOrDefault(RepositoryOf(use.Name)) ?? [])
                links._places.Add((use.From, use.Span, stage, builders.Contains(use.From), use.Name));
        }

        return links;
    }

    /// <summary>The stages that the image is built of which is named, or whose build is said, at an offset of a file's text.</summary>
    public IReadOnlyList<Resource> StagesAt(string path, int offset) =>
        [.. _places.Where(p => p.From.Manifest.Path == path && p.Span.Shift(p.From.Slot.Start).Touches(offset))
            .Select(p => p.Stage).Distinct()];

    /// <summary>The places that name or build the image of a stage.</summary>
    public IEnumerable<Place> PlacesOf(Resource stage) =>
        _places.Where(p => p.Stage.Id == stage.Id).Select(p => new Place(p.From.Manifest, p.From.Slot, p.Span));

    /// <summary>Who builds and runs what a file is built into, for findings in that file.</summary>
    internal IReadOnlyList<RelatedPlace> RelatedTo(string path)
    {
        var clean = BuildPaths.Clean(path);
        if (_places.Count == 0 || !_stages.ContainsKey(clean))
            return [];
        return [.. _places.Where(p => BuildPaths.Clean(p.Stage.Manifest.Path) == clean && !(p.IsBuild && p.Name is not null)
                && p.From.Manifest.Path != path)
            .OrderBy(p => p.From.Manifest.Path, StringComparer.Ordinal).ThenBy(p => p.From.Slot.Start + p.Span.Start).Take(MaxRelated)
            .Select(p => new RelatedPlace(new Place(p.From.Manifest, p.From.Slot, p.Span), MessageOf(p.From, p.Name)))];
    }

    private static string MessageOf(Resource from, string? image)
    {
        var who = $"{DialectCatalogue.KindOf(from.Id)} '{from.Id.Name}'";
        return image is null ? $"{who} is built from this file"
            : Secrets.Of(from.Slot.Document).Hide($"{who} uses the image '{image}', which is built from this file");
    }

    private Resource? StageOf(string file, string? name)
    {
        if (!_stages.TryGetValue(BuildPaths.Clean(file), out var stages))
            return null;
        return name is null ? stages.Find(s => ((IImageStage)s).IsLast)
            : stages.Find(s => string.Equals(((IImageStage)s).StageName, name, StringComparison.OrdinalIgnoreCase));
    }

    // The registry that names without one mean, and its library, may be written or not.
    private static string RepositoryOf(string image)
    {
        var name = ImageReference.Parse(image).Repository;
        foreach (var prefix in (string[])["docker.io/", "index.docker.io/", "library/"])
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
                name = name.Substring(prefix.Length);
        }

        return name;
    }
}
