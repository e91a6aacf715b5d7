using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Repave.Mutation;

/// <summary>What of a rule is mutated: not what it says, only what it finds and where.</summary>
internal sealed class MutationScope
{
    // What describes a rule, and what only sentences are made of.
    private static readonly HashSet<string> Members =
    [
        "Id", "Title", "Severity", "OnByDefault", "Reason", "Controls", "References", "Bad", "Good", "Before", "ExampleSettings",
        "ExampleFile", "ExampleLanguage", "HelpLink", "Instance", "Advice", "What",
    ];

    // What editors ask, and what is only asked to save work; they have their own tests.
    private static readonly HashSet<string> Answers =
    [
        "ShapeOf", "HeadValues", "ValuesAt", "Owns", "Locate", "LocalNamesAt", "KeysAt", "ReferencesOf", "Find", "EffectOf", "MayHold",
        "LineOf",
    ];

    private static readonly HashSet<string> Parameters = ["message", "title", "fix", "related", "severity", "why"];

    // Fixes have their own tests.
    private static readonly HashSet<string> Results = ["Fix", "TextEdit", "FileEdit"];

    /// <summary>Whether a node is left as it is.</summary>
    public bool LeavesOut(SyntaxNode node, SemanticModel model) => node switch
    {
        AttributeListSyntax or UsingDirectiveSyntax or InterpolatedStringExpressionSyntax or BaseListSyntax or ParameterListSyntax
            or ConstantPatternSyntax or TypeSyntax and not SimpleNameSyntax => true,
        PropertyDeclarationSyntax property => Members.Contains(property.Identifier.Text),
        FieldDeclarationSyntax field => field.Modifiers.Any(SyntaxKind.ConstKeyword),
        MethodDeclarationSyntax method => IsOfFix(method) || IsAnswer(method),
        ArgumentSyntax argument =>
            Parameters.Contains(NameOf(argument, model) ?? "") || IsTimeLimit(argument) || IsSaid(argument) || IsOnlySaid(argument, model),
        VariableDeclaratorSyntax variable => IsOnlySaid(variable, model),
        _ => false,
    };

    /// <summary>Whether a text is a regular expression.</summary>
    public bool IsRegularExpression(LiteralExpressionSyntax literal, SemanticModel model) =>
        literal.Parent is ArgumentSyntax argument && NameOf(argument, model) == "pattern";

    // A method that makes a fix, or that only such methods call.
    private static bool IsOfFix(MethodDeclarationSyntax method)
    {
        if (Results.Contains(method.ReturnType.ToString().TrimEnd('?')))
            return true;
        var callers = method.Parent!.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(n => n.Identifier.Text == method.Identifier.Text && n.Parent is InvocationExpressionSyntax)
            .Select(n => n.FirstAncestorOrSelf<MethodDeclarationSyntax>()).ToList();
        return callers.Count > 0 && callers.TrueForAll(caller => caller is not null && caller != method && IsOfFix(caller));
    }

    private static bool IsAnswer(MethodDeclarationSyntax method) =>
        Answers.Contains(method.Identifier.Text)
        && method.Parent is not TypeDeclarationSyntax { BaseList.Types: [{ Type: IdentifierNameSyntax { Identifier.Text: "PlanRule" } }] };

    private static string? NameOf(ArgumentSyntax argument, SemanticModel model)
    {
        if (argument.NameColon is { } named)
            return named.Name.Identifier.Text;
        if (argument.Parent is not BaseArgumentListSyntax { Parent: ExpressionSyntax call } list
            || model.GetSymbolInfo(call).Symbol is not IMethodSymbol method)
            return null;
        var index = list.Arguments.IndexOf(argument);
        return index < method.Parameters.Length ? method.Parameters[index].Name : null;
    }

    private static bool IsTimeLimit(ArgumentSyntax argument) =>
        argument.Parent?.Parent is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access }
        && access.Expression is IdentifierNameSyntax { Identifier.Text: "TimeSpan" };

    // What a command does, beside the pattern that finds it.
    private static bool IsSaid(ArgumentSyntax argument) =>
        argument is { Expression: LiteralExpressionSyntax, Parent: TupleExpressionSyntax { Arguments: [{ } first, _] } }
        && first.Expression is InvocationExpressionSyntax call
        && call.Expression is IdentifierNameSyntax { Identifier.Text: "Pattern" };

    // A variable that only sentences and fixes use.
    private static bool IsOnlySaid(VariableDeclaratorSyntax variable, SemanticModel model)
    {
        if (model.GetDeclaredSymbol(variable) is not ILocalSymbol local
            || variable.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member)
            return false;
        return IsOnlySaid(local, member, model);
    }

    // A part of a tuple that is taken apart into variables of which only sentences use this one.
    private static bool IsOnlySaid(ArgumentSyntax argument, SemanticModel model)
    {
        if (argument.Parent is not TupleExpressionSyntax tuple || argument.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member)
            return false;
        var names = argument.Ancestors().TakeWhile(a => a != member).Select(a => a switch
        {
            AssignmentExpressionSyntax { Left: DeclarationExpressionSyntax declared } => declared.Designation,
            ForEachVariableStatementSyntax { Variable: DeclarationExpressionSyntax declared } => declared.Designation,
            _ => null,
        }).OfType<ParenthesizedVariableDesignationSyntax>().FirstOrDefault();
        var index = tuple.Arguments.IndexOf(argument);
        return names?.Variables.Count == tuple.Arguments.Count && names.Variables[index] is SingleVariableDesignationSyntax one
            && model.GetDeclaredSymbol(one) is ILocalSymbol local && IsOnlySaid(local, member, model);
    }

    private static bool IsOnlySaid(ILocalSymbol local, MemberDeclarationSyntax member, SemanticModel model)
    {
        var uses = member.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(n => n.Identifier.Text == local.Name
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(n).Symbol, local)).ToList();
        return uses.Count > 0 && uses.TrueForAll(use => use.Ancestors().TakeWhile(a => a != member)
            .Any(a => a is InterpolatedStringExpressionSyntax
                || (a is ArgumentSyntax argument && Parameters.Contains(NameOf(argument, model) ?? ""))));
    }
}
