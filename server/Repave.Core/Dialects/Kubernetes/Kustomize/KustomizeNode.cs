using Repave.Core.Dialects.Kubernetes.Helm;
using Repave.Core.Model;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>A node of a resource while it is built, as kustomize holds it: what it is decides only when it is written, from its tag, its
/// quotes and its text. Texts and collections know where they come from.</summary>
internal sealed class KustomizeNode
{
    public const string TextTag = "!!str";
    public const string NullTag = "!!null";
    public const string NumberTag = "!!int";
    public const string MapTag = "!!map";

    private Dictionary<string, int>? _places;
    private List<KustomizeNode>? _placed;
    private int _count;

    public KustomizeKind Kind { get; set; }

    /// <summary>The short tag; empty where it was made rather than read.</summary>
    public string Tag { get; set; } = "";

    /// <summary>A scalar's text.</summary>
    public GoText Text { get; set; } = GoText.Empty;

    /// <summary>Whether a scalar is written in quotes, or as a block.</summary>
    public bool IsQuoted { get; set; }

    /// <summary>Whether a scalar is written as a block whose lines are folded.</summary>
    public bool IsFolded { get; set; }

    /// <summary>The quote that it is written in, if any.</summary>
    public char? Quote { get; set; }

    /// <summary>Whether a null stays, although nulls take fields away.</summary>
    public bool IsKept { get; set; }

    /// <summary>The items of a list; keys and values of a map, by turns.</summary>
    public List<KustomizeNode> Content { get; set; } = [];

    /// <summary>Where a collection comes from.</summary>
    public Trace? Trace { get; set; }

    public string Value => Text.Text;

    public bool IsNull => Tag == NullTag;

    public bool IsEmptyMap => Kind == KustomizeKind.Map && Content.Count == 0;

    /// <summary>Nothing that could be said: null, or a collection of nothing.</summary>
    public bool IsEmpty => IsNull || (Kind is KustomizeKind.Map or KustomizeKind.List && Content.Count == 0)
        || (Kind == KustomizeKind.None && Tag.Length == 0);

    public bool IsText => Kind == KustomizeKind.Scalar && Tag is TextTag or "";

    /// <summary>Where it comes from.</summary>
    public Trace? Origin => Kind == KustomizeKind.Scalar ? Text.Trace : Trace;

    public static KustomizeNode Scalar(GoText text, string tag = "") => new() { Kind = KustomizeKind.Scalar, Text = text, Tag = tag };

    public static KustomizeNode Scalar(string text, string tag = "") => Scalar(new GoText(text), tag);

    public static KustomizeNode Map(Trace? trace = null) => new() { Kind = KustomizeKind.Map, Tag = MapTag, Trace = trace };

    public static KustomizeNode List(Trace? trace = null) => new() { Kind = KustomizeKind.List, Tag = "!!seq", Trace = trace };

    public static bool IsMissing(KustomizeNode? node) => node is null || node.IsNull;

    /// <summary>The value of a key of this mapping; null where there is none, or this is no mapping.</summary>
    public KustomizeNode? Find(string key)
    {
        var place = Kind == KustomizeKind.Map ? PlaceOf(key) : -1;
        return place < 0 ? null : Content[place + 1];
    }

    /// <summary>Puts another value in the place of one that a mapping has.</summary>
    public void Exchange(string key, KustomizeNode value) => Content[PlaceOf(key) + 1] = value;

    private int PlaceOf(string key)
    {
        const int few = 64;
        if (Content.Count <= few)
        {
            for (var i = 0; i + 1 < Content.Count; i += 2)
            {
                if (Content[i].Value == key)
                    return i;
            }

            return -1;
        }

        // Keys are only added at the end; what takes one away makes a list of its own.
        if (_places is null || !ReferenceEquals(_placed, Content) || _count > Content.Count)
            (_places, _placed, _count) = (new Dictionary<string, int>(StringComparer.Ordinal), Content, 0);
        for (; _count + 1 < Content.Count; _count += 2)
            _places.TryAdd(Content[_count].Value, _count);
        return _places.TryGetValue(key, out var place) ? place : -1;
    }

    /// <summary>The value of a key.</summary>
    /// <exception cref="KustomizeException">This is no mapping.</exception>
    public KustomizeNode? Get(string key)
    {
        if (IsNull)
            return null;
        Expect(KustomizeKind.Map);
        return Find(key);
    }

    /// <summary>Ends what takes this for another kind of node; nulls are taken for everything.</summary>
    /// <exception cref="KustomizeException">It is another kind.</exception>
    public void Expect(KustomizeKind kind)
    {
        if (IsNull || Kind == kind)
            return;
        var place = Origin;
        throw new KustomizeException($"wrong node kind: expected {NameOf(kind)} but got {NameOf(Kind)}", place?.File, place?.At ?? default);
    }

    /// <summary>Sets a field as kustomize does: what stands there keeps its quotes, null takes it away.</summary>
    public void Set(string name, KustomizeNode? value)
    {
        if (!SetAt(name, Get(name), value))
            Clear(name);
    }

