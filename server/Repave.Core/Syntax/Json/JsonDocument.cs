namespace Repave.Core.Syntax.Json;

/// <summary>One JSON value with the white space around it.</summary>
internal sealed class JsonDocument : TreeDocument
{
    private readonly IReadOnlyList<Comment> _found;

    public JsonDocument(string text, SyntaxTree tree, IReadOnlyList<SyntaxIssue> issues, IReadOnlyList<Comment> comments)
        : base(JsonLanguage.Instance, text, tree, issues) => _found = comments;

    /// <inheritdoc/>
    protected override SyntaxTree MakeTree() => JsonDocumentParser.ParseTree(Text);

    /// <inheritdoc/>
    protected override IReadOnlyList<Comment> FindComments() => _found;
}
