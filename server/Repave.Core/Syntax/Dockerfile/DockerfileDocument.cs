namespace Repave.Core.Syntax.Dockerfile;

/// <summary>A comment before everything else that says how the file is read (<c># syntax=…</c>).</summary>
/// <param name="Name">Its name, in lower case: syntax, escape or check.</param>
/// <param name="Value">Its value, with its place.</param>
public sealed record DockerfileDirective(string Name, DockerfileWord Value);

/// <summary>A Dockerfile: its directives and its instructions in their order. It has no tree of values.</summary>
public sealed class DockerfileDocument : Document
{
    private readonly IReadOnlyList<Comment> _found;

    internal DockerfileDocument(
        string text, IReadOnlyList<SyntaxIssue> issues, IReadOnlyList<DockerfileInstruction> instructions, IReadOnlyList<Comment> comments,
        IReadOnlyList<DockerfileDirective> directives, char escape)
        : base(DockerfileLanguage.Instance, text, issues) =>
        (Instructions, _found, Directives, Escape) = (instructions, comments, directives, escape);

    /// <summary>The instructions.</summary>
    public IReadOnlyList<DockerfileInstruction> Instructions { get; }

    /// <summary>What the comments before everything else say of how the file is read.</summary>
    public IReadOnlyList<DockerfileDirective> Directives { get; }

    /// <summary>What escapes a character, and lets a line go on.</summary>
    public char Escape { get; }

    /// <inheritdoc/>
    protected override IReadOnlyList<Comment> FindComments() => _found;
}
