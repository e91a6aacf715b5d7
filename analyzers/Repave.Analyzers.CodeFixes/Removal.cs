using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Repave.Analyzers.CodeFixes;

/// <summary>Takes an assignment out of a text: with its separator and the blanks around it, and without the comments beside it.</summary>
internal static class Removal
{
    /// <summary>The change that takes out the assignment at a node; null where that would leave something that means something
    /// else.</summary>
    public static TextChange? Of(SyntaxNode node, SourceText text)
    {
        if (node.FirstAncestorOrSelf<AssignmentExpressionSyntax>() is not { } assignment)
            return null;
        return assignment.Parent switch
        {
            InitializerExpressionSyntax initializer => OfMember(assignment, initializer, text),
            ExpressionStatementSyntax { Parent: BlockSyntax or GlobalStatementSyntax } statement => OfStatement(statement, text),
            _ => null,
        };
    }

    private static TextChange OfMember(AssignmentExpressionSyntax assignment, InitializerExpressionSyntax initializer, SourceText text)
    {
        var index = initializer.Expressions.IndexOf(assignment);
        var (start, end) = (assignment.SpanStart, assignment.Span.End);
        if (index < initializer.Expressions.SeparatorCount)
        {
            end = initializer.Expressions.GetSeparator(index).Span.End;
        }
        else if (index > 0 && !HasComment(text, initializer.Expressions.GetSeparator(index - 1).Span.End, start))
        {
            // The last one has no separator behind it: the one before it goes.
            start = initializer.Expressions.GetSeparator(index - 1).SpanStart;
        }

        // Nothing is left: the braces go, and what is made keeps its brackets or gets them.
        if (initializer.Expressions.Count == 1 && !HasComment(text, initializer.SpanStart, start)
            && !HasComment(text, end, initializer.Span.End)
            && initializer.Parent is BaseObjectCreationExpressionSyntax creation)
        {
            var before = initializer.OpenBraceToken.GetPreviousToken().Span.End;
            return new TextChange(TextSpan.FromBounds(before, initializer.Span.End), creation.ArgumentList is null ? "()" : "");
        }

        return new TextChange(WithBlanks(text, start, end), "");
    }

    private static TextChange OfStatement(ExpressionStatementSyntax statement, SourceText text) =>
        new(WithBlanks(text, statement.SpanStart, statement.Span.End), "");

    private static bool HasComment(SourceText text, int start, int end) =>
        SyntaxFactory.ParseTokens(text.ToString(TextSpan.FromBounds(start, Math.Max(start, end)))).SelectMany(t => t.GetAllTrivia())
            .Any(t => t.IsKind(SyntaxKind.SingleLineCommentTrivia) || t.IsKind(SyntaxKind.MultiLineCommentTrivia));

    // A line that holds nothing else goes; where something stands before, the blanks before go; otherwise those behind.
    private static TextSpan WithBlanks(SourceText text, int start, int end)
    {
        var (from, to) = (start, end);
        while (from > 0 && text[from - 1] is ' ' or '\t')
            from--;
        while (to < text.Length && text[to] is ' ' or '\t')
            to++;
        var beginsLine = from == 0 || text[from - 1] is '\n' or '\r';
        var endsLine = to == text.Length || text[to] is '\n' or '\r';
        if (beginsLine && endsLine)
        {
            if (to < text.Length && text[to] == '\r')
                to++;
            if (to < text.Length && text[to] == '\n')
                to++;
            return TextSpan.FromBounds(from, to);
        }

        return beginsLine ? TextSpan.FromBounds(start, to) : TextSpan.FromBounds(from, end);
    }
}
