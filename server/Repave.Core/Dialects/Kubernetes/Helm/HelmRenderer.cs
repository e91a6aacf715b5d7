using Repave.Core.Syntax.GoTemplate;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Renders the templates of a chart and of the charts in it.</summary>
internal sealed class HelmRenderer
{
    private readonly Dictionary<string, (HelmFile File, GoMap Data, string BasePath)> _templates = new(StringComparer.Ordinal);
    private readonly TemplateExecutor _executor;

    private readonly HelmCache _cache;

    public HelmRenderer(HelmCache cache, bool isForServer, CancellationToken cancellation)
    {
        _cache = cache;
        _executor = new TemplateExecutor(isForServer ? HelmFunctions.OfAllReleases : HelmFunctions.All) { Cancellation = cancellation };
    }

    /// <summary>The texts by template.</summary>
    /// <exception cref="HelmException">Helm's error.</exception>
    public IReadOnlyList<(string Name, GoText Text)> Render(HelmChart chart, GoMap values, GoMap release, GoValue capabilities)
    {
        Collect(chart, values.Named("common.Values"), release, capabilities, 0);
        var names = _templates.Keys.OrderByDescending(name => name.Count(c => c == '/')).ThenByDescending(name => name,
            StringComparer.Ordinal).ToList();
        var set = new TemplateSet("gotpl");
        foreach (var name in names)
        {
            var file = _templates[name].File;
            try
            {
                set.Add(_cache.Templates(name, file, _executor));
            }
            catch (TemplateSyntaxException exception)
            {
                throw HelmErrors.OfParsing(name, exception, file.Manifest);
            }
        }

        var rendered = new List<(string, GoText)>();
        foreach (var name in names)
        {
            if (SprigPaths.Base(name).StartsWith('_'))
                continue;
            var (_, data, basePath) = _templates[name];
            data.Entries["Template"] = new GoMap { { "Name", new GoText(name) }, { "BasePath",
                new GoText(basePath) } }.Named("common.Values");
            try
            {
                rendered.Add((name, TemplateExecutor.WithoutNoValue(_executor.Execute(set, name, data))));
            }
            catch (GoException exception)
            {
                throw HelmErrors.OfExecution(name, exception.Error);
            }
        }

        return rendered;
    }

    private GoMap Collect(HelmChart chart, GoMap values, GoMap release, GoValue capabilities, int depth)
    {
        var charts = new GoMap();
        var data = new GoMap
        {
            { "Chart", chart.ToTemplate() },
            { "Files", HelmFiles.Make(chart.Files) },
            { "Release", release },
            { "Capabilities", capabilities },
            { "Values", values },
            { "Subcharts", charts },
        };
        foreach (var inner in chart.Charts)
        {
            var innerValues = (values[inner.Name] as GoMap ?? new GoMap()).Named("common.Values");
            if (depth < 30)
                charts.Entries[inner.Name] = Collect(inner, innerValues, release, capabilities, depth + 1);
        }

        foreach (var template in chart.Templates)
        {
            if (chart.IsLibrary && !SprigPaths.Base(template.Name).StartsWith('_'))
                continue;
            _templates[chart.FullPath + "/" + template.Name] = (template, data, chart.FullPath + "/templates");
        }

        return data;
    }
}
