namespace Repave.Core.Syntax;

/// <summary>A document's tree.</summary>
/// <param name="Root">Its root, or null.</param>
/// <param name="Scalars">Every scalar in the order of the text.</param>
internal sealed record SyntaxTree(Node? Root, IReadOnlyList<ScalarNode> Scalars)
{
    /// <summary>Whether a part of its text says the same without the rest, so that an edit of that part leaves the rest as it is.</summary>
    public bool IsReadableInParts { get; init; }
}
