using Repave.Core.Builds;
using Repave.Core.Dialects.Kubernetes.Helm;
using Repave.Core.Model;
using Repave.Core.Syntax.Yaml;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>Builds overlays as <c>kubectl kustomize</c> does, in this process and from nothing but files.</summary>
public sealed class KustomizeBuilds : IBuilds, IComposes, INamesSources
{
    private static readonly string[] FileNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

    private readonly KustomizeCache _cache = new();
    private readonly HelmBuilds _charts = new();
    private readonly BuiltTexts _texts = new();

    /// <inheritdoc/>
    public SourceNames NamesOf(IBuildFiles files, string folder) => new KustomizeNames(_cache).Of(files, Kustomization.Normal(folder));

    /// <inheritdoc/>
    public IReadOnlyList<SourceSuggestion>? Suggest(IBuildFiles files, string folder, string path, string text, int offset) =>
        IsKustomization(path) && KustomizeSuggestions.Of(files, path, text, offset) is { Count: > 0 } found ? found : null;

    /// <summary>The kustomization of a folder; null if there is none.</summary>
    internal static KustomizeFile? FileIn(IBuildFiles files, string folder, KustomizeCache cache) =>
        FileNames.Select(name => cache.Read(files, KustomizeContext.Join(folder, name))).FirstOrDefault(file => file is not null);

    /// <inheritdoc/>
    public string Name => "kustomize";

    /// <inheritdoc/>
    public IReadOnlyList<string> Find(IReadOnlyList<string> paths) => [.. paths.Where(IsKustomization).Select(FolderOf)
        .Distinct(StringComparer.Ordinal).OrderBy(folder => folder, StringComparer.Ordinal)];

    /// <inheritdoc/>
    public bool IsMine(IBuildFiles files, string folder) => Array.Exists(FileNames, name => files.Read(KustomizeContext.Join(folder,
        name)) is not null);

    /// <inheritdoc/>
    public IReadOnlyList<string> Variants(IBuildFiles files, string folder) => [];

    /// <inheritdoc/>
    public BuildResult Build(BuildRequest request, CancellationToken cancellation = default)
    {
        var context = new KustomizeContext(request, _cache, _charts, cancellation);
        var folder = Kustomization.Normal(request.Path);
        try
        {
            var text = new GoTextBuilder();
            foreach (var resource in KustomizeTarget.Build(context, folder))
            {
                if (text.Length > 0)
                    text.Append("---\n");
                text.Append(Write(resource));
            }

            var sources = new Lazy<IReadOnlyList<Manifest>>(() => [.. context.Sources.Values.Select(source => source())]);
            return new BuildResult([Output(folder, text.ToText(), sources)], context.Problems) { Read = context.Read, Sources = sources };
        }
        catch (KustomizeException exception)
        {
            return Failed(context, folder, exception.Message, exception.Summary, exception.File, exception.Span, exception.Chain,
                exception.IsOutside);
        }
        catch (GoException exception)
        {
            return Failed(context, folder, exception.Error.Message, exception.Error.Message, exception.Error.File, exception.Error.Span,
                []);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            var message = $"building the kustomization did not come to its end: {exception.GetType().Name}";
            return Failed(context, folder, message, message, null, default, []);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<(string Source, string Text)> InOrder(IReadOnlyList<BuildOutput> outputs) =>
        [.. outputs.Select(output => (output.Source, output.Text))];

    /// <inheritdoc/>
    public string Print(string source, string text) => text;

    private static GoText Write(KustomizeResource resource)
    {
        try
        {
            return GoYamlWriter.Write(KustomizeValues.Of(resource.Root, true));
        }
        catch (KustomizeException exception)
        {
            throw exception.At(resource.Place?.File, resource.Place?.Span ?? default);
        }
    }

    private BuildResult Failed(KustomizeContext context, string folder, string message, string summary, Manifest? file, TextSpan span,
        IReadOnlyList<(Manifest File, TextSpan Span)> chain, bool isOutside = false)
    {
        // What is said nowhere is said of the kustomization.
        var kustomization = FileNames.Select(name => _cache.Read(context.Request.Files, KustomizeContext.Join(folder, name)))
            .FirstOrDefault(found => found is not null)?.Manifest;
        file ??= kustomization;
        // A component stands on what it is laid over.
        var isComponent = kustomization?.Source.Documents.FirstOrDefault().Document?.Root?.TextAt("kind") == "Component";
        var problem = new BuildProblem(message, file, span, true)
        {
            Chain = chain,
            Summary = summary,
            IsDemand = isComponent || isOutside,
        };
        return new BuildResult([], [.. context.Problems, problem])
        {
            Read = context.Read,
        };
    }

    private BuildOutput Output(string folder, GoText text, Lazy<IReadOnlyList<Manifest>> sources)
    {
        // No file has this name, so that nothing takes the text for a kustomization.
        var path = KustomizeContext.Join(folder, "build.yaml");
        return new BuildOutput(folder.Length == 0 ? "." : folder, text.Text, true, () => new Manifest(path, _texts.Parse(path, text.Text,
            YamlLanguage.Instance),
            new SourceMap(() => HelmOrigins.Of(text), sources)));
    }

    internal static bool IsKustomization(string path) =>
        Array.Exists(FileNames, name => path == name || path.EndsWith("/" + name, StringComparison.Ordinal));

    private static string FolderOf(string path) => path.LastIndexOf('/') is >= 0 and var at ? path.Substring(0, at) : "";
}
