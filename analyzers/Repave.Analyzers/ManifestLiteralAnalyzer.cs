using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Rules.Schema;

namespace Repave.Analyzers;

/// <summary>Checks manifests that stand in C#: string literals that a comment (<c>// lang=yaml</c>), an attribute
/// (<c>[StringSyntax("yaml")]</c>) or the reader that they are handed to says to be YAML.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ManifestLiteralAnalyzer : DiagnosticAnalyzer
{
    // Readers of manifests, by type and first letters of their methods.
    private static readonly (string Type, string Method)[] Readers = [("k8s.KubernetesYaml", "Load"),
        ("k8s.KubernetesYaml", "Deserialize")];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = Descriptors.All(BuildSettings.ManifestRules);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            var settings = new Lazy<BuildSettings>(() => BuildSettings.Read(start.Options, start.Compilation, start.CancellationToken));
            var failed = 0;
            start.RegisterSyntaxNodeAction(
                node =>
                {
                    var literal = (LiteralExpressionSyntax)node.Node;
                    try
                    {
                        if (MayHold(literal) && IsYaml(literal, node.SemanticModel, node.CancellationToken))
                            Check(literal, settings.Value, node.ReportDiagnostic);
                    }
                    catch (Exception exception) when (exception is not OperationCanceledException)
                    {
                        if (Interlocked.Exchange(ref failed, 1) == 0)
                            node.ReportDiagnostic(Diagnostic.Create(Descriptors.Failure, literal.GetLocation(), "Checking a manifest in C#",
                                exception.GetType().Name + ": " + exception.Message));
                    }
                },
                SyntaxKind.StringLiteralExpression);
        });
    }

    // Nearly every string of a program is neither.
    private static bool MayHold(LiteralExpressionSyntax literal) =>
        literal.Token.ValueText is { Length: > 20 } text && text.Contains(':') && text.Contains('\n');

    private static void Check(LiteralExpressionSyntax literal, BuildSettings settings, Action<Diagnostic> report)
    {
        // Tests hold manifests that are meant to be wrong.
        if (settings.IsQuiet || settings.IsSaidElsewhere(literal) || LiteralText.Of(literal.Token) is not { } text)
            return;
        var path = literal.SyntaxTree.FilePath;
        var rules = settings.ForManifests;
        var context = new AnalysisOptions(rules);
        var known = settings.PathOf(path);
        if (!context.IsWorthReading(known, text.Value))
            return;
        foreach (var finding in ManifestAnalysis.Check([Manifest.Parse(known, text.Value)], context).Findings)
        {
            // What a part of a program names, the rest of it may define.
            if (finding.Rule is UnresolvedReference or UnknownKind
                || settings.SeverityOf(finding.Rule, finding.Severity, path) is not { } severity)
                continue;
            var location = Location.Create(literal.SyntaxTree, text.SpanOf(finding.FileSpan.Start, finding.FileSpan.End));
            report(Diagnostic.Create(Descriptors.Reported(finding.Rule), location, severity, null, null, finding.Message));
        }
    }

    private static bool IsYaml(LiteralExpressionSyntax literal, SemanticModel model, CancellationToken cancellation) =>
        HasComment(literal) || IsSaidBySymbol(literal, model, cancellation);

    // The comment stands before the literal, or before the statement or member that it is the value of.
    private static bool HasComment(SyntaxNode literal)
    {
        for (var at = literal; at is not null; at = at.Parent)
        {
            if (at.GetLeadingTrivia().Concat(at.GetFirstToken().GetPreviousToken().TrailingTrivia).Any(IsLanguageComment))
                return true;
            if (at is StatementSyntax or MemberDeclarationSyntax)
                return false;
        }

        return false;
    }

    private static bool IsLanguageComment(SyntaxTrivia trivia)
    {
        if (!trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) && !trivia.IsKind(SyntaxKind.MultiLineCommentTrivia))
            return false;
        var text = trivia.ToString().TrimStart('/', '*', ' ').TrimEnd('*', '/', ' ').Replace(" ", "").ToLowerInvariant();
        return text is "lang=yaml" or "language=yaml" or "lang=yml" or "language=yml";
    }

    private static bool IsSaidBySymbol(LiteralExpressionSyntax literal, SemanticModel model, CancellationToken cancellation)
    {
        SyntaxNode at = literal;
        while (at.Parent is ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax)
            at = at.Parent;
        switch (at.Parent)
        {
            case ArgumentSyntax
            {
                Parent.Parent: InvocationExpressionSyntax or ObjectCreationExpressionSyntax
                or ImplicitObjectCreationExpressionSyntax
            } argument:
                var called = argument.Parent!.Parent!;
                if (model.GetSymbolInfo(called, cancellation).Symbol is not IMethodSymbol method)
                    return false;
                var parameter = ParameterOf(argument, method);
                return (parameter is not null && HasSyntaxAttribute(parameter)) || Array.Exists(Readers,
                    r => method.ContainingType.ToDisplayString() == r.Type && method.Name.StartsWith(r.Method, StringComparison.Ordinal));
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator }:
                return model.GetDeclaredSymbol(declarator, cancellation) is IFieldSymbol field && HasSyntaxAttribute(field);
            case EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property }:
                return model.GetDeclaredSymbol(property, cancellation) is { } declared && HasSyntaxAttribute(declared);
            case ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax property }:
                return model.GetDeclaredSymbol(property, cancellation) is { } computed && HasSyntaxAttribute(computed);
            case AssignmentExpressionSyntax assignment when assignment.Right == at:
                return model.GetSymbolInfo(assignment.Left, cancellation).Symbol is { } target && HasSyntaxAttribute(target);
            default:
                return false;
        }
    }

    private static IParameterSymbol? ParameterOf(ArgumentSyntax argument, IMethodSymbol method)
    {
        if (argument.NameColon is { } name)
            return method.Parameters.FirstOrDefault(p => p.Name == name.Name.Identifier.ValueText);
        var index = ((ArgumentListSyntax)argument.Parent!).Arguments.IndexOf(argument);
        return index < method.Parameters.Length ? method.Parameters[index] : method.Parameters.LastOrDefault(p => p.IsParams);
    }

    private static bool HasSyntaxAttribute(ISymbol symbol) => symbol.GetAttributes().Any(a =>
        a.AttributeClass?.Name == "StringSyntaxAttribute" && a.ConstructorArguments.Length > 0
            && a.ConstructorArguments[0].Value is string syntax && syntax.ToLowerInvariant() is "yaml" or "yml");
}
