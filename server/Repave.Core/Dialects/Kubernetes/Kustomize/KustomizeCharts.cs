using Repave.Core.Builds;
using Repave.Core.Dialects.Kubernetes.Helm;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>A chart that a kustomization takes in (<c>helmCharts</c>), where it lies in the repository.</summary>
internal sealed class KustomizeCharts
{
    private readonly KustomizeContext _context;
    private readonly KustomizationFile _file;
    private readonly MapNode _entry;

    /// <summary>A chart.</summary>
    /// <param name="context">The build.</param>
    /// <param name="file">The kustomization.</param>
    /// <param name="entry">What it says of the chart.</param>
    /// <param name="root">The kustomization's folder.</param>
    /// <exception cref="KustomizeException">It names none.</exception>
    public KustomizeCharts(KustomizeContext context, KustomizationFile file, MapNode entry, string root)
    {
        (_context, _file, _entry) = (context, file, entry);
        Name = Text("name", "chartName");
        if (Name.Length == 0)
            throw file.File.Wrong("chart name cannot be empty", entry);
        var home = file.TextAt(file.Map("helmGlobals"), "chartHome") is { Length: > 0 } said ? said
            : file.TextAt(entry, "chartHome") is { Length: > 0 } own ? own : "charts";
        var (version, repository) = (Text("version", "chartVersion"), Text("repo", "chartRepoUrl"));
        string[] places = version.Length > 0 && repository.Length > 0 ? [$"{home}/{Name}-{version}/{Name}", $"{home}/{Name}"]
            : [$"{home}/{Name}"];
        Folder = places.Select(place => KustomizeContext.Join(root, place))
            .FirstOrDefault(place => KustomizeContext.IsWithin(place, root) && context.Request.Files.Read(place
                + "/Chart.yaml") is not null);
    }

    public string Name { get; }

    /// <summary>Where the chart lies; null where it does not.</summary>
    public string? Folder { get; }

    /// <summary>The resources that it gives.</summary>
    /// <exception cref="KustomizeException">Helm refuses the chart.</exception>
    public List<KustomizeResource> Render(Func<ScalarNode, string, KustomizeFile> load)
    {
        var values = new List<string>();
        var inline = (_file.At(_entry, "valuesInline") ?? _file.At(_entry, "valuesLocal")) as MapNode;
        var own = (_file.At(_entry, "valuesFile") ?? _file.At(_entry, "values")) as ScalarNode;
        var merge = _file.TextAt(_entry, "valuesMerge");
        if (merge is not ("" or "merge" or "override" or "replace"))
            throw _file.File.Wrong("valuesMerge must be one of [merge override replace]", _file.At(_entry, "valuesMerge"));
        if (own is not null && !(merge == "replace" && inline is not null))
            values.Add(load(own, own.Value).Path);
        // A chart's own values count least to Helm, and most where what is inline gives way to them.
        if (merge == "merge" && own is null && inline is not null && _context.Request.Files.Read(Folder + "/values.yaml") is not null)
            values.Add(Folder + "/values.yaml");
        if (inline is { Entries.Count: > 0 })
            values.Insert(merge == "merge" ? 0 : values.Count, InlineFiles.Path);
        foreach (var more in _file.TextsAt(_entry, "additionalValuesFiles"))
            values.Add(load(more, more.Value).Path);
        var request = new BuildRequest(new InlineFiles(_context.Request.Files, _file.File, inline), Folder!)
        {
            ValuesFiles = values,
            Release = _file.TextAt(_entry, "releaseName") is { Length: > 0 } release ? release : "release-name",
            Namespace = _file.TextAt(_entry, "namespace") is { Length: > 0 } space ? space : "default",
            PlatformVersion = _file.TextAt(_entry, "kubeVersion") is { Length: > 0 } version ? version : _context.Request.PlatformVersion,
            IsForServer = _context.Request.IsForServer,
            Schemas = _context.Request.Schemas,
        };
        var rendered = _context.Charts.Render(request, out var result, _context.Cancellation);
        _context.Read.UnionWith(result.Read.Where(path => path != InlineFiles.Path));
        foreach (var source in result.Sources?.Value.Where(source => !_context.Sources.ContainsKey(source.Path)) ?? [])
            _context.Sources[source.Path] = () => source;
        foreach (var problem in result.Problems.Where(problem => !problem.IsFatal))
            _context.Unknown(problem.Message, problem.Message, problem.File ?? _file.File.Manifest, problem.Span);
        if (result.Problems.FirstOrDefault(problem => problem.IsFatal) is { } wrong)
        {
            var here = _file.File.Wrong("", _entry);
            throw new KustomizeException($"the chart '{Name}': {wrong.Message}", wrong.File, wrong.Span)
            {
                Chain = wrong.Chain,
                Summary = wrong.Summary,
            }.At(here.File, here.Span);
        }

        var resources = new List<KustomizeResource>();
        if (_file.IsTrueAt(_entry, "includeCRDs"))
        {
            foreach (var path in _context.Request.Files.Below(Folder + "/crds").OrderBy(path => path, StringComparer.Ordinal))
            {
                if (_context.File(path) is { } file)
                    resources.AddRange(KustomizeReader.Read(file));
            }
        }

        var templates = rendered.Where(one => !one.Name.EndsWith("NOTES.txt", StringComparison.Ordinal) && one.Text.Text.Trim().Length > 0)
            .SelectMany(one => KustomizeReader.Read(new KustomizeFile(one.Text, _file.File))).Where(IsWanted);
        resources.AddRange(templates.OrderBy(resource => HelmOrder.PlaceOf(resource.Kind)));
        return resources;
    }

    private bool IsWanted(KustomizeResource resource)
    {
        if (!resource.Annotations.TryGetValue("helm.sh/hook", out var hook))
            return true;
        return !_file.IsTrueAt(_entry, "skipHooks") && !(_file.IsTrueAt(_entry, "skipTests") && hook.Value.Split(',').Any(h => h.Trim()
            is "test" or "test-success" or "test-failure"));
    }

    private string Text(string name, string old) => _file.TextAt(_entry, name) is { Length: > 0 } text ? text : _file.TextAt(_entry, old);

    // The values that stand in the kustomization, as a file of values in which they stand at the same place.
    private sealed class InlineFiles(IBuildFiles files, KustomizeFile kustomization, MapNode? values) : IBuildFiles
    {
        public const string Path = "\0values";

        public IReadOnlyList<string> Below(string folder) => files.Below(folder);

        public string NameOf(string path) => path == Path ? kustomization.Name : files.NameOf(path);

        public byte[]? Read(string path)
        {
            if (path != Path)
                return files.Read(path);
            var start = kustomization.Manifest.Source.Documents[0].Start;
            var text = kustomization.Text.ToCharArray();
            for (var i = 0; i < text.Length; i++)
            {
                if ((i < start + values!.Span.Start || i >= start + values.Span.End) && text[i] != '\n')
                    text[i] = ' ';
            }

            return System.Text.Encoding.UTF8.GetBytes(text);
        }
    }
}
