using Repave.Core.Builds;
using Repave.Core.Model;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Loads charts as Helm does, and those beside them that they ask for.</summary>
internal sealed class HelmLoader(IBuildFiles files, HelmCache cache)
{
    private const int MaxDepth = 20;
    private const long MaxSize = 100 * 1024 * 1024;

    private long _size;

    /// <summary>What is wrong, without ending the build.</summary>
    public List<BuildProblem> Warnings { get; } = [];

    /// <summary>The files that were read.</summary>
    public HashSet<string> Read { get; } = new(StringComparer.Ordinal);

    /// <summary>The same with what is in them.</summary>
    public List<HelmFile> Sources { get; } = [];

    /// <summary>Loads the chart of a folder, or of a packed file.</summary>
    /// <exception cref="HelmException">Helm does not load it.</exception>
    public HelmChart Load(string folder) => LoadFolder(folder, 0);

    private HelmChart LoadFolder(string folder, int depth)
    {
        var prefix = folder.Length == 0 || folder == "." ? "" : folder.TrimEnd('/') + "/";
        var all = new List<HelmFile>();
        var ignore = files.Read(prefix + ".helmignore") is { } rules ? HelmIgnore.Parse(rules) : HelmIgnore.Default;
        foreach (var path in files.Below(folder).OrderBy(path => path, StringComparer.Ordinal))
        {
            var name = path.Substring(prefix.Length);
            if (ignore.Ignores(name) || files.Read(path) is not { } bytes)
                continue;
            Count(bytes.Length);
            Read.Add(path);
            var file = new HelmFile(name, files.NameOf(path), bytes);
            all.Add(file);
            Sources.Add(file);
        }

        var chart = LoadFiles(all, folder, depth);
        LoadBeside(chart, prefix, depth);
        return chart;
    }

    private void Count(long length)
    {
        if ((_size += length) > MaxSize)
            throw new HelmException("the chart is larger than Repave follows");
    }

    private HelmChart LoadFiles(List<HelmFile> all, string where, int depth)
    {
        if (depth > MaxDepth)
            throw new HelmException("charts are nested too deeply");
        var file = all.Find(f => f.Name == "Chart.yaml") ?? throw new HelmException("Chart.yaml file is missing");
        var metadata = Yaml(file, "Chart.yaml");
        var requirements = all.Find(f => f.Name == "requirements.yaml");
        if (HelmChart.TextOf(metadata, "apiVersion") is "" or "v1" && requirements is not null)
        {
            foreach (var entry in Yaml(requirements, "requirements.yaml").Entries)
                metadata.Entries[entry.Key] = entry.Value;
        }

        if (metadata["apiVersion"] is null)
            metadata.Entries["apiVersion"] = new GoText("v1");
        metadata = HelmMetadata.Normalize(metadata);
        if (HelmMetadata.Problem(metadata) is { } problem)
            throw new HelmException(problem, file.Manifest, default);
        var chart = new HelmChart(file, metadata);
        foreach (var item in ((metadata["dependencies"] as GoList)?.Items ?? []).OfType<GoMap>())
            chart.Wanted.Add(new HelmDependency(item));
        var inner = new Dictionary<string, List<HelmFile>>(StringComparer.Ordinal);
        foreach (var one in all)
            Sort(chart, one, inner);
        var charts = new List<HelmChart>();
        foreach (var (name, innerFiles) in inner)
        {
            if (name[0] is '_' or '.')
                continue;
            try
            {
                charts.Add(name.EndsWith(".tgz", StringComparison.Ordinal)
                    ? LoadFiles(Unpack(innerFiles[0]), innerFiles[0].Path, depth + 1)
                    : LoadFiles([.. innerFiles.Where(f => f.Name.Contains('/')).Select(f =>
                        f with { Name = f.Name.Substring(f.Name.IndexOf('/') + 1) })],
                        where, depth + 1));
            }
            catch (HelmException exception)
            {
                throw new HelmException($"error unpacking subchart {name} in {chart.Name}: {exception.Message}", exception.File,
                    exception.Span);
            }
        }

        chart.SetCharts(charts);
        return chart;
    }

