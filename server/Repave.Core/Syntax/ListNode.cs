using Repave.Core.Text;

namespace Repave.Core.Syntax;

/// <summary>A sequence.</summary>
public sealed class ListNode : Node
{
    private readonly List<Node> _items = [];
    private bool _hasAliases;

    internal ListNode(TextSpan span, NodeStyle style)
        : base(span) => Style = style;

    /// <summary><see cref="NodeStyle.Plain"/> (by dashes) or <see cref="NodeStyle.Flow"/>.</summary>
    public NodeStyle Style { get; }

    /// <summary>The items as written.</summary>
    public IReadOnlyList<Node> Items => _items;

    /// <summary>The items with aliases followed; an alias to nothing is left out.</summary>
    public IEnumerable<Node> ResolvedItems
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

    /// <summary>An item by its place among <see cref="ResolvedItems"/>.</summary>
    internal Node ResolvedAt(int place) => _hasAliases ? ResolvedItems.ElementAt(place) : _items[place];

    /// <summary>Adds an item that stays a part of another list, where its place in the text is.</summary>
    internal void Share(Node item)
    {
        _hasAliases |= item is AliasNode;
        _items.Add(item);
    }

    internal void Reserve(int items) => _items.Capacity = Math.Max(_items.Capacity, items);

    internal void Add(Node item)
    {
        item.Parent = this;
        item.Place = _items.Count;
        _hasAliases |= item is AliasNode;
        _items.Add(item);
    }
}
