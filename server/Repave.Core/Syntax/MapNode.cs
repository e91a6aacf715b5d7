using Repave.Core.Text;

namespace Repave.Core.Syntax;

/// <summary>A key and its value.</summary>
/// <param name="key">The key; nearly always a scalar.</param>
/// <param name="value">The value; an absent one is an empty scalar.</param>
public sealed class MapEntry(Node key, Node value)
{
    /// <summary>The key as written.</summary>
    public Node Key { get; } = key;

    /// <summary>The value as written (an alias is not followed).</summary>
    public Node Value { get; } = value;

    /// <summary>The text of a scalar key, or the name that it means; null for a key that is a collection.</summary>
    public string? Name => Meant ?? (Key.Resolved as ScalarNode)?.Value;

    /// <summary>The name that a half-typed or misspelt key was taken for; null where it is taken as written.</summary>
    public string? Meant { get; internal set; }

    /// <summary>Key and value together.</summary>
    public TextSpan Span => new(Key.Span.Start, Math.Max(Key.Span.End, Value.Span.End));
}

/// <summary>A mapping with its entries in the order of the text, duplicates included.</summary>
public sealed class MapNode : Node
{
    private const int IndexedFrom = 12;

    private readonly List<MapEntry> _entries = [];
    private Dictionary<string, MapEntry>? _index;
    private IReadOnlyList<MapEntry>? _all;

    internal MapNode(TextSpan span, NodeStyle style)
        : base(span) => Style = style;

    /// <summary><see cref="NodeStyle.Plain"/> (by indentation) or <see cref="NodeStyle.Flow"/>.</summary>
    public NodeStyle Style { get; }

    /// <summary>The entries as written.</summary>
    public IReadOnlyList<MapEntry> Entries => _entries;

    /// <summary>Finds the entries that readers see, where the language lets a map take entries from others (merge keys); null where it has
    /// just its own.</summary>
    internal Func<MapNode, IReadOnlyList<MapEntry>>? Inherits { get; set; }

    /// <summary>The entries that readers see: own ones, then inherited ones that no own entry overrides.</summary>
    public IReadOnlyList<MapEntry> AllEntries => Inherits is null ? _entries : _all ??= Inherits(this);

    /// <summary>The entry of a key, own before inherited; of duplicates the last, as readers that allow them do.</summary>
    public MapEntry? Find(string key)
    {
        var entries = AllEntries;
        if (entries.Count < IndexedFrom)
        {
            for (var i = entries.Count - 1; i >= 0; i--)
            {
                if (entries[i].Name == key)
                    return entries[i];
            }

            return null;
        }

        if (_index is null)
        {
            var index = new Dictionary<string, MapEntry>(entries.Count, StringComparer.Ordinal);
            foreach (var entry in entries)
            {
                if (entry.Name is { } name)
                    index[name] = entry;
            }

            _index = index;
        }

        return _index.GetValueOrDefault(key);
    }

    /// <summary>Whether the key is there with a value that is not null.</summary>
    public bool Has(string key) => Find(key)?.Value.Resolved is { } value && value is not ScalarNode { IsNull: true };

    /// <summary>The entry whose key or value a node is; null if it is none of its own.</summary>
    internal MapEntry? EntryOf(Node node)
    {
        if (node.Parent == this && node.Place < _entries.Count && _entries[node.Place] is var own && (own.Value == node || own.Key == node))
            return own;
        foreach (var entry in _entries)
        {
            if (entry.Value == node || entry.Key == node)
                return entry;
        }

        return null;
    }

    /// <summary>Takes an entry's key for another name, or as it is written.</summary>
    internal void Mean(MapEntry entry, string? name)
    {
        if (entry.Meant == name)
            return;
        entry.Meant = name;
        _index = null;
    }

    internal void Reserve(int entries) => _entries.Capacity = Math.Max(_entries.Capacity, entries);

    internal void Add(MapEntry entry)
    {
        entry.Key.Parent = this;
        entry.Value.Parent = this;
        entry.Key.Place = _entries.Count;
        entry.Value.Place = _entries.Count;
        _entries.Add(entry);
    }

    /// <summary>Adds an entry that stays a part of another mapping, where its place in the text is.</summary>
    internal void Share(MapEntry entry) => _entries.Add(entry);
}
