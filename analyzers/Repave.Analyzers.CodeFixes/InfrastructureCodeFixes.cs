using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Repave.Analyzers.CSharp;

namespace Repave.Analyzers.CodeFixes;

/// <summary>Mends what rules on C# found, where they say how.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class InfrastructureCodeFixes : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.CreateRange(InfrastructureCodeAnalyzer.Rules.Where(r => r.HasFix).Select(r => r.Id));

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (CSharpFix.From(diagnostic.Properties) is not { } fix
                || root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not { } node)
                continue;
            if (fix.Kind == FixKind.Remove)
            {
                var text = await context.Document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
                if (Removal.Of(node, text) is { } change)
                {
                    context.RegisterCodeFix(CodeAction.Create(fix.Title,
                        _ => Task.FromResult(context.Document.WithText(text.WithChanges(change))), diagnostic.Id + fix.Kind), diagnostic);
                }

                continue;
            }

            if (Apply(root, node, fix) is not { } changed)
                continue;
            context.RegisterCodeFix(CodeAction.Create(fix.Title, _ => Task.FromResult(context.Document.WithSyntaxRoot(changed)),
                diagnostic.Id + fix.Kind), diagnostic);
        }
    }

    private static SyntaxNode? Apply(SyntaxNode root, SyntaxNode node, CSharpFix fix) => fix.Kind switch
    {
        FixKind.Replace when node is ExpressionSyntax old => root.ReplaceNode(old, Qualified(old, fix.Value).WithTriviaFrom(old)),
        FixKind.Set => Set(root, node, fix),
        _ => null,
    };

    // What stood before an enum's name stays: a namespace, an alias.
    private static ExpressionSyntax Qualified(ExpressionSyntax old, string value)
    {
        var wanted = SyntaxFactory.ParseExpression(value);
        return old is MemberAccessExpressionSyntax before && wanted is MemberAccessExpressionSyntax { Name: var name }
            ? before.WithName((SimpleNameSyntax)name)
            : wanted;
    }

    private static SyntaxNode? Set(SyntaxNode root, SyntaxNode node, CSharpFix fix)
    {
        var creation = node.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>();
        if (creation is null)
            return null;
        var value = SyntaxFactory.ParseExpression(fix.Value);
        // A value that is there and wrong is exchanged.
        var there = creation.Initializer?.Expressions.OfType<AssignmentExpressionSyntax>()
            .FirstOrDefault(a => a.Left is IdentifierNameSyntax name && name.Identifier.ValueText == fix.Property);
        if (there is not null)
            return root.ReplaceNode(there.Right, value.WithTriviaFrom(there.Right));
        var assignment = SyntaxFactory.AssignmentExpression(SyntaxKind.SimpleAssignmentExpression,
            SyntaxFactory.IdentifierName(fix.Property), value);
        if (creation.Initializer is not { Expressions.Count: > 0 } initializer)
        {
            var made = SyntaxFactory.InitializerExpression(SyntaxKind.ObjectInitializerExpression,
                SyntaxFactory.SingletonSeparatedList<ExpressionSyntax>(assignment));
            return root.ReplaceNode(creation, creation.WithInitializer(made).WithAdditionalAnnotations(Formatter.Annotation));
        }

        // Behind the last one, on a line of its own where that has one.
        var last = initializer.Expressions[initializer.Expressions.Count - 1];
        var added = assignment.NormalizeWhitespace()
            .WithLeadingTrivia(last.GetLeadingTrivia().Where(t => t.IsKind(SyntaxKind.WhitespaceTrivia)))
            .WithTrailingTrivia(last.GetTrailingTrivia());
        var separators = initializer.Expressions.GetSeparators().ToList();
        var onLines = last.GetLeadingTrivia().Any(SyntaxKind.WhitespaceTrivia) && initializer.GetLocation().GetLineSpan() is var lines
            && lines.StartLinePosition.Line != lines.EndLinePosition.Line;
        var hasTrailing = separators.Count == initializer.Expressions.Count;
        var items = initializer.Expressions.Take(initializer.Expressions.Count - 1)
            .Concat([hasTrailing ? last : last.WithTrailingTrivia(), added]).ToList();
        if (!hasTrailing)
        {
            var comma = SyntaxFactory.Token(SyntaxKind.CommaToken);
            separators.Add(onLines ? comma.WithTrailingTrivia(SyntaxFactory.ElasticCarriageReturnLineFeed)
                : comma.WithTrailingTrivia(SyntaxFactory.Space));
        }
        else
        {
            separators.Add(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(separators[separators.Count - 1].TrailingTrivia));
            items[items.Count - 1] = added.WithTrailingTrivia();
        }

        return root.ReplaceNode(initializer,
            initializer.WithExpressions(SyntaxFactory.SeparatedList(items, separators)).WithAdditionalAnnotations(Formatter.Annotation));
    }
}
