using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp;

/// <summary>Code of which a rule says nothing, because what it does is what it is for.</summary>
internal static class OwnCode
{
    // What an operator's controllers are known by, whichever framework they are written with.
    private static readonly HashSet<string> Controllers = new(StringComparer.Ordinal)
    {
        "IEntityController", "IResourceController", "IEntityFinalizer", "IResourceFinalizer", "IReconciler", "IOperatorController",
            "IController",
        "IEntityReconciler", "IResourceReconciler",
    };

    /// <summary>Whether an operation stands in the library that a rule knows, in a controller that keeps its own objects right, or in
    /// a method that only passes a call on.</summary>
    public static bool IsQuiet(IOperation operation, CSharpRule rule)
    {
        var symbol = operation.SemanticModel?.GetEnclosingSymbol(operation.Syntax.SpanStart);
        return symbol?.ContainingType is { } type
            && (IsInLibrary(type, rule) || (rule.IsDrift && IsController(type)) || IsPassedOn(operation, symbol));
    }

    // A method of the same name whose parameters go straight through decides nothing; whoever calls it does.
    private static bool IsPassedOn(IOperation operation, ISymbol symbol)
    {
        if (operation is not IInvocationOperation { TargetMethod: var called } call || symbol is not IMethodSymbol { Name: var name }
            || Plain(name) != Plain(called.Name) || Plain(name).Length < 6)
            return false;
        var values = call.Arguments.Where(a => a.ArgumentKind == ArgumentKind.Explicit
            && !(called.IsExtensionMethod && a.Parameter?.Ordinal == 0)).Select(a => a.Value.Bare()).ToList();
        return values.Exists(v => v is IParameterReferenceOperation)
            && values.TrueForAll(v => v is IParameterReferenceOperation or ILocalReferenceOperation or IFieldReferenceOperation);
    }

    private static string Plain(string method) =>
        method.EndsWith("Async", StringComparison.Ordinal) ? method.Substring(0, method.Length - 5) : method;

    // A library calls what it offers; code that uses it stands in namespaces of its own.
    private static bool IsInLibrary(INamedTypeSymbol type, CSharpRule rule)
    {
        if (type.ContainingNamespace is not { IsGlobalNamespace: false } space)
            return false;
        var own = space.ToDisplayString();
        foreach (var known in rule.Types)
        {
            var library = known.Substring(0, Math.Max(0, known.LastIndexOf('.')));
            if (library.Length > 0 && !library.StartsWith("System.", StringComparison.Ordinal)
                && (own == library || own.StartsWith(library + ".", StringComparison.Ordinal)))
                return true;
        }

        return false;
    }

    private static bool IsController(INamedTypeSymbol type)
    {
        for (var at = type; at is not null; at = at.ContainingType)
        {
            if (at.AllInterfaces.Any(i => Controllers.Contains(i.Name)))
                return true;
            for (var above = at.BaseType; above is not null; above = above.BaseType)
            {
                if (above.Name is "ReconcilerBase" or "OperationHandler" or "ResourceControllerBase")
                    return true;
            }
        }

        return false;
    }
}
