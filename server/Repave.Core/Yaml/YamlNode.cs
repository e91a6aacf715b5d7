using Repave.Core.Text;

namespace Repave.Core.Yaml;

/// <summary>A node of a document's tree. Positions are offsets into the text of its own document, so that a document keeps
/// its nodes when something before it in the file changes.</summary>
public abstract class YamlNode
{
    private protected YamlNode(TextSpan span) => Span = span;

    /// <summary>The node's text, from its first character to its last; a block collection ends where its last child ends.
    /// An absent value (<c>key:</c>) is an empty range behind the colon.</summary>
    public TextSpan Span { get; internal set; }

    /// <summary>The collection that holds this node; null for the root.</summary>
    public YamlNode? Parent { get; internal set; }

    /// <summary>The explicit tag (<c>tag:yaml.org,2002:str</c>, <c>!Ref</c>), or null.</summary>
    public string? Tag { get; internal set; }

    /// <summary>The anchor's name without its ampersand, or null.</summary>
    public string? Anchor { get; internal set; }

    /// <summary>The node itself, or what an alias stands for; an alias to nothing gives null.</summary>
    public virtual YamlNode? Resolved => this;

    /// <summary>The value of a key, looked up through aliases and merge keys; null if this is no mapping or has no such key.</summary>
    public YamlNode? this[string key] => (Resolved as YamlMapping)?.Find(key)?.Value.Resolved;

    /// <summary>The scalar of a key, or null.</summary>
    public YamlScalar? ScalarAt(string key) => this[key] as YamlScalar;

    /// <summary>The text of a key's scalar, or null where there is no scalar (an empty or null scalar counts as absent).</summary>
    public string? TextAt(string key) => this[key] is YamlScalar { IsNull: false } scalar ? scalar.Value : null;

    /// <summary>The mapping of a key, or null.</summary>
    public YamlMapping? MappingAt(string key) => this[key] as YamlMapping;

    /// <summary>The resolved items of a key's sequence; empty where there is none.</summary>
    public IEnumerable<YamlNode> ItemsAt(string key) => this[key] is YamlSequence sequence ? sequence.ResolvedItems : [];

    /// <summary>The node at a chain of keys, or null.</summary>
    public YamlNode? At(params string[] keys)
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
