using Repave.Core.Dialects.Kubernetes.Helm;
using Repave.Core.Dialects.Kubernetes.Updates;
using Repave.Core.Dialects.Kubernetes.Validation;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Core.Rules.Schema;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Yaml;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>Checks the Kubernetes resources of one set.</summary>
internal sealed class KubernetesCheck : DialectSet, INames, ICompletes, IDescribes, IImages
{
    private readonly KubernetesSchemas _schemas;
    private readonly KubernetesRule[] _rules = RuleCatalogue.Of<KubernetesRule>();
    private readonly KubernetesIndex _index;
    private readonly KubernetesSet _set;
    private readonly CustomKinds _customKinds;
    private readonly ResourceSet _resources;
    private readonly Kustomizations _kustomizations;

    public KubernetesCheck(ResourceSet set, Kustomizations kustomizations, KubernetesSchemas schemas)
    {
        _schemas = schemas;
        _kustomizations = kustomizations;
        _resources = set;
        _index = new KubernetesIndex(set, kustomizations);
        _set = new KubernetesSet(_index);
        foreach (var resource in _set.All)
            resource.Role = kustomizations.RoleOf(resource);
        _customKinds = new CustomKinds(_set.OfKind("CustomResourceDefinition"), _set.OfKind("MutatingWebhookConfiguration"), schemas);
    }

    /// <inheritdoc/>
    public override object? Check(Resource resource, FindingSink sink)
    {
        if (resource is not KubernetesResource kubernetes)
            return null;
        var set = new KubernetesSet(_index, kubernetes.Manifest.Path);
        var custom = _customKinds.For(kubernetes);
        KubectlText.Check(kubernetes, sink);
        KubectlKeys.Check(kubernetes, sink);
        CheckShape(kubernetes, custom, sink);
        if (!kubernetes.IsPartial)
        {
            CheckReferences(kubernetes, set, sink);
            foreach (var rule in _rules)
            {
                if (sink.Settings.IsOn(rule, resource.Manifest.Path))
                    sink.Run(rule, resource, (rule, kubernetes, set), static (on, sink) => on.rule.Check(on.kubernetes, on.set, sink));
            }
        }

        return new Looked(set.Asked!, custom, kubernetes.Role, _customKinds.IsMutated(kubernetes));
    }

    /// <inheritdoc/>
    public override bool SeesTheSame(Resource resource, object? looked, DialectSet before) =>
        resource is KubernetesResource kubernetes && looked is Looked what && before is KubernetesCheck old
        && old._schemas == _schemas
        && what.Role == kubernetes.Role && what.IsMutated == _customKinds.IsMutated(kubernetes)
        && ReferenceEquals(what.Custom, _customKinds.For(kubernetes))
        && old._kustomizations.SaysTheSame(_kustomizations)
        && KubernetesSet.AnswersTheSame(what.Asked, _index);

    /// <inheritdoc/>
    public override void Adopt(Resource resource)
    {
        if (resource is KubernetesResource kubernetes)
            kubernetes.Role = _kustomizations.RoleOf(kubernetes);
    }

    /// <inheritdoc/>
    public Shape? ShapeOf(IReadOnlyDictionary<string, string> head)
    {
        if (!head.TryGetValue("apiVersion", out var apiVersion) || !head.TryGetValue("kind", out var kind))
            return null;
        if (_schemas.Pack.Kind(apiVersion, kind) is { } known)
            return _schemas.Pack.Type(known.Type);
        return (_customKinds.Any(apiVersion, kind) ?? PackagedKinds.Of(apiVersion, kind))?.Shape;
    }

    /// <inheritdoc/>
    public bool Owns(Cursor cursor, string path, string text) => KubernetesCompletions.Owns(cursor, path);

    /// <inheritdoc/>
    public IEnumerable<WholeResource> WholeResources => KubernetesCompletions.WholeResources(_schemas.Pack, _customKinds.Names, ShapeOf);

    /// <inheritdoc/>
    public CursorPlace Locate(Cursor cursor, string path, string text)
    {
        if (KustomizationCompletions.Are(cursor, path))
            return KustomizationCompletions.Locate(cursor, _set);
        if (ChartCompletions.Are(path))
            return ChartCompletions.Locate(cursor);
        return new KubernetesCompletions(cursor, _set, _schemas.Pack, _customKinds.Names, ShapeOf).Locate();
    }

    /// <inheritdoc/>
    public IEnumerable<ImageUse> ImagesOf(Resource resource) =>
        (resource as KubernetesResource)?.PodSpec?.Containers.Where(c => c.Image is { Value.Length: > 0 })
            .Select(c => new ImageUse(resource, Shapes.ShapeValidator.Underline(c.Image!), c.Image!.Value)) ?? [];

