using Repave.Core.Text;

namespace Repave.Core.Syntax.Hcl;

/// <summary>HCL in its native syntax, as hashicorp/hcl reads it. Every block and argument of the top level is a document.</summary>
public sealed class HclLanguage : Language
{
    /// <summary>The language.</summary>
    public static HclLanguage Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "hcl";

    /// <inheritdoc/>
    public override string LineComment => "#";

    /// <inheritdoc/>
    public override IReadOnlyList<string> FileNames { get; } =
        ["*.tf", "*.tofu", "*.tfvars", "*.tftest.hcl", "*.tofutest.hcl", ".terraform.lock.hcl", "terragrunt.hcl", "*bake.hcl",
            "*bake.override.hcl", "*.pkr.hcl"];

    /// <inheritdoc/>
    public override IReadOnlyList<TextSpan> Split(string text) => HclSplitter.Split(text);

    /// <inheritdoc/>
    public override Document ParseDocument(string text) => HclParser.Parse(text);

    /// <summary>Reads an expression that stands alone; null if it is none.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="start">Where in its document it begins.</param>
    public static HclExpression? ParseExpression(string text, int start = 0)
    {
        var issues = new List<SyntaxIssue>();
        var expression = HclParser.ParseExpression(text, start, issues);
        return issues.Count == 0 ? expression : null;
    }

    /// <summary>Reads a template that stands in no quotes, as a file of <c>templatefile</c> does; null if it is none.</summary>
    /// <param name="text">The template.</param>
    /// <param name="start">Where in its document it begins.</param>
    public static HclExpression? ParseTemplate(string text, int start = 0)
    {
        var issues = new List<SyntaxIssue>();
        var expression = HclParser.ParseTemplate(text, start, issues);
        return issues.Count == 0 ? expression : null;
    }
}
