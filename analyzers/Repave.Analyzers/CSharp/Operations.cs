using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp;

/// <summary>What operations say, past conversions.</summary>
internal static class Operations
{
    /// <summary>The operation under implicit and explicit conversions, and under a nullable's making.</summary>
    public static IOperation Bare(this IOperation operation)
    {
        while (operation is IConversionOperation conversion)
            operation = conversion.Operand;
        return operation;
    }

    /// <summary>A constant text, or null.</summary>
    public static string? Text(this IOperation? operation) =>
        operation?.Bare().ConstantValue is { HasValue: true, Value: string text } ? text : null;

    /// <summary>A constant true or false, or null.</summary>
    public static bool? Flag(this IOperation? operation) =>
        operation?.Bare().ConstantValue is { HasValue: true, Value: bool flag } ? flag : null;

    /// <summary>The name of an enum's value, or of a static field or property (for libraries whose enums are classes); null for
    /// anything else.</summary>
    public static string? NameOfValue(this IOperation? operation) =>
        operation?.Bare() is IMemberReferenceOperation { Instance: null } member ? member.Member.Name : null;

    /// <summary>The argument of a parameter; null if the call does not give it.</summary>
    public static IOperation? Argument(this IInvocationOperation call, string parameter) =>
        call.Arguments.FirstOrDefault(a => a.Parameter?.Name == parameter && a.ArgumentKind != ArgumentKind.DefaultValue)?.Value;

    /// <summary>What an object's initializer does, one by one; none without an initializer.</summary>
    public static IEnumerable<IOperation> Members(this IObjectCreationOperation creation) =>
        creation.Initializer is { } initializer ? initializer.Initializers : Enumerable.Empty<IOperation>();

    /// <summary>The value that an object gets for a property when it is made, or afterwards in the same body; null if none
    /// is given.</summary>
    public static IOperation? ValueOf(this IObjectCreationOperation creation, string property)
    {
        foreach (var member in creation.Members())
        {
            if (member is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation target } assignment
                && target.Property.Name == property)
                return assignment.Value;
        }

        return LaterValue(creation, property);
    }

    /// <summary>Whether nothing in sight gives an object's property a value: the object is not handed to code that may.</summary>
    public static bool Lacks(this IObjectCreationOperation creation, string property) => creation.ValueOf(property) is null;

    private static IOperation? LaterValue(IObjectCreationOperation creation, string property)
    {
        IOperation at = creation;
        while (at.Parent is IConversionOperation or IVariableInitializerOperation)
            at = at.Parent;
        var local = at.Parent switch
        {
            IVariableDeclaratorOperation declarator => (ISymbol)declarator.Symbol,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation reference } => reference.Local,
            ISimpleAssignmentOperation { Target: IFieldReferenceOperation reference } => reference.Field,
            ISimpleAssignmentOperation { Target: IPropertyReferenceOperation reference } => reference.Property,
            _ => null,
        };
        if (local is null)
            return null;
        var body = at;
        while (body.Parent is not null)
            body = body.Parent;
        foreach (var one in body.Descendants())
        {
            if (one is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: { } instance } target } assignment
                && target.Property.Name == property && SymbolEqualityComparer.Default.Equals(SymbolOf(instance), local))
                return assignment.Value;
        }

        return null;
    }

    private static ISymbol? SymbolOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IFieldReferenceOperation field => field.Field,
        IPropertyReferenceOperation property => property.Property,
        _ => null,
    };
}