    /// <inheritdoc/>
    public IEnumerable<ImageBuild> ImageBuildsOf(Resource resource) => [];

    /// <inheritdoc/>
    public IEnumerable<Reference> ReferencesOf(Resource resource) =>
        resource is KubernetesResource kubernetes ? NamesInResources.Of(kubernetes) : [];

    /// <inheritdoc/>
    public IEnumerable<Resource> Find(ResourceId id) => _set.Find(DialectCatalogue.KindOf(id), id.Namespace, id.Name);

    /// <inheritdoc/>
    public bool Means(Reference reference, Resource resource) =>
        resource is KubernetesResource named && reference.To.Dialect == named.Id.Dialect && reference.To.Name == named.Id.Name
        && named.Kind == reference.To.Type
        && KubernetesSet.SameNamespace(reference.To.Namespace, named.Id.Namespace);

    /// <inheritdoc/>
    public IReadOnlyList<LocalName> LocalNamesAt(Document document, int offset) => [];

    /// <inheritdoc/>
    public bool IsSecret(Resource resource, Node value) => Secrets.Of(resource.Slot.Document).Touches(value.Span);

    /// <inheritdoc/>
    public Explanation? EffectOf(IReadOnlyDictionary<string, string> head, IReadOnlyList<string> path) =>
        head.TryGetValue("apiVersion", out var apiVersion) && head.TryGetValue("kind", out var kind)
            ? UpdateExplanations.At(KubernetesDialect.TypeOf(apiVersion, kind), path, _schemas.Release)
            : null;

    /// <inheritdoc/>
    public override void CheckSet(Func<Resource, FindingSink> sinkOf)
    {
        ReportUnknownKinds(sinkOf);
        ReportDuplicates(sinkOf);
    }

    private static void CheckReferences(KubernetesResource resource, KubernetesSet set, FindingSink sink)
    {
        foreach (var reference in KubernetesReferences.Of(resource))
        {
            if (!reference.IsOptional && !KubernetesReferences.IsBuiltIn(reference.To) && !Placeholders.IsMarked(reference.To.Name)
                && !set.Defines(reference.To.Type, reference.To.Namespace, reference.To.Name))
                sink.Add(UnresolvedReference.Instance, resource, reference.Node,
                    $"No checked file defines the {reference.To.Type} '{reference.To.Name}'.");
        }
    }

    private void CheckShape(KubernetesResource resource, CustomKind? custom, FindingSink sink)
    {
        if ((resource.Role & BuildRole.Idle) != 0)
            return;
        if (resource.ApiVersion.Length == 0 || resource.Kind.Length == 0)
        {
            if (resource.IsPartial)
                return;
            var missing = resource.ApiVersion.Length == 0 ? "apiVersion" : "kind";
            sink.Add(MissingField.Instance, ShapeValidator.Anchor(resource.Root),
                $"The field '{missing}' is required and missing.", resource, missing);
            return;
        }

        if (_schemas.Pack.Kind(resource.ApiVersion, resource.Kind) is { } kind)
        {
            ReportDeprecation(resource, sink);
            Validate(resource, _schemas.Pack.Type(kind.Type), isCustom: false, sink);
        }
        else if (custom is not null)
        {
            if (custom.Deprecation is { } warning)
                sink.Add(DeprecatedApiVersion.Instance, resource, resource.HeadNode("apiVersion"), warning);
            Validate(resource, custom.Shape, isCustom: true, sink);
        }
        else if (PackagedKinds.Of(resource) is { } packaged)
        {
            Validate(resource, packaged.Shape, isCustom: true, sink, isPackaged: true);
        }
        else
        {
            ReportUnserved(resource, sink);
            if (!resource.IsPartial)
                ServerRules.CheckController(new ServerCheck(resource, sink, _schemas.Release, []), isDefined: false);
        }
    }

    /// <summary>How a server takes the values of a resource.</summary>
    internal static ShapeReading ReadingOf(KubernetesResource resource, bool isCustom) => new()
    {
        AsPlatform = true,
        NullIsAbsent = !isCustom,
        PrunesNull = isCustom,
        IsFilledIn = scalar => Placeholders.IsMarked(scalar.Value),
        DemandsDocumented = false,
        CheckFormat = KubernetesFormats.Check,
        Hides = node => Secrets.Of(resource.Slot.Document).Touches(node.Span),
    };

