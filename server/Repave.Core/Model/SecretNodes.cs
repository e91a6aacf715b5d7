using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Model;

/// <summary>The nodes of one or more trees that hold secrets, as the dialects find them.</summary>
public sealed class SecretNodes
{
    // A tree whose aliases multiply is not walked to its end.
    private const int MaxNodes = 500_000;

    private readonly HashSet<Node> _nodes = new(SameNode.Instance);
    private readonly HashSet<string> _values = new(StringComparer.Ordinal);
    private readonly List<TextSpan> _spans = [];
    private int _steps;

    /// <summary>The secret nodes.</summary>
    public IReadOnlyCollection<Node> All => _nodes;

    /// <summary>The secret texts, or the secret parts of longer texts.</summary>
    public IReadOnlyCollection<string> Values => _values;

    /// <summary>Whether walking a tree may go on.</summary>
    public bool MayStep => ++_steps <= MaxNodes;

    /// <summary>Takes a node and everything below it for secret.</summary>
    public void Add(Node? node)
    {
        if (!MayStep)
            return;
        // What names no anchor was meant to be a text.
        if (node is AliasNode { Target: null } alias)
        {
            _spans.Add(alias.Span);
            _values.Add(alias.Name);
        }

        if (node?.Resolved is not { } value)
            return;
        if (!_nodes.Add(value))
            return;
        switch (value)
        {
            case ScalarNode scalar:
                _values.Add(scalar.Value);
                break;
            case MapNode map:
                foreach (var entry in map.AllEntries)
                {
                    // In the place of a map's name a secret may have come by mistake.
                    Add(entry.Key);
                    Add(entry.Value);
                }

                break;
            case ListNode list:
                foreach (var item in list.Items)
                    Add(item);
                break;
        }
    }

    /// <summary>The places that hold secrets and are no nodes of a tree.</summary>
    public IReadOnlyCollection<TextSpan> Spans => _spans;

    /// <summary>Takes a place of a document that has no tree for one that holds secrets, and tells which they are.</summary>
    public void Add(TextSpan span, IEnumerable<string> parts)
    {
        _spans.Add(span);
        _values.UnionWith(parts);
    }

    /// <summary>Takes a text for one that holds secrets, and tells which parts of it are.</summary>
    public void Add(ScalarNode text, IEnumerable<string> parts)
    {
        _nodes.Add(text);
        _values.UnionWith(parts);
    }

    /// <summary>Whether a node itself is secret.</summary>
    public bool Holds(Node node) => _nodes.Contains(node);

    /// <summary>Whether a node is secret, or stands within what is.</summary>
    public bool Covers(Node? node)
    {
        for (var at = node?.Resolved; at is not null; at = at.Parent)
        {
            if (_nodes.Contains(at))
                return true;
        }

        return false;
    }

    /// <summary>A value as compact JSON, without the secrets within it.</summary>
    public string JsonOf(Node node) => CanonicalJson.Of(node, asPlatform: true, _nodes.Count == 0 ? null : _nodes.Contains);

    private sealed class SameNode : IEqualityComparer<Node>
    {
        public static SameNode Instance { get; } = new();

        public bool Equals(Node? x, Node? y) => ReferenceEquals(x, y);

        public int GetHashCode(Node obj) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj);
    }
}
