using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Repave.Core.Rules;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>Pulumi's Protect.</summary>
public sealed class ReplacementForbidden : PropertyRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3303";

    /// <inheritdoc/>
    public override string Title => "Resource that may not be replaced";

    /// <inheritdoc/>
    public override string Category => "Replacement";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "A protected resource cannot be replaced, so a change that needs it fails in the middle of a deployment. "
        + "Protect data by backups and snapshots, and keep what runs replaceable.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://www.pulumi.com/docs/iac/concepts/resources/options/protect/"];

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
                var options = new CustomResourceOptions { Protect = true };
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
                var options = new CustomResourceOptions { Protect = false };
            }
        }
        """;

    /// <inheritdoc/>
    public override string? Stubs => PulumiStubs.Options;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Properties => ["Protect"];

    internal override (string Message, CSharpFix? Fix)? Judge(IPropertyReferenceOperation property, IOperation value) =>
        value.Flag() == true ? ("A change that replaces this resource will fail half-way: protect its data rather than the resource.", null)
            : null;
}
