using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>A Kubernetes object as a manifest defines it.</summary>
public sealed class KubernetesResource : TreeResource
{
    // Its place in a list document, counting what an alias stands for; -1 if it is the document itself.
    private readonly int _item;
    private KubernetesFacts? _facts;
    private (KubernetesSchemas Schemas, IReadOnlyList<CustomKind> Kinds)? _defines;
    private WeakReference<PodSpec>? _podSpec;

    internal KubernetesResource(ResourceId id, Manifest manifest, DocumentSlot slot, int item, string apiVersion, string kind)
        : base(id, manifest, slot)
    {
        _item = item;
        ApiVersion = apiVersion;
        Kind = kind;
    }

    /// <summary>The apiVersion (<c>apps/v1</c>); empty if missing.</summary>
    public string ApiVersion { get; }

    /// <summary>The kind; empty if missing.</summary>
    public string Kind { get; }

    /// <inheritdoc/>
    public override MapNode Root =>
        _item < 0 ? (MapNode)Slot.Document.Root! : (MapNode)((ListNode)Slot.Document.Root!["items"]!).ResolvedAt(_item);

    /// <summary>Whether it is a patch that a kustomization lays over a whole resource.</summary>
    public bool IsPatch
    {
        get => (Role & BuildRole.Patch) != 0;
        internal set => Role = value ? Role | BuildRole.Patch : Role & ~BuildRole.Patch;
    }

    /// <summary>What the builds that it goes into still write into it.</summary>
    internal BuildRole Role { get; set; }

    /// <summary>Whether it is no whole resource, so that what is absent may stand elsewhere: a patch, or a text that could not be read to
    /// the end.</summary>
    public bool IsPartial => IsPatch || !Slot.Document.IsWhole;

    /// <summary>The API group; empty for the core group.</summary>
    public string Group => ApiVersion.IndexOf('/') is var slash && slash > 0 ? ApiVersion.Substring(0, slash) : "";

    /// <inheritdoc/>
    public override bool DefinesTypes => Kind == "CustomResourceDefinition";

    /// <summary>The metadata, or null.</summary>
    public MapNode? Metadata => Root.MappingAt("metadata");

    /// <summary>The pods that it runs or describes, or null if it is no workload.</summary>
    public PodSpec? PodSpec
    {
        get
        {
            if (Kubernetes.PodSpec.TemplatePath(Kind, Group) is null)
                return null;
            // Nodes of a tree that was forgotten are of no use beside those of the one that took its place.
            if (_podSpec is { } weak && weak.TryGetTarget(out var known) && ReferenceEquals(known.Root, Root))
                return known;
            var read = Kubernetes.PodSpec.Of(this);
            _podSpec = read is null ? null : new WeakReference<PodSpec>(read);
            return read;
        }
    }

    /// <summary>Its place in a list document, counting what an alias stands for; -1 if it is the document itself.</summary>
    internal int Item => _item;

    /// <summary>What other resources' checks want to know of it.</summary>
    internal KubernetesFacts Facts => _facts ??= new KubernetesFacts(this);

    /// <summary>The kinds that it defines, if it is a CustomResourceDefinition.</summary>
    internal IReadOnlyList<CustomKind> Defines(KubernetesSchemas schemas)
    {
        if (_defines is not { } known || known.Schemas != schemas)
            _defines = known = (schemas, [.. CustomResourceDefinitions.Read(Root, schemas.Pack.Type("V1ObjectMeta"))]);
        return known.Kinds;
    }

    /// <summary>The value of a field of its head; in a list of one kind, whose items need not say it, the resource itself.</summary>
    internal Node HeadNode(string field) => Root.Find(field)?.Value ?? Root;

    /// <inheritdoc/>
    public override Node NameNode => (Node?)Metadata?.ScalarAt("name") ?? Root.Find("kind")?.Value ?? Root;

    /// <inheritdoc/>
    public override Resource In(Manifest later, DocumentSlot moved) =>
        new KubernetesResource(Id, later, moved, _item, ApiVersion, Kind) { Role = Role, _facts = _facts, _defines = _defines };

    /// <summary>The same definition under another apiVersion.</summary>
    internal KubernetesResource As(string apiVersion) => new(Id, Manifest, Slot, _item, apiVersion, Kind) { Role = Role };

    /// <summary>Whether a build still writes a field, so that what stands there, or does not, says nothing.</summary>
    /// <param name="path">The field.</param>
    /// <param name="isMissing">Whether it is missed.</param>
    internal bool IsWrittenLater(string path, bool isMissing)
    {
        if ((Role & BuildRole.Name) != 0 && path == "metadata.name")
            return true;
        if ((Role & BuildRole.Fields) != 0 && isMissing)
            return true;
        return (Role & BuildRole.Selectors) != 0
            && (path is "spec.selector" or "spec.selector.matchLabels" or "spec.template" || path.EndsWith("template.metadata.labels", StringComparison.Ordinal)
                || path.EndsWith("template.metadata", StringComparison.Ordinal));
    }

    /// <summary>Whether it is of a kind in an API group, in whatever version.</summary>
    public bool Is(string kind, string group) => Kind == kind && Group == group;
}
