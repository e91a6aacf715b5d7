namespace Repave.Core.Syntax.Hcl;

/// <summary>A part of an HCL file: one block or argument of its top level, with the comments before it.</summary>
public sealed class HclDocument : Document
{
    private readonly IReadOnlyList<Comment> _found;

    internal HclDocument(string text, IReadOnlyList<SyntaxIssue> issues, HclBody body, IReadOnlyList<Comment> comments)
        : base(HclLanguage.Instance, text, issues) => (Body, _found) = (body, comments);

    /// <summary>What it holds.</summary>
    public HclBody Body { get; }

    /// <inheritdoc/>
    protected override IReadOnlyList<Comment> FindComments() => _found;
}
