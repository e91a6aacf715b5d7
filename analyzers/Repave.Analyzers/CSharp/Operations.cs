using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Repave.Analyzers.CSharp.Starts;
using Repave.Core.Commands;

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

    /// <summary>A text that the code says for sure: a constant, or what a local or a readonly field is given once; null for anything
    /// else.</summary>
    public static string? Text(this IOperation? operation)
    {
        if (operation?.Bare() is not { } bare)
            return null;
        if (bare.ConstantValue.HasValue)
            return bare.ConstantValue.Value as string;
        return bare.PartlyKnownText() is { } text && text.IndexOf(CommandLine.Unknown) < 0 ? text : null;
    }

    /// <summary>A text of which some parts may be known only when the program runs (<see cref="CommandLine.Unknown"/>); null where it is
    /// no text.</summary>
    public static string? PartlyKnownText(this IOperation? operation)
    {
        if (operation?.Bare() is not { } bare || !TextValues.IsText(bare))
            return null;
        return bare.ConstantValue is { HasValue: true, Value: var value } ? value as string
            : bare.SemanticModel is { } model
                ? TextValues.Without(TextValues.Of(model.Compilation).Text(bare), CommandLine.Unknown.ToString()) : null;
    }

    /// <summary>A list of texts; null where it is none that is known.</summary>
    public static IReadOnlyList<string>? Words(this IOperation? operation) =>
        operation?.SemanticModel is { } model && TextValues.Of(model.Compilation).Words(operation) is { } words
            ? [.. words.Select(w => TextValues.Without(w, CommandLine.Unknown.ToString()))] : null;

    /// <summary>The calls that are made on what a call gives: in the same chain, or later in the same body through the variable that
    /// holds it.</summary>
    public static IEnumerable<IInvocationOperation> CallsAfter(this IInvocationOperation call)
    {
        for (IOperation at = call; at.Parent is { } parent; at = parent)
        {
            if (parent is IInvocationOperation next)
                yield return next;
            if (parent is IVariableDeclaratorOperation declarator)
            {
                foreach (var later in LaterCalls(call, declarator.Symbol))
                    yield return later;
            }
            else if (parent is ISimpleAssignmentOperation { Target: var target } && TextValues.RootOf(target) is { } holder)
            {
                foreach (var later in LaterCalls(call, holder))
                    yield return later;
            }

            if (parent is IBlockOperation or IAnonymousFunctionOperation)
                yield break;
        }
    }

    private static IEnumerable<IInvocationOperation> LaterCalls(IOperation origin, ISymbol holder) =>
        origin.SemanticModel is not { } model ? []
            : TextValues.Of(model.Compilation).WritesOf(origin, holder).OfType<IInvocationOperation>()
                .Where(c => c.Syntax.SpanStart > origin.Syntax.SpanStart);

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
