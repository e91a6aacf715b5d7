using Repave.Core.Builds;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Hcl;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Bake;

/// <summary>The targets of one set.</summary>
internal sealed class BakeSet : DialectSet, IImages, INames, IPlaces
{
    private readonly ResourceSet _set;

    private readonly ILookup<(string?, string), BakeTarget> _targets;

    public BakeSet(ResourceSet set) =>
        (_set, _targets) = (set, set.All.OfType<BakeTarget>().ToLookup(t => (t.Id.Namespace, t.Id.Name)));

    /// <inheritdoc/>
    public override object? Check(Resource resource, FindingSink sink) => null;

    /// <inheritdoc/>
    public override bool SeesTheSame(Resource resource, object? looked, DialectSet before) => true;

    /// <inheritdoc/>
    public IEnumerable<Reference> ReferencesOf(Resource resource) => BakeNames.Of(resource);

    /// <inheritdoc/>
    public IEnumerable<Resource> Find(ResourceId id) => _set[id];

    /// <inheritdoc/>
    public bool Means(Reference reference, Resource resource) => reference.To == resource.Id;

    /// <inheritdoc/>
    public IReadOnlyList<LocalName> LocalNamesAt(Document document, int offset) => [];

    /// <inheritdoc/>
    public bool Owns(Document document) => ResourcesOf(document).Any();

    /// <inheritdoc/>
    public PlaceDescription? DescribeAt(Document document, int offset) => ResourcesOf(document).SelectMany(ReferencesOf)
        .Where(reference => reference.Node.Span.Touches(offset))
        .Select(reference => Find(reference.To).FirstOrDefault() is { } named
            ? new PlaceDescription(reference.Node.Span, BakeNames.Describe(named)) : null).FirstOrDefault();

    /// <inheritdoc/>
    public (TextSpan Word, IReadOnlyList<PlaceCompletion> Items) CompleteAt(Document document, int offset)
    {
        var (text, start) = (document.Text, offset);
        while (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] == '_'))
            start--;
        var folder = ResourcesOf(document).FirstOrDefault()?.Id.Namespace;
        return start < 2 || text[start - 1] != '{' || text[start - 2] != '$' ? (new TextSpan(offset, offset), [])
            : (new TextSpan(start, offset), DeclaredNames.Offered(_set, "variable", folder));
    }

    /// <inheritdoc/>
    public IEnumerable<ResourcePart> PartsOf(Resource resource) => [];

    private IEnumerable<Resource> ResourcesOf(Document document) => DeclaredNames.In(_set, document);

    /// <inheritdoc/>
    public IEnumerable<ImageUse> ImagesOf(Resource resource) => [];

    /// <inheritdoc/>
    public IEnumerable<ImageBuild> ImageBuildsOf(Resource resource)
    {
        if (resource is not BakeTarget target || ValueOf(target, "dockerfile-inline") is not null)
            yield break;
        var (context, dockerfile) = (ValueOf(target, "context"), ValueOf(target, "dockerfile"));
        var (folder, name) = (context is null ? "." : context.Text, dockerfile is null ? "Dockerfile" : dockerfile.Text);
        if (folder is null || name is null || folder.IndexOf("://", StringComparison.Ordinal) >= 0)
            yield break;
        var place = target.Values.GetValueOrDefault("dockerfile") ?? target.Values.GetValueOrDefault("context");
        // Of a tag that only a build knows the repository may be known.
        var names = (ValueOf(target, "tags")?.Texts ?? []).Where(tag => tag.IndexOf(BakeValue.Unknown) is var at
            && (at < 0 || tag.IndexOf(':', tag.LastIndexOf('/', at) + 1) is var colon and > 0 && colon < at)).ToList();
        yield return new ImageBuild(target, place?.Span ?? target.NameSpan,
            BuildPaths.Join(BuildPaths.Join(target.Id.Namespace ?? "", folder), name), ValueOf(target, "target")?.Text, names);
    }

    // Its own value, that of the same target in another file, or that of what it inherits from, the later before the earlier.
    private BakeValue? ValueOf(BakeTarget target, string field)
    {
        var (seen, open) = (new HashSet<BakeTarget> { target }, new Stack<BakeTarget>());
        open.Push(target);
        while (open.Count > 0)
        {
            var next = open.Pop();
            if (next.Values.TryGetValue(field, out var own))
                return own;
            // The last that is pushed is the first that is asked.
            foreach (var parent in next.Values.GetValueOrDefault("inherits")?.Texts ?? [])
            {
                foreach (var found in _targets[(target.Id.Namespace, parent)].Where(seen.Add))
                    open.Push(found);
            }

            foreach (var same in _targets[(target.Id.Namespace, next.Id.Name)].Where(seen.Add))
                open.Push(same);
        }

        return null;
    }
}