    private void Validate(KubernetesResource resource, Shape shape, bool isCustom, FindingSink sink, bool isPackaged = false)
    {
        var reading = ReadingOf(resource, isCustom);
        var issues = ShapeValidator.Validate(resource.Root, shape, reading);
        Report(issues.Where(i => i.IsRefused));
        if (resource.IsPartial)
        {
            Report(issues.Where(i => !i.IsRefused));
            return;
        }

        // What is only warned of at a place does not keep from saying that it is refused.
        var check = new ServerCheck(resource, sink, _schemas.Release, issues.Where(i => i.IsRefused).Select(i => i.Path));
        ServerRules.Check(check);
        if (isCustom)
            ServerRules.CheckController(check, isDefined: true);
        Report(issues.Where(i => !i.IsRefused && !check.IsBlamed(i.Path)));

        void Report(IEnumerable<ShapeIssue> reported)
        {
            foreach (var issue in reported)
                Add(issue);
        }

        void Add(ShapeIssue issue)
        {
            // A server takes no status from a manifest, whatever is in it.
            if (!isCustom && issue.Kind != ShapeIssueKind.WrongType && issue.Kind != ShapeIssueKind.UnknownField
                && issue.Path.StartsWith("status.", StringComparison.Ordinal))
                return;
            if (!isCustom && !IsLookedAt(issue))
                return;
            if (IsWord(issue) || IsInserted(issue) || IsSops(issue, resource.Root)
                || resource.IsWrittenLater(issue.Path, issue.Kind == ShapeIssueKind.MissingField))
                return;
            if (!resource.IsPartial || IsSure(issue, resource.Slot.Document))
                sink.Add(SchemaRules.For(issue.Kind), issue.Span, issue.Message, resource, issue.Path,
                    FixOf(issue, sink, resource.Slot.Document),
                    // A newer release of the definition may know it.
                    isPackaged && issue.Kind == ShapeIssueKind.UnknownField ? Severity.Warning
                        : SeverityOf(issue, isCustom && _customKinds.IsMutated(resource)));
        }

    }

    // What a webhook may fill in is not known to be missing.
    private static Severity? SeverityOf(ShapeIssue issue, bool isMutated) =>
        isMutated && issue.Kind == ShapeIssueKind.MissingField ? Severity.Info : issue.IsRefused ? null : Severity.Warning;

    // Of the metadata inside an object the server looks at labels and annotations, and of claims' and jobs' templates at nothing;
    // measured with a kube-apiserver 1.20.2.
    private static bool IsLookedAt(ShapeIssue issue)
    {
        if (issue.Kind is ShapeIssueKind.WrongType or ShapeIssueKind.UnknownField)
            return true;
        // An autoscaler's server hands these to whoever measures.
        if (issue.Path.Contains(".metric.selector.matchLabels"))
            return false;
        var at = issue.Path.IndexOf(".metadata.", StringComparison.Ordinal);
        if (at < 0)
            return true;
        var holder = issue.Path.Substring(0, at);
        if (holder.EndsWith("]", StringComparison.Ordinal) || holder.EndsWith("jobTemplate", StringComparison.Ordinal))
            return false;
        var field = issue.Path.Substring(at + ".metadata.".Length);
        return field.StartsWith("labels", StringComparison.Ordinal) || field.StartsWith("annotations", StringComparison.Ordinal);
    }

    // What no server could take, and what plainly says what to put there.
    private static bool IsWord(ShapeIssue issue) =>
        issue.Kind is ShapeIssueKind.Malformed or ShapeIssueKind.WrongType && issue.Node is ScalarNode scalar
            && Placeholders.IsSpoken(scalar.Value);

    // What is put in the place of a key may be anything that stands beside it.
    private static bool IsInserted(ShapeIssue issue) =>
        (issue.Kind is ShapeIssueKind.UnknownField or ShapeIssueKind.MissingField or ShapeIssueKind.WrongType
            && (Placeholders.HasInsertion(issue.Node) || Placeholders.HasInsertion(issue.Node.Parent)))
        || (issue.Kind == ShapeIssueKind.NotAllowed && issue.Node is ScalarNode scalar && Placeholders.IsSpoken(scalar.Value));

    // SOPS keeps what it needs for decrypting beside the resource, and takes it away when it does.
    private static bool IsSops(ShapeIssue issue, MapNode root) =>
        issue is { Kind: ShapeIssueKind.UnknownField, Path: "sops" } && root["sops"] is MapNode sops && sops.Find("mac") is not null;

