using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp;

/// <summary>A rule on values given to a property, in an initializer or later.</summary>
public abstract class PropertyRule : CSharpRule
{
    /// <summary>The properties.</summary>
    public abstract IReadOnlyList<string> Properties { get; }

    /// <summary>What to say of a value, and how to mend it; null if there is nothing wrong with it.</summary>
    internal abstract (string Message, CSharpFix? Fix)? Judge(IPropertyReferenceOperation property, IOperation value);

    internal override void Register(RuleRegistry registry)
    {
        foreach (var property in Properties)
            registry.OnAssignment(this, property, Look);
    }

    private void Look(ISimpleAssignmentOperation assignment, OperationSink sink)
    {
        var property = (IPropertyReferenceOperation)assignment.Target;
        // The type that declares it may be a base of the rule's.
        if (!sink.Knows(property.Property.ContainingType) && !sink.Knows(property.Instance?.Type))
            return;
        if (Judge(property, assignment.Value) is not var (message, fix))
            return;
        if (assignment.Value.PartlyKnownText() is { } text && (sink.Allows("allowed_images", text) || sink.Allows("allowed_names", text)))
            return;
        sink.Add(fix?.Kind == FixKind.Remove ? assignment.Syntax : assignment.Value.Bare().Syntax, message, fix);
    }
}
