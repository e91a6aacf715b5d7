using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Repave.Core.Rules;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>Pulumi's IgnoreChanges.</summary>
public sealed class ChangesIgnored : PropertyRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3301";

    /// <inheritdoc/>
    public override string Title => "Changes ignored by design";

    /// <inheritdoc/>
    public override string Category => "Drift";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "A property whose changes are ignored is changed by something else, in place, and code and system say different things for good. "
        + "Let one side own the property: take it out of the code, or let the code set it.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://www.pulumi.com/docs/iac/concepts/resources/options/ignorechanges/"];

    /// <inheritdoc/>
    public override string Library => "Pulumi 3.x (API reference)";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types =>
        ["Pulumi.CustomResourceOptions", "Pulumi.ComponentResourceOptions", "Pulumi.ResourceOptions"];

    /// <inheritdoc/>
    public override string Bad => """
        using Pulumi;

        class Example
        {
            void Build()
            {
                var options = new CustomResourceOptions { IgnoreChanges = { "tags" } };
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
    public override IReadOnlyList<string> Properties => ["IgnoreChanges"];

    internal override void Register(RuleRegistry registry)
    {
        base.Register(registry);
        // A list in an initializer is filled, not assigned.
        foreach (var type in Types)
            registry.OnCreation(this, type.Substring(type.LastIndexOf('.') + 1), Look);
    }

    internal override (string Message, CSharpFix? Fix)? Judge(IPropertyReferenceOperation property, IOperation value) => (Message, null);

    private static void Look(IObjectCreationOperation creation, OperationSink sink)
    {
        foreach (var member in creation.Members())
        {
            if (member is IMemberInitializerOperation { InitializedMember: IPropertyReferenceOperation { Property.Name: "IgnoreChanges" } }
                && sink.Knows(creation.Type))
                sink.Add(member.Syntax, Message);
        }
    }

    private const string Message = "What is ignored here is changed in place by something else: let one side own it.";
}
