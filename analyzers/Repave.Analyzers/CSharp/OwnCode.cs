using Microsoft.CodeAnalysis;

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

    /// <summary>Whether an operation stands in the library that a rule knows, or in a controller that keeps its own objects
    /// right.</summary>
    public static bool IsQuiet(IOperation operation, CSharpRule rule)
    {
        var type = operation.SemanticModel?.GetEnclosingSymbol(operation.Syntax.SpanStart)?.ContainingType;
        return type is not null && (IsInLibrary(type, rule) || (rule.IsDrift && IsController(type)));
    }

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
