using Repave.Core.Text;

namespace Repave.Core.Syntax;

/// <summary>An alias (<c>*name</c>) and the node it stands for.</summary>
public sealed class AliasNode : Node
{
    internal AliasNode(TextSpan span, string name, Node? target)
        : base(span) => (Name, Target) = (name, target);

    /// <summary>The anchor's name without the asterisk.</summary>
    public string Name { get; }

    /// <summary>The anchored node; null where there is none, or where following aliases was given up (see
    /// <see cref="Document.Issues"/>).</summary>
    public Node? Target { get; internal set; }

    /// <inheritdoc/>
    public override Node? Resolved => Target?.Resolved;
}