    /// <summary>Sets a field whose value is at hand.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="field">What stands there; null where nothing does.</param>
    /// <param name="value">What shall stand there.</param>
    /// <returns>Whether it does; if not, the field is to be taken away.</returns>
    public bool SetAt(string name, KustomizeNode? field, KustomizeNode? value)
    {
        if (value is { IsText: true, IsQuoted: false } && KustomizeScalars.IsOther11(value.Value))
            value.IsQuoted = true;
        if (value is null || (value.IsNull && !value.IsKept))
            return false;
        if (field is not null)
        {
            value.StyleAs(field);
            field.Become(value);
            return true;
        }

        Content.Add(Scalar(name));
        Content.Add(value);
        return true;
    }

    /// <summary>Takes fields away, of each name the first.</summary>
    public void ClearAll(HashSet<string> names)
    {
        Expect(KustomizeKind.Map);
        var kept = new List<KustomizeNode>(Content.Count);
        var left = new HashSet<string>(names, StringComparer.Ordinal);
        for (var i = 0; i + 1 < Content.Count; i += 2)
        {
            if (left.Remove(Content[i].Value))
                continue;
            kept.Add(Content[i]);
            kept.Add(Content[i + 1]);
        }

        Content = kept;
    }

    /// <summary>Sets this scalar's text: what stands there keeps its quotes.</summary>
    /// <exception cref="KustomizeException">It is no scalar.</exception>
    public void SetScalar(KustomizeNode value)
    {
        Expect(KustomizeKind.Scalar);
        if (value.IsNull)
            return;
        value.StyleAs(this);
        Become(value);
    }

    /// <summary>Takes on everything of another node, but for where an equal text comes from.</summary>
    public void Become(KustomizeNode other)
    {
        if (ReferenceEquals(this, other))
            return;
        if (!(Kind == KustomizeKind.Scalar && other.Kind == KustomizeKind.Scalar && other.Text.Trace is null && other.Value == Value))
            Text = other.Text;
        StyleAs(other);
        (Kind, Tag, IsKept, Content, Trace) = (other.Kind, other.Tag, other.IsKept, other.Content, other.Trace);
    }

    /// <summary>Takes on how another is written.</summary>
    public void StyleAs(KustomizeNode other) => (IsQuoted, IsFolded, Quote) = (other.IsQuoted, other.IsFolded, other.Quote);

    /// <summary>Takes a field away.</summary>
    public void Clear(string name)
    {
        Expect(KustomizeKind.Map);
        for (var i = 0; i + 1 < Content.Count; i += 2)
        {
            if (Content[i].Value != name)
                continue;
            // A list of its own: what shares this one keeps its own length, as slices do.
            Content = [.. Content.Take(i), .. Content.Skip(i + 2)];
            return;
        }
    }

    /// <summary>The value of a key, made where it is not there.</summary>
    public KustomizeNode GetOrAdd(string key, KustomizeKind kind)
    {
        if (Get(key) is { } found)
            return found;
        var made = new KustomizeNode { Kind = kind };
        Set(key, made);
        return made;
    }

    /// <summary>What a path leads to: keys, indexes, <c>[key=value]</c> and <c>-</c> for the last item.</summary>
    /// <exception cref="KustomizeException">Something else stands on the way.</exception>
    public KustomizeNode? Lookup(IReadOnlyList<string> path)
    {
        var node = this;
        foreach (var part in path.Select(p => p.Trim()).Where(p => p.Length > 0))
        {
            if (int.TryParse(part, System.Globalization.NumberStyles.AllowLeadingSign,
                System.Globalization.CultureInfo.InvariantCulture, out var index))
            {
                if (index < 0)
                    throw new KustomizeException($"array index {index} cannot be negative");
                node.Expect(KustomizeKind.List);
                node = index < node.Content.Count ? node.Content[index] : null;
            }
            else if (part == "-")
            {
                node.Expect(KustomizeKind.List);
                node = node.Content.LastOrDefault();
            }
            else if (part == "*")
            {
                throw new KustomizeException("wildcard is not supported in PathGetter");
            }
            else if (KustomizePaths.IsListIndex(part))
            {
                var (name, value) = KustomizePaths.NameValue(part);
                node.Expect(KustomizeKind.List);
                node = name.Length == 0 ? node.Content.Find(item => item.Value == value)
                    : node.Content.Find(item => item.Find(name) is { } field && field.Value == value);
            }
            else
            {
                node = node.Get(part);
            }

            if (node is null)
                return null;
        }

        return node;
    }

    /// <summary>A copy that shares nothing.</summary>
    public KustomizeNode Copy()
    {
        var copy = (KustomizeNode)MemberwiseClone();
        copy.Content = new List<KustomizeNode>(Content.Count);
        foreach (var item in Content)
            copy.Content.Add(item.Copy());
        return copy;
    }

    private static string NameOf(KustomizeKind kind) => kind switch
    {
        KustomizeKind.Scalar => "ScalarNode",
        KustomizeKind.Map => "MappingNode",
        KustomizeKind.List => "SequenceNode",
        _ => "UnknownNode",
    };
}
