using Repave.Core.Text;

namespace Repave.Core.Syntax.Yaml;

/// <summary>A YAML document: its directives, its <c>---</c> line and everything up to the next document.</summary>
internal sealed class YamlDocument : TreeDocument
{
    public YamlDocument(string text, SyntaxTree tree, IReadOnlyList<SyntaxIssue> issues)
        : base(YamlLanguage.Instance, text, tree, issues)
    {
    }

    /// <inheritdoc/>
    internal override Document? After(TextEdit edit, string text) =>
        Issues.Count == 0 && KnownTree is { } tree ? YamlPartReading.Read(tree, Text, edit, text) : null;

    /// <inheritdoc/>
    protected override SyntaxTree MakeTree() => YamlDocumentParser.ParseTree(Text);

    /// <inheritdoc/>
    protected override IReadOnlyList<Comment> FindComments() => YamlComments.Find(this);
}
