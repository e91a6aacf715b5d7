using Repave.Core.Text;

namespace Repave.Core.Syntax;

/// <summary>A sequence.</summary>
public sealed class ListNode : Node
{
    private readonly List<Node> _items = [];

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

    /// <summary>Adds an item that stays a part of another list, where its place in the text is.</summary>
    internal void Share(Node item) => _items.Add(item);

    internal void Add(Node item)
    {
        item.Parent = this;
        _items.Add(item);
    }
}
