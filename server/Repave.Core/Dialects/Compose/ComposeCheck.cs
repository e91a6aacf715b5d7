using Repave.Core.Dialects.Compose.Loading;
using Repave.Core.Dialects.Compose.Plans;
using Repave.Core.Dialects.Compose.Rules;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Core.Rules.Schema;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Compose;

/// <summary>Checks the Compose files of one set: each by itself, and the projects that they make together.</summary>
internal sealed class ComposeCheck : DialectSet, INames, ICompletes, IDescribes, IImages
{
    private readonly ResourceSet _set;
    private readonly ComposeRule[] _rules = RuleCatalogue.Of<ComposeRule>();
    private readonly Lazy<ComposeFiles> _files;
    private readonly Lazy<ILookup<string, string>> _folders;
    private readonly Lazy<TakenFiles> _takers;
    private readonly Lazy<KnownImages> _known;
    private readonly Lazy<ILookup<(string Type, string Name), string>> _defined;
    private readonly ComposeRules _version;
    private readonly Dictionary<string, ComposeProject> _projects = new(StringComparer.Ordinal);

    public ComposeCheck(IReadOnlyList<Manifest> manifests, Settings settings, ResourceSet? set = null)
    {
        _set = set ?? new ResourceSet([]);
        _version = ComposeRules.Of(
            settings.Versions.GetValueOrDefault(ComposeDialect.DialectName) ?? ComposePack.Versions[ComposePack.Versions.Count - 1])!;
        _files = new Lazy<ComposeFiles>(() => new ComposeFiles(manifests, isWhole: false));
        _folders = new Lazy<ILookup<string, string>>(() => _files.Value.All.Select(f => ComposePaths.Clean(f.Path))
            .ToLookup(ComposePaths.FolderOf, StringComparer.Ordinal));
        _known = new Lazy<KnownImages>(() => new KnownImages(manifests.Where(m => IsDockerfile(m.FileName)).Select(m => m.Path), [], []));
        _takers = new Lazy<TakenFiles>(() => TakenFiles.Of(_files.Value));
        _defined = new Lazy<ILookup<(string, string), string>>(() => _set.All.OfType<ComposeResource>()
            .ToLookup(r => (r.Id.Type, r.Id.Name), r => r.Id.Namespace ?? "."));
    }

    /// <inheritdoc/>
    public override object? Check(Resource resource, FindingSink sink)
    {
        if (resource is not ComposeResource one)
            return null;
        if (one.IsFirst)
            CheckDocument(one.Manifest, one.Slot, one, sink);
        foreach (var rule in _rules)
        {
            if (!sink.Settings.IsOn(rule, resource.Manifest.Path))
                continue;
            if (one.IsFirst && one.Document is not null)
                sink.Run(rule, resource, (rule, one), static (on, sink) => on.rule.CheckFile(on.one, sink));
            sink.Run(rule, resource, (rule, one, known: _known.Value), static (on, sink) => on.rule.Check(on.one, on.known, sink));
        }

        return null;
    }

    /// <summary>Says why Compose would refuse a document.</summary>
    public void CheckDocument(Manifest manifest, DocumentSlot slot, ComposeResource? first, FindingSink sink)
    {
        foreach (var problem in ProblemsOf(manifest))
        {
            if (problem.Place is not { } place || place.File.Slot.Document != slot.Document || place.File.Manifest.Path != manifest.Path)
                continue;
            // What the end of a broken document may still put right.
            if (!slot.Document.IsWhole && problem.Kind is ProblemKind.MissingField or ProblemKind.UnknownField or ProblemKind.Dangling
                or ProblemKind.WrongType)
                continue;
            var fix = problem is { Kind: ProblemKind.UnknownField, Suggestion: { } suggestion } && place.Node is ScalarNode key
                ? sink.FixHere($"Change to '{suggestion}'", slot.Document.Edits?.Replace(key, suggestion))
                : null;
            if (RuleOf(problem.Kind) is { } rule)
                sink.Add(rule, ShapeValidator.Underline(place.Node), problem.Message, ResourceAt(place, first), problem.Path, fix);
        }
    }

    // Of a file that stands beside a project's own, or that others take in, only what no other file can put right.
    private IEnumerable<ComposeProblem> ProblemsOf(Manifest manifest)
    {
        var path = ComposePaths.Clean(manifest.Path);
        var folder = ComposePaths.FolderOf(path);
        var defaults = ComposeNames.Defaults([.. _folders.Value[folder]]);
        if (_takers.Value.RootsOf(path) is { Count: > 0 } roots)
            return LeftBy(ProjectOf(defaults.Contains(path) ? defaults : [path]).Problems, roots.SelectMany(root =>
                ProjectOf(ComposeNames.Defaults([.. _folders.Value[ComposePaths.FolderOf(root)]]) is { Count: > 0 } main
                    && main.Contains(root) ? main : [root]).Problems));
        if (defaults.Contains(path))
            return ProjectOf(defaults).Problems;
        var alone = ProjectOf([path]).Problems;
        if (defaults.Count == 0 && !ComposeNames.IsOverride(path) && IsComplete(manifest))
            return alone.Where(p => !MayBeDefinedAbove(p, folder));
        // An override is held against what it stands over, where that is known.
        return LeftBy(alone.Where(p => !p.IsOfWhole), defaults.Count == 0 ? [] : ProjectOf([defaults[0], path]).Problems);
    }