    // In a document that breaks off, what is missing or unfinished may stand behind the break.
    private static bool IsSure(ShapeIssue issue, Document document) =>
        issue.Kind is not (ShapeIssueKind.MissingField or ShapeIssueKind.OutOfRange) && !IsPatchDirective(issue)
            && !document.Issues.Any(error => error.Kind != SyntaxIssueKind.DuplicateKey && issue.Node.Span.Touches(error.Span.Start));

    // $patch, $retainKeys, $setElementOrder/… say how a patch is laid over a resource.
    private static bool IsPatchDirective(ShapeIssue issue) =>
        issue.Kind == ShapeIssueKind.UnknownField && issue.Node is ScalarNode name && name.Value.StartsWith('$');

    private static Fix? FixOf(ShapeIssue issue, FindingSink sink, Document document)
    {
        if (issue.Node is not ScalarNode scalar)
            return null;
        if (issue.Suggestion is { } suggestion)
            return !issue.IsSuggestionSure ? null : sink.FixHere($"Change to '{suggestion}'", document.Edits?.Replace(scalar, suggestion));
        if (issue.Kind != ShapeIssueKind.WrongType || scalar.Tag is not null)
            return null;
        if ((issue.Expected & ShapeTypes.String) != 0 && scalar.Style == NodeStyle.Plain && scalar.Kind != ScalarKind.Null)
            return sink.FixHere("Put in quotes", document.Edits?.AddQuotes(document, scalar));
        var plain = YamlScalars.KindOf11(scalar.Value);
        var fits = (plain == ScalarKind.Integer && (issue.Expected & ShapeTypes.Integer) != 0)
            || (plain == ScalarKind.Boolean && (issue.Expected & ShapeTypes.Boolean) != 0);
        return fits ? sink.FixHere("Remove the quotes", document.Edits?.RemoveQuotes(scalar)) : null;
    }

    private void ReportDeprecation(KubernetesResource resource, FindingSink sink)
    {
        if (KubernetesSchemas.Lifecycle(resource.ApiVersion, resource.Kind) is not { Deprecated: { } deprecated } lifecycle
            || deprecated > _schemas.Release)
            return;
        var successor = lifecycle.Successor ?? _schemas.Pack.KindsNamed(resource.Kind).Select(k => k.ApiVersion)
            .FirstOrDefault(v => v.EndsWith("/v1", StringComparison.Ordinal));
        var apiVersion = resource.HeadNode("apiVersion");
        sink.Add(
            DeprecatedApiVersion.Instance,
            resource,
            apiVersion,
            $"{resource.ApiVersion} {resource.Kind} is deprecated since "
                + $"Kubernetes {deprecated}{(lifecycle.Removed is { } removed ? $" and will not be served by {removed}" : "")}"
                + $"{(successor is null ? "." : $"; use {successor}.")}",
            FixOfVersion(resource, apiVersion, successor, sink));
    }

    // Only where the manifest is valid under the successor as it stands and means the same there: between some versions fields moved,
    // between others defaults changed.
    private Fix? FixOfVersion(KubernetesResource resource, Node apiVersion, string? successor, FindingSink sink)
    {
        if (resource.IsPartial || successor is null || apiVersion is not ScalarNode scalar
            || !KubernetesSchemas.MeansTheSame(resource.ApiVersion, resource.Kind, successor)
            || _schemas.Pack.Kind(successor, resource.Kind) is not { } kind)
            return null;
        var moved = resource.As(successor);
        var trial = new FindingSink(resource.Manifest, resource.Slot, Settings.Default);
        Validate(moved, _schemas.Pack.Type(kind.Type), isCustom: false, trial);
        return trial.Findings.Count == 0 ? sink.FixHere($"Use {successor}", resource.Slot.Document.Edits?.Replace(scalar, successor))
            : null;
    }

