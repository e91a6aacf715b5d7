using Repave.Core.Builds;
using Repave.Core.Dialects.Kubernetes.Helm;
using Repave.Core.Dialects.Kubernetes.Kustomize;
using Repave.Core.Dialects.Kubernetes.Plans;
using Repave.Core.Dialects.Kubernetes.Plans.Back;
using Repave.Core.Dialects.Kubernetes.Plans.Drift;
using Repave.Core.Dialects.Kubernetes.Updates;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.Core.Rules;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>Kubernetes manifests: objects with apiVersion, kind and metadata, in YAML or JSON.</summary>
public sealed class KubernetesDialect : Dialect, IVersioned, IPlans, IReturns, IDrifts, ISnapshots, ITries, ICompares, IBuildsManifests,
    INamesEnvironments, IStoredTexts
{
    internal const string DialectName = "kubernetes";

    private IReadOnlyList<string>? _versions;

    /// <inheritdoc/>
    public override string Name => DialectName;

    /// <inheritdoc/>
    public override IReadOnlyList<string> FileNames => ["Kustomization"];

    /// <inheritdoc/>
    public IReadOnlyList<string> Versions => _versions ??= EmbeddedPacks.Versions(DialectName);

    /// <inheritdoc/>
    public IReadOnlyList<IBuilds> Builds { get; } = [new HelmBuilds(), new KustomizeBuilds()];

    /// <inheritdoc/>
    public bool MayName(string text) => text.IndexOf("argoproj.io/", StringComparison.Ordinal) >= 0
        || text.IndexOf(".toolkit.fluxcd.io/", StringComparison.Ordinal) >= 0;

    /// <inheritdoc/>
    public IEnumerable<ManifestEnvironment> EnvironmentsOf(Manifest manifest, IReadOnlyCollection<string> folders) =>
        DeployedSources.Of(manifest, folders);

    /// <inheritdoc/>
    public StateComparer ComparerOf(Resource resource) =>
        new KubernetesComparer(resource.Id.Type, mergesLists: true, new SecretValues(null));

    /// <inheritdoc/>
    public ScalarNode? NamespaceOf(Resource resource) => (resource as TreeResource)?.Root["metadata"]?.ScalarAt("namespace");

    /// <inheritdoc/>
    public IReadOnlyList<ScalarNode> ArtifactsOf(Resource resource) => resource is TreeResource tree ? ContainerImages.Of(tree.Root) : [];

    /// <inheritdoc/>
    public string Instances => "pods";

    /// <inheritdoc/>
    public (string Before, string After) StoredTextsOf(ResourceChange change) => ObjectText.Of(change);

    /// <inheritdoc/>
    public string Replacement => "refused by the server: delete and create again";

    /// <inheritdoc/>
    public override string KindOf(string type) => type.IndexOf('.') is var dot && dot < 0 ? type : type.Substring(0, dot);

    /// <inheritdoc/>
    public override bool Explains(string path) => Kustomizations.IsNamed(path) || NamesImages(path);

    /// <inheritdoc/>
    public override bool NamesImages(string path) =>
        path.Substring(path.LastIndexOf('/') + 1).StartsWith("skaffold", StringComparison.Ordinal) && LanguageCatalogue.IsNamed(path);

    /// <inheritdoc/>
    public override bool MayHold(string path, string text) =>
        Kustomizations.IsNamed(path) || text.IndexOf("apiVersion", StringComparison.Ordinal) >= 0
            || text.IndexOf("kind", StringComparison.Ordinal) >= 0;

    /// <inheritdoc/>
    public override DocumentReading Read(Manifest manifest, DocumentSlot slot)
    {
        if (Expectations.Matches(manifest.Path))
            return DocumentReading.Foreign;
        var document = slot.Document;
        var root = document.Root as MapNode;
        var apiVersion = root?.TextAt("apiVersion");
        var kind = root?.TextAt("kind");
        if (root is null || apiVersion is null || kind is null)
        {
            if (!LooksLikeManifest(document, root, apiVersion, kind))
                return DocumentReading.Foreign;
            if (KubernetesTemplates.IsTemplate(document))
                return DocumentReading.Template;
        }
        else if (KubernetesTemplates.IsTemplate(document))
        {
            return DocumentReading.Template;
        }

        if (root is null || Kustomizations.Is(manifest, apiVersion))
            return new DocumentReading(Recognition.Mine, []);
        if (apiVersion is not null && kind is not null && KubernetesSchemas.For(Newest).IsOfTool(apiVersion, kind))
            return DocumentReading.Foreign;
        if (root is null || apiVersion is null || kind is null)
        {
            // Half an object without its head says nothing that could be checked.
            if (root is null || !document.IsWhole)
                return new DocumentReading(Recognition.Mine, []);
        }
        else if (kind.EndsWith("List", StringComparison.Ordinal) && root["items"] is ListNode items)
            return new DocumentReading(Recognition.Mine, [.. ItemsOf(manifest, slot, items, apiVersion, kind)]);
        return new DocumentReading(Recognition.Mine, [Describe(manifest, slot, root, -1, apiVersion ?? "", kind ?? "")]);
    }

    /// <inheritdoc/>
    public override void FindSecrets(Document document, SecretNodes found)
    {
        if (document.Root is MapNode root && (root["kind"] ?? root["apiVersion"]) is ScalarNode
            || (document.Root is MapNode other && KubernetesSecrets.IsSecret(other)))
            KubernetesSecrets.Find((MapNode)document.Root!, found);
    }

    /// <inheritdoc/>
    public override DialectSet Prepare(ResourceSet set, IReadOnlyList<Manifest> manifests, Settings settings) =>
        new KubernetesCheck(set, Kustomizations.Read(manifests),
            KubernetesSchemas.For(settings.Versions.TryGetValue(DialectName, out var version) ? version : Versions[Versions.Count - 1]));

    /// <inheritdoc/>
    public Baseline? StartOfReturn(PlanInput input, Baseline manifests) => manifests;

    /// <inheritdoc/>
    public bool HoldsMore(Resource before) => before is TreeResource tree && LiveObjects.IsLive(tree.Root);

    /// <inheritdoc/>
    public void Return(IReadOnlyList<ReturnPair> pairs) => KubernetesReturn.Judge(pairs);

    /// <inheritdoc/>
    public IReadOnlyList<ResourceChange> Plan(PlanInput input, List<string> notes) => KubernetesPlanner.Plan(input, notes, Versions);

    /// <inheritdoc/>
    public bool SaysDrift(Baseline baseline) => !baseline.IsEarlierState;

    /// <inheritdoc/>
    public IReadOnlyList<DriftItem> Drift(PlanInput input, List<string> notes) => DriftPlanner.Find(input, notes, Versions);

    /// <inheritdoc/>
    public IReadOnlyList<Explanation> Explain(string type, string? version) =>
        UpdateExplanations.Of(type, Version.TryParse(version ?? Newest, out var release) ? release : Version.Parse(Newest));

    /// <inheritdoc/>
    public ApplyRequest RequestFor(Resource desired, Resource? live, ApplySettings settings) =>
        ApplyPatch.For((KubernetesResource)desired, live as KubernetesResource, settings, KubernetesSchemas.For(Newest));

    /// <inheritdoc/>
    public string Snapshot(Baseline live, byte[] hashKey, bool holdsKey) => KubernetesSnapshot.Write(live, hashKey, holdsKey);

    /// <inheritdoc/>
    public IReadOnlyList<string> OwnershipLabels => Pruning.Marks;

    // What tests of operators (kuttl, Chainsaw) compare objects with: parts of them, and expressions.
    private static readonly BoundedRegex Expectations =
        new(@"(^|[/\\])(\d+[a-z]?-(assert|errors?)|assert)([-_.][^/\\]*)?\.ya?ml$|[-_]assert\.ya?ml$");

    /// <summary>The newest release that there is a pack for.</summary>
    internal static string Newest { get; } = EmbeddedPacks.Versions(DialectName).Last();

    /// <summary>The type part of an identity: the kind and its group.</summary>
    internal static string TypeOf(string apiVersion, string kind)
    {
        var slash = apiVersion.IndexOf('/');
        return slash > 0 ? $"{kind}.{apiVersion.Substring(0, slash)}" : kind;
    }

    private static IEnumerable<Resource> ItemsOf(Manifest manifest, DocumentSlot slot, ListNode items, string listVersion, string listKind)
    {
        // The items of a list of one kind need not say it.
        var isTyped = listKind != "List";
        var index = -1;
        foreach (var item in items.ResolvedItems)
        {
            index++;
            if (item is MapNode mapping && (mapping.TextAt("apiVersion") ?? (isTyped ? listVersion : null)) is { } apiVersion
                && (mapping.TextAt("kind") ?? (isTyped ? listKind.Substring(0, listKind.Length - "List".Length) : null)) is { } kind)
                yield return Describe(manifest, slot, mapping, index, apiVersion, kind);
        }
    }

    private static KubernetesResource Describe(Manifest manifest, DocumentSlot slot, MapNode root, int item, string apiVersion, string kind)
    {
        if (KubernetesSchemas.For(Newest).Pack is var pack && pack.Kind(apiVersion, kind) is { } known)
            MeantKeys.Mark(root, pack.Type(known.Type));
        var metadata = root.MappingAt("metadata");
        var id = new ResourceId(DialectName, TypeOf(apiVersion, kind), metadata?.TextAt("namespace"), metadata?.TextAt("name") ?? "");
        return new KubernetesResource(id, manifest, slot, item, apiVersion, kind);
    }

    // A manifest that lacks apiVersion or kind is still one if the rest says so; a broken one if it begins one of them and names the other.
    private bool LooksLikeManifest(Document document, MapNode? root, string? apiVersion, string? kind)
    {
        if (!document.IsWhole)
            return (HasLine(document.Text, "apiVersion:") && document.Text.Contains("kind:", StringComparison.Ordinal))
                || (HasLine(document.Text, "kind:") && document.Text.Contains("apiVersion:", StringComparison.Ordinal))
                || (apiVersion is not null && kind is not null);
        if (root is null)
            return false;
        if (apiVersion is null && kind is null)
            return false;
        if (root.MappingAt("metadata") is not { } metadata || metadata.TextAt("name") is null)
            return false;
        var schemas = KubernetesSchemas.For(Versions[Versions.Count - 1]);
        return kind is not null ? schemas.Pack.KindsNamed(kind).Count > 0 : schemas.Pack.Kinds.Any(k => k.ApiVersion == apiVersion);
    }

    // Whether a line begins with a key and gives it a value.
    private static bool HasLine(string text, string key)
    {
        for (var at = text.IndexOf(key, StringComparison.Ordinal); at >= 0;
            at = text.IndexOf(key, at + key.Length, StringComparison.Ordinal))
        {
            if (at > 0 && text[at - 1] != '\n')
                continue;
            var value = at + key.Length;
            while (value < text.Length && text[value] is ' ' or '\t')
                value++;
            if (value < text.Length && !char.IsWhiteSpace(text[value]))
                return true;
        }

        return false;
    }
}