    private void Sort(HelmChart chart, HelmFile file, Dictionary<string, List<HelmFile>> inner)
    {
        switch (file.Name)
        {
            case "Chart.yaml" or "Chart.lock":
                break;
            case "values.yaml":
                chart.Values = Yaml(file, "values.yaml");
                break;
            case "values.schema.json":
                chart.Schema = file;
                break;
            case "requirements.yaml" or "requirements.lock":
                if (HelmChart.TextOf(chart.Metadata, "apiVersion") == "v1")
                    chart.Files.Add(file);
                break;
            case var name when name.StartsWith("templates/", StringComparison.Ordinal):
                chart.Templates.Add(file);
                break;
            case var name when name.StartsWith("charts/", StringComparison.Ordinal) && !name.EndsWith(".prov", StringComparison.Ordinal):
                var rest = name.Substring("charts/".Length);
                var first = rest.Split('/')[0];
                if (first.Length == 0)
                    break;
                if (!inner.TryGetValue(first, out var list))
                    inner[first] = list = [];
                list.Add(new HelmFile(rest, file.Path, file.Bytes));
                break;
            default:
                chart.Files.Add(file);
                break;
        }
    }

    private GoMap Yaml(HelmFile file, string name)
    {
        var map = cache.Values(file, out var error, out var at);
        // A copy of the first level, because metadata is added to.
        return map is not null ? new GoMap(new Dictionary<string, GoValue?>(map.Entries, StringComparer.Ordinal)) { Trace = map.Trace }
            : throw new HelmException($"cannot load {name}: {error}", file.Manifest, at);
    }

    private List<HelmFile> Unpack(HelmFile packed)
    {
        var unpacked = HelmArchive.Unpack(packed);
        foreach (var file in unpacked)
            Count(file.Bytes.Length);
        return unpacked;
    }

    // What is not in charts/ but beside the chart: that is how repositories of charts are edited.
    private void LoadBeside(HelmChart chart, string prefix, int depth)
    {
        if (depth > MaxDepth)
            return;
        var charts = new List<HelmChart>(chart.Charts);
        foreach (var wanted in chart.Wanted)
        {
            if (charts.Any(inner => inner.Name == wanted.Name))
                continue;
            var place = wanted.Written["name"]?.Trace?.At ?? wanted.Written.Trace?.At ?? default;
            var found = Candidates(wanted, prefix).Where(folder => files.Read(folder + "/Chart.yaml") is not null && folder + "/" != prefix)
                .Select(folder => Try(folder, depth + 1)).Where(other => other is not null && other.Name == wanted.Name).ToList();
            var use = found.Find(other => HelmVersions.Fits(wanted.Version, other!.Version)) ?? found.FirstOrDefault();
            if (use is null)
            {
                Warnings.Add(new BuildProblem(
                    $"The chart '{wanted.Name}' that this one depends on is neither in charts/ nor beside it: what it builds is left out.",
                    chart.File.Manifest, place, false));
                continue;
            }

            // Helm takes whatever lies in charts/, too; without it, not even the parent's templates can be built.
            if (!HelmVersions.Fits(wanted.Version, use.Version))
            {
                Warnings.Add(new BuildProblem(
                    $"The chart '{wanted.Name}' beside this one is version {use.Version}, where {wanted.Version} is asked for: "
                        + "it is built as it is.",
                    chart.File.Manifest, place, false));
            }

            charts.Add(use);
        }

        chart.SetCharts(charts);
    }

    private HelmChart? Try(string folder, int depth)
    {
        try
        {
            return LoadFolder(folder, depth);
        }
        catch (HelmException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Candidates(HelmDependency wanted, string prefix)
    {
        const string scheme = "file://";
        if (wanted.Repository.StartsWith(scheme, StringComparison.Ordinal))
        {
            var path = wanted.Repository.Substring(scheme.Length);
            if (!path.StartsWith('/') && SprigPaths.Clean(prefix + path) is var clean && !clean.StartsWith("..", StringComparison.Ordinal))
                yield return clean;
            yield break;
        }

        if (wanted.Name.Length == 0 || wanted.Name.Contains('/') || wanted.Name.StartsWith('.'))
            yield break;
        var outer = prefix.TrimEnd('/');
        var slash = outer.LastIndexOf('/');
        if (outer.Length > 0)
            yield return (slash < 0 ? "" : outer.Substring(0, slash + 1)) + wanted.Name;
    }
}
