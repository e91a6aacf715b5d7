using Repave.Core.Text;

namespace Repave.Core.Yaml;

/// <summary>A sequence.</summary>
public sealed class YamlSequence : YamlNode
{
    private readonly List<YamlNode> _items = [];

    internal YamlSequence(TextSpan span, YamlStyle style)
        : base(span) => Style = style;

    /// <summary><see cref="YamlStyle.Plain"/> (by dashes) or <see cref="YamlStyle.Flow"/>.</summary>
    public YamlStyle Style { get; }

    /// <summary>The items as written.</summary>
    public IReadOnlyList<YamlNode> Items => _items;

    /// <summary>The items with aliases followed; an alias to nothing is left out.</summary>
    public IEnumerable<YamlNode> ResolvedItems
    {
        get
        {
            foreach (var item in _items)
            {
                if (item.Resolved is { } node)
                    yield return node;
            }
        }
    }

    internal void Add(YamlNode item)
    {
        item.Parent = this;
        _items.Add(item);
    }
}