    private static IEnumerable<ComposeProblem> LeftBy(IEnumerable<ComposeProblem> alone, IEnumerable<ComposeProblem> together)
    {
        var left = new HashSet<(Node?, string)>(together.Select(p => (p.Place?.Node, p.Message)));
        return alone.Where(p => p.Kind is not (ProblemKind.MissingField or ProblemKind.Dangling)
            || left.Contains((p.Place?.Node, p.Message)));
    }

    // A file that Compose is given by name may stand over one of a folder further up, which has what it names.
    private bool MayBeDefinedAbove(ComposeProblem problem, string folder) =>
        problem.Missing is { } missing && _defined.Value[missing].Any(other => other == "." || other == folder
            || folder.StartsWith(other + "/", StringComparison.Ordinal));

    private static bool IsDockerfile(string file) => file.StartsWith("Dockerfile", StringComparison.Ordinal)
        || file.EndsWith(".Dockerfile", StringComparison.OrdinalIgnoreCase);

    private static bool IsComplete(Manifest manifest) =>
        manifest.Source.Documents.Select(d => d.Document.Root?["services"]).OfType<MapNode>()
            .SelectMany(s => s.AllEntries).All(e => e.Value.Resolved is not MapNode service
                || service.AllEntries.Any(f => f.Name is "image" or "build" or "extends" or "provider"));

    private ComposeProject ProjectOf(IReadOnlyList<string> paths)
    {
        var key = string.Join("\n", paths);
        lock (_projects)
        {
            if (!_projects.TryGetValue(key, out var project))
                _projects[key] = project = ComposeLoader.Load(_files.Value, paths, new LoadOptions(_version) { Profiles = ["*"] });
            return project;
        }
    }

    private Resource? ResourceAt(ValuePlace place, ComposeResource? first)
    {
        var offset = place.Node.Span.Start;
        return first is null ? null : _set.All.FirstOrDefault(r => r.Manifest.Path == first.Manifest.Path
            && r.Slot.Document == place.File.Slot.Document && r.Span.Touches(offset)) ?? first;
    }

    private static Rule? RuleOf(ProblemKind kind) => kind switch
    {
        ProblemKind.UnknownField => UnknownField.Instance,
        ProblemKind.WrongType => WrongType.Instance,
        ProblemKind.MissingField => MissingField.Instance,
        ProblemKind.NotAllowed => ValueNotAllowed.Instance,
        ProblemKind.Malformed => MalformedValue.Instance,
        ProblemKind.OutOfRange => OutOfRange.Instance,
        ProblemKind.Duplicate => DuplicateItem.Instance,
        ProblemKind.Contradiction => RefusedCombination.Instance,
        ProblemKind.Dangling => UndefinedName.Instance,
        // Whether a file or a variable is there only the machine knows that it runs on.
        _ => null,
    };

    /// <inheritdoc/>
    public IEnumerable<Reference> ReferencesOf(Resource resource) =>
        resource is ComposeResource one ? ComposeReferences.Of(one) : [];

    /// <inheritdoc/>
    public IEnumerable<ImageUse> ImagesOf(Resource resource) =>
        resource is ComposeResource { IsService: true } one ? ServiceImages.UsedBy(one) : [];

    /// <inheritdoc/>
    public IEnumerable<ImageBuild> ImageBuildsOf(Resource resource) =>
        resource is ComposeResource { IsService: true } one ? ServiceImages.BuiltBy(one) : [];

    /// <inheritdoc/>
    public IEnumerable<Resource> Find(ResourceId id) => _set[id];

    /// <inheritdoc/>
    public bool Means(Reference reference, Resource resource) => reference.To == resource.Id;

    /// <inheritdoc/>
    public IReadOnlyList<LocalName> LocalNamesAt(Document document, int offset) => [];

    /// <inheritdoc/>
    public Shape? ShapeOf(IReadOnlyDictionary<string, string> head) => null;

    /// <inheritdoc/>
    public Explanation? EffectOf(IReadOnlyDictionary<string, string> head, IReadOnlyList<string> path) =>
        path.Count > 2 && path[0] == "services" ? FieldEffects.Of(path[2], _version) : null;

    /// <inheritdoc/>
    public bool IsSecret(Resource resource, Node value) => Secrets.Of(resource.Slot.Document).Touches(value.Span);

    /// <inheritdoc/>
    public bool Owns(Cursor cursor, string path, string text) => ComposeCompletions.Owns(cursor, path);

    /// <inheritdoc/>
    public CursorPlace Locate(Cursor cursor, string path, string text) =>
        ComposeCompletions.Locate(cursor, ComposePack.Of(_version.Version));

    /// <inheritdoc/>
    public IEnumerable<WholeResource> WholeResources => [];
}
