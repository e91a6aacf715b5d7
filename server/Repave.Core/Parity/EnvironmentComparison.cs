using Repave.Core.Analysis;
using Repave.Core.Builds;
using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Parity;

/// <summary>How two environments differ once they are built, and which line of which file makes each difference.</summary>
public sealed class EnvironmentComparison
{
    private readonly BuiltEnvironment _first;
    private readonly BuiltEnvironment _second;
    private readonly Settings _settings;
    private readonly HashSet<string> _artifacts;
    private readonly List<EnvironmentDifference> _differences = [];
    private readonly HashSet<(string?, string?)> _namespaces = [];

    private EnvironmentComparison(BuiltEnvironment first, BuiltEnvironment second, Settings settings, HashSet<string> artifacts)
    {
        (_first, _second, _settings, _artifacts) = (first, second, settings, artifacts);
    }

    /// <summary>The differences: artifacts that the first never had, then resources that only one has, other artifacts, fields.</summary>
    /// <param name="first">The earlier environment.</param>
    /// <param name="second">The later one.</param>
    /// <param name="settings">The settings, which say what is meant.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static IReadOnlyList<EnvironmentDifference> Of(
        BuiltEnvironment first, BuiltEnvironment second, Settings settings, CancellationToken cancellation = default)
    {
        var before = Planner.ResourcesOf(first.Manifests, [], "").OfType<TreeResource>().ToList();
        var after = Planner.ResourcesOf(second.Manifests, [], "").OfType<TreeResource>().ToList();
        var artifacts = new HashSet<string>(before.SelectMany(ArtifactsOf).SelectMany(node => NamesOf(node.Value)),
            StringComparer.Ordinal);
        var comparison = new EnvironmentComparison(first, second, settings, artifacts);
        var sets = new Dictionary<string, IDescribes?>(StringComparer.Ordinal);
        var analysis = new Lazy<ManifestAnalysis>(() => ManifestAnalysis.Of(second.Manifests, new AnalysisOptions(settings),
            cancellation));
        foreach (var (one, other) in ResourcePairs.Of(before, after, first.Environment.Name, second.Environment.Name))
        {
            cancellation.ThrowIfCancellationRequested();
            if (one is null || other is null)
            {
                comparison.AddWhole(one, other);
                continue;
            }

            var dialect = other.Id.Dialect;
            if (!sets.TryGetValue(dialect, out var describes))
                sets[dialect] = describes = analysis.Value.Of(dialect) as IDescribes;
            comparison.Compare(one, other, describes?.ShapeOf(HeadOf(other.Root)));
        }

        return [.. comparison._differences.OrderBy(difference => difference switch
        {
            { IsUntested: true } => 0,
            { Kind: DifferenceKind.OnlyFirst or DifferenceKind.OnlySecond } => 1,
            { Kind: DifferenceKind.Artifact } => 2,
            _ => 3,
        })];
    }

    private static Dictionary<string, string> HeadOf(MapNode root)
    {
        var head = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in root.AllEntries)
        {
            if (entry.Name is { } name && entry.Value.Resolved is ScalarNode { IsNull: false } scalar)
                head[name] = scalar.Value;
        }

        return head;
    }

    private static IReadOnlyList<ScalarNode> ArtifactsOf(TreeResource resource) =>
        DialectCatalogue.Of(resource.Id.Dialect) is ICompares compares ? compares.ArtifactsOf(resource) : [];

    // An artifact is known by its digest, whatever it is called beside that; without one by its name and tag.
    private static IEnumerable<string> NamesOf(string image)
    {
        if (ImageReference.Parse(image).Digest is { } digest)
            yield return digest;
        yield return image;
    }

    private bool IsUntested(string image) => ImageReference.Parse(image).Digest is { } digest ? !_artifacts.Contains(digest)
        : !_artifacts.Contains(image);

    private void AddWhole(TreeResource? one, TreeResource? other)
    {
        var resource = other ?? one!;
        var place = WholeOf(resource);
        Add(new EnvironmentDifference(one is null ? DifferenceKind.OnlySecond : DifferenceKind.OnlyFirst, one, other, "", null, null)
        {
            InFirst = one is null ? Overriding(place, _first) : place,
            InSecond = other is null ? Overriding(place, _second) : place,
        });
        if (other is null)
            return;
        foreach (var image in ArtifactsOf(other).Where(image => IsUntested(image.Value)))
        {
            Add(new EnvironmentDifference(DifferenceKind.Artifact, null, other, FieldPath.Of(image, other.Root), null,
                Reason.ValueOf(image))
            {
                IsUntested = true,
                InSecond = PlaceOf(other, image.Span, null, default),
            });
        }
    }

    private void Compare(TreeResource one, TreeResource other, Shape? shape)
    {
        if (one.Id.Name != other.Id.Name)
            Add(Named(one, other, "name", one.NameNode, other.NameNode));
        var dialect = DialectCatalogue.Of(other.Id.Dialect) as ICompares;
        // Where all of an environment is in another namespace, that is one difference.
        if (one.Id.Namespace != other.Id.Namespace && _namespaces.Add((one.Id.Namespace, other.Id.Namespace))
            && !(one.Id.Namespace == _first.Environment.Namespace && other.Id.Namespace == _second.Environment.Namespace))
            Add(Named(one, other, "namespace", dialect?.NamespaceOf(one), dialect?.NamespaceOf(other)));
        var comparer = dialect?.ComparerOf(other) ?? PlainComparer.Instance;
        var images = new HashSet<Node>(ArtifactsOf(one).Concat(ArtifactsOf(other)));
        var (secretsOne, secretsOther) = (Secrets.Of(one.Slot.Document), Secrets.Of(other.Slot.Document));
        foreach (var change in comparer.Compare(one.Root, other.Root, shape, Ownership.All).SelectMany(change => change.Single))
        {
            var (from, to) = (change.From, change.To);
            var isSecret = (from is not null && secretsOne.Touches(from.Span)) || (to is not null && secretsOther.Touches(to.Span));
            var isArtifact = (from is not null && images.Contains(from)) || (to is not null && images.Contains(to));
            var spanOne = from is null ? null : (TextSpan?)SpanOf(one, to, from);
            var spanOther = to is null ? null : (TextSpan?)SpanOf(other, from, to);
            var (inFirst, inSecond) = PlacesOf(one, spanOne, other, spanOther);
            Add(new EnvironmentDifference(isArtifact ? DifferenceKind.Artifact : DifferenceKind.Field, one, other, change.Path.ToString(),
                from is null || isSecret ? null : Reason.ValueOf(from), to is null || isSecret ? null : Reason.ValueOf(to))
            {
                IsSecret = isSecret,
                IsUntested = isArtifact && to is ScalarNode image && IsUntested(image.Value),
                InFirst = inFirst,
                InSecond = inSecond,
            });
        }
    }

    private EnvironmentDifference Named(TreeResource one, TreeResource other, string what, Node? from, Node? to)
    {
        var (inFirst, inSecond) = PlacesOf(one, from is null ? null : SpanOf(one, to, from), other, to is null ? null : SpanOf(other,
            from, to));
        return new EnvironmentDifference(DifferenceKind.Field, one, other, what, from is null ? null : Reason.ValueOf(from),
            to is null ? null : Reason.ValueOf(to))
        { InFirst = inFirst, InSecond = inSecond };
    }

    private static TextSpan SpanOf(TreeResource resource, Node? from, Node to) =>
        ChangedPart.Of(resource.Slot.Document.Text, from, to) ?? to.Span;

    private (DifferencePlace? First, DifferencePlace? Second) PlacesOf(TreeResource one, TextSpan? spanOne, TreeResource other,
        TextSpan? spanOther)
    {
        var first = spanOne is { } here ? PlaceOf(one, here, spanOther is null ? null : other, spanOther ?? default) : null;
        var second = spanOther is { } there ? PlaceOf(other, there, spanOne is null ? null : one, spanOne ?? default) : null;
        // A value that the other environment has set to something else, or taken away.
        if (Common(first, second))
            return (null, null);
        return (first ?? Overriding(second, _first), second ?? Overriding(first, _second));
    }

    private static bool Common(DifferencePlace? first, DifferencePlace? second) =>
        first is not null && second is not null && first.File.Path == second.File.Path && first.Span == second.Span;

    // Of what a value comes from, the first that the other environment's does not come from.
    private static DifferencePlace? PlaceOf(TreeResource resource, TextSpan span, TreeResource? other, TextSpan otherSpan)
    {
        var mine = OriginsOf(resource, span).ToList();
        // Of what only one has, the value that decides it is what a person changes.
        if (other is null)
            return mine.Count == 0 ? null : ValueOf(resource, span) ?? mine[0];
        var theirs = new HashSet<(string, TextSpan)>(OriginsOf(other, otherSpan).Select(place => (place.File.Path, place.Span)));
        return mine.Find(place => !theirs.Contains((place.File.Path, place.Span)));
    }

    // A resource is there because of the value that decides it, or else because it is written.
    private static DifferencePlace? WholeOf(TreeResource resource)
    {
        if (resource.Manifest.Origin is null)
            return PlaceOf(resource, resource.Root.Span, null, default);
        var start = resource.Root.Span.Start;
        return ValueOf(resource, new TextSpan(start, start + 1)) ?? OriginsOf(resource, resource.NameSpan)
            .FirstOrDefault(place => !ReferenceEquals(place.File, resource.Manifest))
            ?? PlaceOf(resource, resource.Root.Span, null, default);
    }

    private static DifferencePlace? ValueOf(TreeResource resource, TextSpan span)
    {
        var value = resource.Manifest.Origin?.Of(span.Shift(resource.Slot.Start)).FirstOrDefault(origin => origin.IsInserted) ?? default;
        return value.Source is null ? null : new DifferencePlace(value.Source, value.At);
    }

    private static IEnumerable<DifferencePlace> OriginsOf(TreeResource resource, TextSpan span)
    {
        var place = new Place(resource.Manifest, resource.Slot, span);
        yield return new DifferencePlace(place.File, place.FileSpan);
        foreach (var (file, at) in place.Others)
            yield return new DifferencePlace(file, at);
    }

    // What an environment's own values say at the path that decides in the other one.
    private static DifferencePlace? Overriding(DifferencePlace? place, BuiltEnvironment environment)
    {
        if (place is null || place.File.Source.Documents.LastOrDefault(slot => slot.Start <= place.Span.Start)
            is not { Document: { } found }
            slot || found.NodeAt(place.Span.Start - slot.Start) is not { } node || found.Root is null)
            return null;
        var path = FieldPath.Parse(FieldPath.Of(node, found.Root));
        foreach (var values in environment.Values.Reverse())
        {
            if (values.Path == place.File.Path || values.Source.Documents.FirstOrDefault() is not { Document.Root: { } at } first)
                continue;
            Node? reached = at;
            foreach (var step in path)
                reached = step.Name is { } name ? reached?[name] : (reached as ListNode)?.ResolvedItems.ElementAtOrDefault(step.Index);
            if (reached is not null && path.Count > 0)
                return new DifferencePlace(values, reached.Span.Shift(first.Start));
        }

        return null;
    }

    private void Add(EnvironmentDifference difference)
    {
        var (kind, name) = (DialectCatalogue.KindOf(difference.Resource.Id), difference.Resource.Id.Name);
        string[] environments = [_first.Environment.Name, _second.Environment.Name];
        var allowed = _settings.AllowedDifferences.FirstOrDefault(one => one.Allows(kind, name, difference.Path, environments));
        var rule = difference.IsUntested ? UntestedArtifact.Instance : EnvironmentsDiffer.Instance;
        var severity = allowed is not null ? Severity.Off
            : _settings.SeverityOf(rule, (difference.InSecond ?? difference.InFirst)?.File.Path ?? difference.Resource.Manifest.Path);
        _differences.Add(difference with
        {
            AllowedBecause = allowed?.Reason,
            Rule = severity == Severity.Off ? null : rule,
            Severity = severity,
        });
    }
}
