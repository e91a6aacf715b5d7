using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Repave.Core.Rules;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>Pulumi's RetainOnDelete.</summary>
public sealed class LeftBehindWhenDeleted : PropertyRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3304";

    /// <inheritdoc/>
    public override string Title => "Resource left behind";

    /// <inheritdoc/>
    public override string Category => "Drift";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "A resource that is retained lives on without anybody who manages it, "
        + "and keeps its name and address from the one that replaces it. "
        + "Move its data, and let it be deleted.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://www.pulumi.com/docs/iac/concepts/resources/options/retainondelete/"];

    /// <inheritdoc/>
    public override string Library => "Pulumi 3.x (API reference)";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["Pulumi.ResourceOptions", "Pulumi.CustomResourceOptions"];

    /// <inheritdoc/>
    public override string Bad => """
        using Pulumi;

        class Example
        {
            void Build()
            {
                var options = new CustomResourceOptions { RetainOnDelete = true };
            }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        using Pulumi;

        class Example
        {
            void Build()
            {
                var options = new CustomResourceOptions { RetainOnDelete = false };
            }
        }
        """;

    /// <inheritdoc/>
    public override string? Stubs => PulumiStubs.Options;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Properties => ["RetainOnDelete"];

    internal override (string Message, CSharpFix? Fix)? Judge(IPropertyReferenceOperation property, IOperation value) =>
        value.Flag() == true
            ? ("The old resource lives on unmanaged, with its name, when this one is deleted or replaced: move its data, and let it go.",
                null)
            : null;
}
