using Repave.Core.Text;

namespace Repave.Core.Syntax;

/// <summary>A node of a document's tree. Positions are offsets into the text of its own document, so that a document keeps
/// its nodes when something before it in the file changes.</summary>
public abstract class Node
{
    private protected Node(TextSpan span) => Span = span;

    /// <summary>The node's text, from its first character to its last; a block collection ends where its last child ends.
    /// An absent value (<c>key:</c>) is an empty range behind the colon.</summary>
    public TextSpan Span { get; internal set; }

    /// <summary>The collection that holds this node; null for the root.</summary>
    public Node? Parent { get; internal set; }

    /// <summary>Which item or entry of the collection it is.</summary>
    internal int Place { get; set; }

    /// <summary>The explicit tag (<c>tag:yaml.org,2002:str</c>, <c>!Ref</c>), or null.</summary>
    public string? Tag { get; internal set; }

    /// <summary>The anchor's name without its ampersand, or null.</summary>
    public string? Anchor { get; internal set; }

    /// <summary>The node itself, or what an alias stands for; an alias to nothing gives null.</summary>
    public virtual Node? Resolved => this;

    /// <summary>The value of a key, looked up through aliases and merge keys; null if this is no mapping or has no such key.</summary>
    public Node? this[string key] => (Resolved as MapNode)?.Find(key)?.Value.Resolved;

    /// <summary>The scalar of a key, or null.</summary>
    public ScalarNode? ScalarAt(string key) => this[key] as ScalarNode;

    /// <summary>The text of a key's scalar, or null where there is no scalar (an empty or null scalar counts as absent).</summary>
    public string? TextAt(string key) => this[key] is ScalarNode { IsNull: false } scalar ? scalar.Value : null;

    /// <summary>The mapping of a key, or null.</summary>
    public MapNode? MappingAt(string key) => this[key] as MapNode;

    /// <summary>The resolved items of a key's sequence; empty where there is none.</summary>
    public IEnumerable<Node> ItemsAt(string key) => this[key] is ListNode sequence ? sequence.ResolvedItems : [];

    /// <summary>The values that a collection holds: a mapping's, with those that merge keys bring, or a list's items; none of any other
    /// node.</summary>
    public IEnumerable<Node> Held => Resolved switch
    {
        MapNode mapping => mapping.AllEntries.Select(entry => entry.Value),
        ListNode list => list.ResolvedItems,
        _ => [],
    };

    /// <summary>The node at a chain of keys, or null.</summary>
    public Node? At(params string[] keys)
    {
        var node = Resolved;
        foreach (var key in keys)
        {
            node = node?[key];
            if (node is null)
                return null;
        }

        return node;
    }
}
