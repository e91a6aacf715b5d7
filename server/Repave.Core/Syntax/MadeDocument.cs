namespace Repave.Core.Syntax;

/// <summary>A document that was put together from the trees of others, and has no text of its own.
/// The places of its nodes mean nothing.</summary>
internal sealed class MadeDocument(Language language, Node root) : Document(language, "", [])
{
    /// <inheritdoc/>
    public override Node? Root { get; } = root;
}
