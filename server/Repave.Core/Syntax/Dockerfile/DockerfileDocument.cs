namespace Repave.Core.Syntax.Dockerfile;

/// <summary>A Dockerfile: its instructions in their order. It has no tree of values.</summary>
public sealed class DockerfileDocument : Document
{
    private readonly IReadOnlyList<Comment> _found;

    internal DockerfileDocument(
        string text, IReadOnlyList<SyntaxIssue> issues, IReadOnlyList<DockerfileInstruction> instructions, IReadOnlyList<Comment> comments)
        : base(DockerfileLanguage.Instance, text, issues) => (Instructions, _found) = (instructions, comments);

    /// <summary>The instructions.</summary>
    public IReadOnlyList<DockerfileInstruction> Instructions { get; }

    /// <inheritdoc/>
    protected override IReadOnlyList<Comment> FindComments() => _found;
}
