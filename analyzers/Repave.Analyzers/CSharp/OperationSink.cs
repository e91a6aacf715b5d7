using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Repave.Analyzers.CSharp;

/// <summary>Takes what rules find in one operation.</summary>
internal sealed class OperationSink(
    CSharpRule rule, IReadOnlyList<INamedTypeSymbol> types, BuildSettings settings, Action<Diagnostic> report, IOperation operation)
{
    /// <summary>The names, images and programs that settings allow a rule to meet, and the like.</summary>
    public bool Allows(string option, string value) => settings.Options.Allows(rule.Id, option, value, operation.Syntax.SyntaxTree);

    /// <summary>Whether a type is one of the rule's, derives from one or implements one.</summary>
    public bool Knows(ITypeSymbol? type)
    {
        for (var at = type; at is not null; at = at.BaseType)
        {
            if (Has(at.OriginalDefinition))
                return true;
        }

        return type is not null && type.AllInterfaces.Any(i => Has(i.OriginalDefinition));
    }

    /// <summary>Reports a place in the code.</summary>
    /// <param name="node">What to underline.</param>
    /// <param name="message">What is wrong here, and what to do.</param>
    /// <param name="fix">How to mend it safely; null if there is no way.</param>
    public void Add(SyntaxNode node, string message, CSharpFix? fix = null)
    {
        if (!settings.IsOn(rule, node.SyntaxTree) || OwnCode.IsQuiet(operation, rule) || settings.IsSaidElsewhere(node))
            return;
        var said = settings.Settings.SeverityOf(rule, settings.PathOf(node.SyntaxTree.FilePath));
        var severity = said switch
        {
            Core.Rules.Severity.Info => DiagnosticSeverity.Info,
            Core.Rules.Severity.Error => DiagnosticSeverity.Error,
            _ => DiagnosticSeverity.Warning,
        };
        if (settings.SeverityByRepave(node.SyntaxTree, severity) is not { } weighed)
            return;
        report(Diagnostic.Create(Descriptors.Reported(rule), node.GetLocation(), weighed, null,
            fix?.ToProperties() ?? ImmutableDictionary<string, string?>.Empty, message));
    }

    private bool Has(ITypeSymbol type)
    {
        foreach (var one in types)
        {
            if (SymbolEqualityComparer.Default.Equals(one, type))
                return true;
        }

        return false;
    }
}
