using Repave.Core.Text;

namespace Repave.Core.Syntax;

/// <summary>A value that is computed from others: unknown until it is evaluated, so nothing is said of its type or text.</summary>
public sealed class ExpressionNode : Node
{
    internal ExpressionNode(TextSpan span, string text, IReadOnlyList<string> names)
        : base(span) => (Text, Names) = (text, names);

    /// <summary>The expression as written.</summary>
    public string Text { get; }

    /// <summary>The names that it uses, in their order.</summary>
    public IReadOnlyList<string> Names { get; }
}
