using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>Pulumi's DeleteBeforeReplace.</summary>
public sealed class DeletedBeforeReplaced : PropertyRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3302";

    /// <inheritdoc/>
    public override string Title => "Deleted before it is replaced";

    /// <inheritdoc/>
    public override bool HasFix => true;

    /// <inheritdoc/>
    public override string Category => "Replacement";

    /// <inheritdoc/>
    public override string Reason =>
        "The old resource is deleted before the new one exists, so nobody answers in between, and a failure leaves nothing. "
        + "Let Pulumi create the new one first; leave the name to Pulumi, so both can live side by side.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://www.pulumi.com/docs/iac/concepts/resources/options/deletebeforereplace/"];

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
                var options = new CustomResourceOptions { DeleteBeforeReplace = true };
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
                var options = new CustomResourceOptions { DeleteBeforeReplace = false };
            }
        }
        """;

    /// <inheritdoc/>
    public override string? Stubs => PulumiStubs.Options;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Properties => ["DeleteBeforeReplace"];

    internal override (string Message, CSharpFix? Fix)? Judge(IPropertyReferenceOperation property, IOperation value) =>
        value.Flag() == true
            ? ("The old resource goes before the new one is there: leave this out, and let Pulumi choose the name, "
                + "so both can live side by side.", CSharpFix.Remove(property.Property.Name))
            : null;
}