    private void ReportUnserved(KubernetesResource resource, FindingSink sink)
    {
        var apiVersion = resource.HeadNode("apiVersion");
        var lifecycle = KubernetesSchemas.Lifecycle(resource.ApiVersion, resource.Kind);
        var served = _schemas.Pack.KindsNamed(resource.Kind).Where(k => !k.ApiVersion.Contains("alpha", StringComparison.Ordinal))
            .Select(k => k.ApiVersion).ToList();
        if (lifecycle?.Removed is { } removed && removed <= _schemas.Release)
        {
            var successor = lifecycle.Successor ?? served.FirstOrDefault();
            var hint = successor is null ? " and has no successor" : $"; use {successor}";
            sink.Add(WrongApiVersion.Instance, resource, apiVersion,
                $"{resource.ApiVersion} {resource.Kind} is not served since Kubernetes {removed}{hint}.",
                FixOfVersion(resource, apiVersion, successor, sink));
            return;
        }

        // Groups of others may have a kind of the same name; of Kubernetes' own groups everything is known.
        if (!_schemas.IsBuiltInGroup(resource.Group))
            return;
        if (served.Count > 0)
            sink.Add(WrongApiVersion.Instance, resource, apiVersion,
                $"Kubernetes {_schemas.Release} has no {resource.Kind} in {resource.ApiVersion}; use {string.Join(" or ", served)}.");
        else if (NearestName.Of(resource.Kind, _schemas.Pack.Kinds.Select(k => k.Kind).Distinct()) is { } nearest)
            sink.Add(WrongApiVersion.Instance, resource, resource.HeadNode("kind"),
                $"Kubernetes {_schemas.Release} has no kind {resource.Kind}; did you mean {nearest}?");
        else if (resource.Group.Length == 0 && _schemas.Pack.Kinds.Any(k => k.ApiVersion == resource.ApiVersion))
            sink.Add(WrongApiVersion.Instance, resource, resource.HeadNode("kind"),
                $"Kubernetes {_schemas.Release} has no kind {resource.Kind} in {resource.ApiVersion}.");
    }

    private void ReportUnknownKinds(Func<Resource, FindingSink> sinkOf)
    {
        var said = new HashSet<(string, string)>();
        foreach (var resource in _set.All)
        {
            if (resource.ApiVersion.Length == 0 || resource.Kind.Length == 0 || _schemas.IsBuiltInGroup(resource.Group)
                || _customKinds.Any(resource.ApiVersion, resource.Kind) is not null
                || PackagedKinds.Of(resource) is not null || !said.Add((resource.ApiVersion, resource.Kind)))
                continue;
            var count = _set.OfKind(resource.Kind).Count(r => r.ApiVersion == resource.ApiVersion);
            var message = $"No schema is known for {resource.ApiVersion} {resource.Kind}, "
                + $"so {(count == 1 ? "this resource was" : $"these {count} resources were")} not validated; "
                + "check the file with its CustomResourceDefinition too.";
            sinkOf(resource).Add(UnknownKind.Instance, resource, resource.HeadNode("kind"), message);
        }
    }

    private void ReportDuplicates(Func<Resource, FindingSink> sinkOf)
    {
        foreach (var (id, resources) in _resources.ByIdentity)
        {
            if (resources.Count < 2 || id.Dialect != KubernetesDialect.DialectName || id.Name.Length == 0)
                continue;
            for (var i = 1; i < resources.Count; i++)
            {
                var before = resources[i - 1];
                // The same name in different folders is how variants of one set are kept, and in one folder it often is too; in one
                // file it overwrites.
                if (FolderOf(before) != FolderOf(resources[i]) || AreVariants(before, resources[i])
                    || resources[i] is not KubernetesResource { IsPatch: false } resource
                    || before is KubernetesResource { IsPatch: true })
                    continue;
                var where = before.Manifest == resource.Manifest ? $"on line {LineOf(before)}"
                    : $"in {before.Manifest.FileName} on line {LineOf(before)}";
                var isSure = before.Manifest == resource.Manifest;
                sinkOf(resource).Add(DuplicateResource.Instance, resource, resource.NameNode,
                    $"The {resource.Kind} '{id.Name}' is defined {where} too.", severity: isSure ? null : Severity.Info,
                    related: [RelatedPlace.Of(before, "defined here too")]);
            }
        }
    }

    // Two files that define the same several resources are two ways to install one thing; kustomize would refuse both in one build.
    private bool AreVariants(Resource one, Resource other)
    {
        if (one.Manifest == other.Manifest || _kustomizations.AreTogether(one.Manifest.Path, other.Manifest.Path) == true)
            return false;
        var ids = new HashSet<ResourceId>(_index.InFile(one.Manifest.Path).Select(r => r.Id));
        return _index.InFile(other.Manifest.Path).Count(r => ids.Contains(r.Id)) > 1;
    }

    private static string FolderOf(Resource resource) =>
        resource.Manifest.Path.Substring(0, resource.Manifest.Path.Length - resource.Manifest.FileName.Length);

    private static int LineOf(Resource resource) =>
        resource.Manifest.Source.Text.PositionOf(resource.Slot.Start + resource.NameSpan.Start).Line + 1;

    /// <summary>What a resource's check looked at besides the resource.</summary>
    private sealed record Looked(IReadOnlyList<KubernetesSet.Question> Asked, CustomKind? Custom, BuildRole Role, bool IsMutated);
}
