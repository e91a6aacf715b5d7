using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Repave.Analyzers.CSharp;

namespace Repave.Analyzers.CodeFixes;

/// <summary>Mends what rules on C# found, where they say how.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class InfrastructureCodeFixes : CodeFixProvider
{
    // One for all: a diagnostic has one fix, and dotnet format, asked for several rules at once, takes the key of any of them for each.
    private const string Key = "Repave";

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
            var text = await context.Document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
            var changes = ChangesOf(node, fix, text);
            if (changes.Count == 0)
                continue;
            context.RegisterCodeFix(CodeAction.Create(fix.Title, _ => Task.FromResult(context.Document.WithText(text.WithChanges(changes))),
                Key), diagnostic);
        }
    }

    private static IReadOnlyList<TextChange> ChangesOf(SyntaxNode node, CSharpFix fix, SourceText text) => fix.Kind switch
    {
        FixKind.Replace when node is ExpressionSyntax old => [new TextChange(old.Span, Qualified(old, fix.Value))],
        FixKind.Set => Setting.Of(node, fix.Property, fix.Value, text),
        FixKind.Remove when Removal.Of(node, text) is { } change => [change],
        _ => [],
    };

    // What stood before an enum's name stays: a namespace, an alias.
    private static string Qualified(ExpressionSyntax old, string value) =>
        old is MemberAccessExpressionSyntax before
            && SyntaxFactory.ParseExpression(value) is MemberAccessExpressionSyntax { Name: var name }
            ? before.WithName((SimpleNameSyntax)name).ToString()
            : value;
}
