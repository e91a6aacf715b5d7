using Repave.Core.Text;

namespace Repave.Core.Yaml;

/// <summary>A key and its value.</summary>
/// <param name="key">The key; nearly always a scalar.</param>
/// <param name="value">The value; an absent one is an empty scalar.</param>
public sealed class YamlEntry(YamlNode key, YamlNode value)
{
    /// <summary>The key as written.</summary>
    public YamlNode Key { get; } = key;

    /// <summary>The value as written (an alias is not followed).</summary>
    public YamlNode Value { get; } = value;

    /// <summary>The text of a scalar key; null for a key that is a collection.</summary>
    public string? Name => (Key.Resolved as YamlScalar)?.Value;

    /// <summary>Key and value together.</summary>
    public TextSpan Span => new(Key.Span.Start, Math.Max(Key.Span.End, Value.Span.End));
}

/// <summary>A mapping with its entries in the order of the text, duplicates included.</summary>
public sealed class YamlMapping : YamlNode
{
    private const int IndexedFrom = 12;

    private readonly List<YamlEntry> _entries = [];
    private Dictionary<string, YamlEntry>? _index;
    private IReadOnlyList<YamlEntry>? _all;

    internal YamlMapping(TextSpan span, YamlStyle style)
        : base(span) => Style = style;

    /// <summary><see cref="YamlStyle.Plain"/> (by indentation) or <see cref="YamlStyle.Flow"/>.</summary>
    public YamlStyle Style { get; }

    /// <summary>The entries as written, merge keys among them.</summary>
    public IReadOnlyList<YamlEntry> Entries => _entries;

    /// <summary>Whether an entry is a merge key (<c>&lt;&lt;</c>).</summary>
    public bool HasMergeKey { get; private set; }

    /// <summary>The entries that readers see: own ones, then those that merge keys bring and no own entry overrides.</summary>
    public IReadOnlyList<YamlEntry> AllEntries => HasMergeKey ? _all ??= Merge() : _entries;

    /// <summary>The entry of a key, own before merged; of duplicates the last, as readers that allow them do.</summary>
    public YamlEntry? Find(string key)
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
            var index = new Dictionary<string, YamlEntry>(entries.Count, StringComparer.Ordinal);
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
    public bool Has(string key) => Find(key)?.Value.Resolved is { } value && value is not YamlScalar { IsNull: true };

    internal void Add(YamlEntry entry)
    {
        entry.Key.Parent = this;
        entry.Value.Parent = this;
        _entries.Add(entry);
        if (entry.Key is YamlScalar { Value: "<<", Style: YamlStyle.Plain })
            HasMergeKey = true;
    }

    /// <summary>Adds an entry that stays a part of another mapping, where its place in the text is.</summary>
    internal void Share(YamlEntry entry) => _entries.Add(entry);

    private List<YamlEntry> Merge()
    {
        var own = new List<YamlEntry>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in _entries)
        {
            if (entry.Key is YamlScalar { Value: "<<", Style: YamlStyle.Plain })
                continue;
            own.Add(entry);
            if (entry.Name is { } name)
                names.Add(name);
        }

        foreach (var entry in _entries)
        {
            if (entry.Key is not YamlScalar { Value: "<<", Style: YamlStyle.Plain })
                continue;
            IEnumerable<YamlNode> sources = entry.Value.Resolved switch
            {
                null => [],
                YamlSequence list => list.ResolvedItems,
                var single => [single],
            };
            foreach (var source in sources)
            {
                // A mapping that merges itself was reported when the document was read.
                if (source is not YamlMapping mapping || mapping == this)
                    continue;
                foreach (var merged in mapping.AllEntries)
                {
                    if (merged.Name is { } name && names.Add(name))
                        own.Add(merged);
                }
            }
        }

        return own;
    }
}
