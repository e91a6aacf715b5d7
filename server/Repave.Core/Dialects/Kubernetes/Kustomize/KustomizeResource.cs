using Repave.Core.Dialects.Kubernetes.Helm;
using Repave.Core.Model;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>A resource while it is built, with what kustomize remembers of it on the way.</summary>
internal sealed class KustomizeResource(KustomizeNode root)
{
    private List<KustomizeId>? _previous;

    public KustomizeNode Root { get; set; } = root;

    /// <summary>What it was called before, the oldest first.</summary>
    public IReadOnlyList<KustomizeId> Previous => _previous ?? (IReadOnlyList<KustomizeId>)[];

    public List<string> Prefixes { get; private set; } = [];

    public List<string> Suffixes { get; private set; } = [];

    /// <summary>How a generated one meets one that is there: <c>create</c>, <c>merge</c>, <c>replace</c> or nothing.</summary>
    public string Behavior { get; set; } = "";

    /// <summary>What the hash in its name depends on; null where it gets none.</summary>
    public Trace? HashOrigin { get; set; }

    public bool NeedsHash { get; set; }

    /// <summary>Whether kustomize remembers anything of it.</summary>
    public bool IsMarked => _previous is not null || Prefixes.Count > 0 || Suffixes.Count > 0 || HashOrigin is not null;

    public bool MayChangeName { get; set; }

    public bool MayChangeKind { get; set; }

    /// <summary>The variables whose value it has.</summary>
    public List<string> Variables { get; private set; } = [];

    /// <summary>Where it was first written, for what is said of it.</summary>
    public (Manifest File, TextSpan Span)? Place => Root.Origin is { } trace ? (trace.File, trace.At) : null;

    public string Kind => Root.Find("kind")?.Value ?? "";

    public string ApiVersion => Root.Find("apiVersion")?.Value ?? "";

    public string Name => MetaText("name");

    public string Namespace => MetaText("namespace");

    public KustomizeKindName Type => KustomizeKindName.Of(ApiVersion, Kind);

    public KustomizeId Id
    {
        get
        {
            var type = Type;
            return new KustomizeId(type, Name, Namespace, KustomizeFacts.Instance.IsCluster(type));
        }
    }

    /// <summary>What it was called first.</summary>
    public KustomizeId FirstId => _previous is { Count: > 0 } ? _previous[0] : Id;

    /// <summary>What it is and was called.</summary>
    public IEnumerable<KustomizeId> AllIds => Previous.Append(Id);

    public void Remember()
    {
        var id = Id;
        _previous ??= [];
        _previous.Add(new KustomizeId(id.Type, id.Name, id.EffectiveNamespace));
    }

    /// <summary>Takes on what kustomize remembers of another, which this one is laid over.</summary>
    public void RememberAs(KustomizeResource other)
    {
        _previous = other._previous is null ? null : [.. other._previous];
        (Prefixes, Suffixes, Variables, Behavior) = ([.. other.Prefixes], [.. other.Suffixes], [.. other.Variables], other.Behavior);
        NeedsHash &= other.NeedsHash;
        (MayChangeName, MayChangeKind) = (other.MayChangeName, other.MayChangeKind);
    }

    public KustomizeResource Copy()
    {
        var copy = (KustomizeResource)MemberwiseClone();
        copy.Root = Root.Copy();
        copy._previous = _previous is null ? null : [.. _previous];
        (copy.Prefixes, copy.Suffixes, copy.Variables) = ([.. Prefixes], [.. Suffixes], [.. Variables]);
        return copy;
    }

    public Dictionary<string, KustomizeNode> Annotations => Map("annotations");

    public Dictionary<string, KustomizeNode> Labels => Map("labels");

    public void SetName(string name) => SetName(new GoText(name));

    public void SetName(GoText name) => Root.GetOrAdd("metadata", KustomizeKind.Map).Set("name", KustomizeNode.Scalar(name));

    public void SetNamespace(string name)
    {
        var metadata = Root.Get("metadata");
        if (name.Length == 0)
            metadata?.Clear("namespace");
        else
            Root.GetOrAdd("metadata", KustomizeKind.Map).Set("namespace", KustomizeNode.Scalar(name));
    }

    /// <summary>Writes labels or annotations anew: all of them are texts then, and an empty map is none.</summary>
    public void SetMap(string field, IReadOnlyDictionary<string, KustomizeNode> values)
    {
        var metadata = Root.GetOrAdd("metadata", KustomizeKind.Map);
        var before = metadata.Get(field)?.Trace;
        metadata.Clear(field);
        if (values.Count == 0)
            return;
        var map = metadata.GetOrAdd(field, KustomizeKind.Map);
        map.Trace = before;
        foreach (var entry in values.OrderBy(e => e.Key, StringComparer.Ordinal))
            map.Set(entry.Key, KustomizeNode.Scalar(entry.Value.Text, KustomizeNode.TextTag));
    }

    private Dictionary<string, KustomizeNode> Map(string field)
    {
        var found = new Dictionary<string, KustomizeNode>(StringComparer.Ordinal);
        if (MetaData?.Find(field) is { } map)
        {
            for (var i = 0; i + 1 < map.Content.Count; i += 2)
                found[map.Content[i].Value] = map.Content[i + 1];
        }

        return found;
    }

    private KustomizeNode? MetaData => Root.Find("metadata") is { IsEmpty: false } metadata ? metadata : null;

    private string MetaText(string name) => MetaData?.Find(name) is { IsEmpty: false } text ? text.Value : "";
}
