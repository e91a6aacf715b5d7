using Repave.Core.Builds;
using Repave.Core.Model;
using Repave.Core.Syntax;
using Repave.Core.Syntax.GoTemplate;
using Repave.Core.Syntax.Yaml;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Builds charts as <c>helm template</c> does, in this process and from nothing but files.</summary>
public sealed class HelmBuilds : IBuilds, INamesSources, IMarksSources
{
    // Includes call each other through many frames: a thousand of them, which Helm allows, need more than a usual stack.
    private const int StackSize = 256 * 1024 * 1024;

    private readonly HelmCache _cache = new();
    private readonly BuiltTexts _texts = new();
    private readonly HelmNames _names = new();

    /// <inheritdoc/>
    public string Name => "helm";

    /// <inheritdoc/>
    public IReadOnlyList<string> Find(IReadOnlyList<string> paths)
    {
        const string name = "Chart.yaml";
        var folders = paths.Where(path => path == name || path.EndsWith("/" + name, StringComparison.Ordinal))
            .Select(path => path.Substring(0, Math.Max(0, path.Length - name.Length - 1))).ToList();
        var all = new HashSet<string>(folders, StringComparer.Ordinal);
        return [.. folders.Where(folder => !IsInside(folder, all)).OrderBy(folder => folder, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public bool IsMine(IBuildFiles files, string folder) => files.Read(Join(folder, "Chart.yaml")) is not null;

    /// <inheritdoc/>
    public IReadOnlyList<string> Variants(IBuildFiles files, string folder)
    {
        var prefix = Join(folder, "");
        return [.. files.Below(folder).Where(path => IsVariant(path.Substring(prefix.Length))).OrderBy(path => path,
            StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public BuildResult Build(BuildRequest request, CancellationToken cancellation = default) => Build(request, null, cancellation);

    /// <summary>The texts that a chart renders, with where each piece of them comes from.</summary>
    internal IReadOnlyList<(string Name, GoText Text)> Render(BuildRequest request, out BuildResult result, CancellationToken cancellation)
    {
        var texts = new List<(string, GoText)>();
        result = Build(request, texts, cancellation);
        return texts;
    }

    private BuildResult Build(BuildRequest request, List<(string Name, GoText Text)>? texts, CancellationToken cancellation)
    {
        BuildResult? result = null;
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = BuildHere(request, texts, cancellation);
                }
                catch (Exception exception)
                {
                    failure = exception;
                }
            },
            StackSize)
        { IsBackground = true };
        thread.Start();
        thread.Join();
        if (failure is OperationCanceledException)
            throw new OperationCanceledException(cancellation);
        return result ?? Failed($"building the chart did not come to its end: {failure?.GetType().Name}", null, default);
    }

    /// <inheritdoc/>
    public IReadOnlyList<(string Source, string Text)> InOrder(IReadOnlyList<BuildOutput> outputs) => HelmOrder.Sort(outputs);

    /// <inheritdoc/>
    public string Print(string source, string text) => $"---\n# Source: {source}\n{text}\n";

    private BuildResult BuildHere(BuildRequest request, List<(string Name, GoText Text)>? texts, CancellationToken cancellation)
    {
        var loader = new HelmLoader(request.Files, _cache);
        var warnings = new List<string>();
        try
        {
            var chart = loader.Load(request.Path);
            var values = UserValues(request, loader);
            // Before aliases and conditions have changed what is there.
            var whole = chart.Copy();
            HelmDependencies.Process(chart, values, warnings);
            var all = HelmValues.Coalesce(chart, values, warnings);
            if (request.Schemas is { } schemas && HelmSchemas.Problem(chart, all, schemas) is { } wrong)
                throw wrong;
            var version = request.PlatformVersion ?? KubernetesDialect.Newest;
            var release = new GoMap
            {
                { "Name", new GoText(request.Release) },
                { "Namespace", new GoText(request.Namespace) },
                { "IsUpgrade", new GoBool(false) },
                { "IsInstall", new GoBool(true) },
                { "Revision", new GoInteger(1) },
                { "Service", new GoText("Helm") },
            };
            var rendered = new HelmRenderer(_cache, request.IsForServer, cancellation).Render(chart, all, release,
                HelmCapabilities.Make(version,
                request.IsForServer ? HelmApiVersions.OfServer(version) : HelmApiVersions.All));
            var sources = new Lazy<IReadOnlyList<Manifest>>(() => [.. loader.Sources.Select(file => file.Manifest)]);
            texts?.AddRange(rendered.OrderBy(one => one.Name, StringComparer.Ordinal).Select(one => (one.Name, one.Text)));
            return new BuildResult([.. rendered.OrderBy(one => one.Name, StringComparer.Ordinal).Select(one => Output(request.Path,
                one.Name, one.Text, sources))], [.. loader.Warnings, .. Unused(request, whole)])
            {
                Read = loader.Read,
                Sources = sources,
            };
        }
        catch (HelmException exception)
        {
            return new BuildResult([], [.. loader.Warnings, new BuildProblem(exception.Message, exception.File, exception.Span, true)
            {
                Chain = exception.Chain,
                Summary = exception.Summary,
                IsDemand = exception.IsDemand || (loader.Warnings.Count > 0 && exception.Message.IndexOf("no template ",
                    StringComparison.Ordinal) >= 0),
            }])
            { Read = loader.Read };
        }
        catch (GoException exception)
        {
            return Failed(exception.Error.Message, exception.Error.File, exception.Error.Span) with { Read = loader.Read };
        }
        catch (InsufficientExecutionStackException)
        {
            return Failed("the templates call each other too deeply", null, default) with { Read = loader.Read };
        }
    }

    /// <inheritdoc/>
    public SourceNames NamesOf(IBuildFiles files, string folder) =>
        _names.Of(files, folder, LoadQuietly(files, folder), Variants(files, folder));

    /// <inheritdoc/>
    public IReadOnlyList<SourceSuggestion>? Suggest(IBuildFiles files, string folder, string path, string text, int offset)
    {
        var inside = path.Substring(Join(folder, "").Length);
        var isTemplate = inside.StartsWith("templates/", StringComparison.Ordinal);
        return !isTemplate && inside != "values.yaml" && !IsVariant(inside) ? null
            : _names.Suggest(NamesOf(files, folder), !isTemplate, text, offset);
    }

    /// <inheritdoc/>
    public IReadOnlyList<TextMark>? MarksOf(string folder, string path, string text) =>
        path.Substring(Join(folder, "").Length).StartsWith("templates/", StringComparison.Ordinal) ? GoTemplateLanguage.MarksOf(text)
            : null;

    private HelmChart? LoadQuietly(IBuildFiles files, string folder)
    {
        try
        {
            return new HelmLoader(files, _cache).Load(folder);
        }
        catch (HelmException)
        {
            return null;
        }
    }

    // In the chart's own values nobody is surprised by one that is there for others to see; in those of an environment it has no effect.
    private IEnumerable<BuildProblem> Unused(BuildRequest request, HelmChart chart)
    {
        // A library, or a chart that lacks a part, may be used by what is not here.
        if (request.ValuesFiles.Count == 0 || chart.IsLibrary || chart.Wanted.Exists(wanted =>
            !chart.Charts.Exists(inner => inner.Name == wanted.Name)))
            yield break;
        var names = _names.Of(request.Files, request.Path, chart, request.ValuesFiles);
        foreach (var path in request.ValuesFiles)
        {
            if (request.Files.Read(path) is not { } bytes)
                continue;
            var file = new HelmFile(path, request.Files.NameOf(path), bytes).Manifest;
            foreach (var (value, nearest) in HelmNames.Unused(names, path))
            {
                // What the chart's own values hold is known to the chart, whatever uses it.
                var isKnown = names.All.Any(other => other is { Kind: SourceNameKind.Value, IsDefinition: true } && other.Path != path
                    && other.Name == value.Name && other.Path == Join(request.Path, "values.yaml"));
                if (isKnown && nearest is null)
                    continue;
                yield return new BuildProblem(
                    $"No template uses the value '{value.Name}'{(nearest is null ? "." : $"; did you mean '{nearest}'?")}", file,
                        value.Span, false)
                {
                    Rule = Repave.Core.Rules.UnusedValue.Instance,
                    Severity = nearest is null ? Repave.Core.Rules.Severity.Info : null,
                };
            }
        }
    }

    private GoMap UserValues(BuildRequest request, HelmLoader loader)
    {
        var values = new GoMap();
        foreach (var path in request.ValuesFiles)
        {
            var bytes = request.Files.Read(path) ?? throw new HelmException($"open {path}: no such file or directory");
            loader.Read.Add(path);
            var file = new HelmFile(path, request.Files.NameOf(path), bytes);
            loader.Sources.Add(file);
            var read = _cache.Values(file, out var error, out var at);
            if (read is null)
                throw new HelmException($"failed to parse {path}: {error}", file.Manifest, at);
            values = GoYamlReader.Merge(values, read);
        }

        foreach (var line in request.Set)
        {
            try
            {
                HelmSetValues.Apply(line, values);
            }
            catch (HelmException exception)
            {
                throw new HelmException($"failed parsing --set data: {exception.Message}");
            }
        }

        return values;
    }

    private static BuildResult Failed(string message, Manifest? file, TextSpan span) =>
        new([], [new BuildProblem(message, file, span, true)]);

    private BuildOutput Output(string folder, string name, GoText text, Lazy<IReadOnlyList<Manifest>> sources)
    {
        var isManifest = !name.EndsWith("NOTES.txt", StringComparison.Ordinal);
        var path = Join(folder, name.Substring(name.IndexOf('/') + 1));
        return new BuildOutput(name, text.Text, isManifest, () => new Manifest(path,
            isManifest ? _texts.Parse(path, text.Text, YamlLanguage.Instance) : GoTemplateLanguage.Instance.Parse(text.Text),
            new SourceMap(() => HelmOrigins.Of(text), sources)));
    }

    private static bool IsVariant(string name)
    {
        if (!name.EndsWith(".yaml", StringComparison.Ordinal) && !name.EndsWith(".yml", StringComparison.Ordinal))
            return false;
        if (name.StartsWith("ci/", StringComparison.Ordinal))
            return name.IndexOf('/', 3) < 0;
        return !name.Contains('/') && (name.StartsWith("values-", StringComparison.Ordinal) || name.StartsWith("values.",
            StringComparison.Ordinal)
            || name.EndsWith("-values.yaml", StringComparison.Ordinal)) && name != "values.yaml";
    }

    private static bool IsInside(string folder, HashSet<string> charts)
    {
        for (var at = folder.LastIndexOf("/charts/", StringComparison.Ordinal); at > 0; at = folder.LastIndexOf("/charts/", at - 1,
            StringComparison.Ordinal))
        {
            if (charts.Contains(folder.Substring(0, at)))
                return true;
        }

        return folder.StartsWith("charts/", StringComparison.Ordinal) && charts.Contains("");
    }

    private static string Join(string folder, string name) =>
        folder.Length == 0 || folder == "." ? name : folder.TrimEnd('/') + "/" + name;
}
