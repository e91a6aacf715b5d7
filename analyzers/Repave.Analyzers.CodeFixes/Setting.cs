using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Repave.Analyzers.CodeFixes;

/// <summary>Gives a property a value in the initializer of an object: where its members stand one on a line, on a line of its own, with the
/// file's line ends and indentation. Comments stay beside what they stood beside.</summary>
internal static class Setting
{
    /// <summary>The changes that set a property of the object that is created at a node; none where nothing is created there.</summary>
    public static IReadOnlyList<TextChange> Of(SyntaxNode node, string property, string value, SourceText text)
    {
        var creation = node.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>();
        if (creation is null)
            return [];
        // A value that is there and wrong is exchanged.
        var there = creation.Initializer?.Expressions.OfType<AssignmentExpressionSyntax>()
            .FirstOrDefault(a => a.Left is IdentifierNameSyntax name && name.Identifier.ValueText == property);
        if (there is not null)
            return [new TextChange(there.Right.Span, value)];
        var assignment = $"{property} = {value}";
        if (creation.Initializer is { Expressions.Count: > 0 } initializer)
            return Behind(initializer, assignment, text);
        if (creation.Initializer is { } empty)
            return [new TextChange(new TextSpan(empty.OpenBraceToken.Span.End, 0), $" {assignment}")];
        // Empty brackets are not needed beside braces, but for new() without a type.
        return creation is ObjectCreationExpressionSyntax { ArgumentList: { Arguments.Count: 0 } brackets }
            && brackets.OpenParenToken.TrailingTrivia.Count == 0
            ? [new TextChange(brackets.Span, $" {{ {assignment} }}")]
            : [new TextChange(new TextSpan(creation.Span.End, 0), $" {{ {assignment} }}")];
    }

    private static List<TextChange> Behind(InitializerExpressionSyntax initializer, string assignment, SourceText text)
    {
        var last = initializer.Expressions[initializer.Expressions.Count - 1];
        var hasTrailing = initializer.Expressions.SeparatorCount == initializer.Expressions.Count;
        var end = hasTrailing ? initializer.Expressions.GetSeparator(initializer.Expressions.Count - 1).Span.End : last.Span.End;
        var line = text.Lines.GetLineFromPosition(end);
        var first = text.Lines.GetLineFromPosition(last.SpanStart);
        var indent = text.ToString(TextSpan.FromBounds(first.Start, last.SpanStart));
        // The closing brace on the last member's line, or members before it there: all of them go on as one line.
        if (!string.IsNullOrWhiteSpace(indent) || initializer.CloseBraceToken.SpanStart < line.End)
        {
            return
            [
                hasTrailing ? new TextChange(new TextSpan(end, 0), $" {assignment},")
                    : new TextChange(new TextSpan(end, 0), $", {assignment}"),
            ];
        }

        var lineEnd = text.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak));
        var added = new TextChange(new TextSpan(line.End, 0), $"{lineEnd}{indent}{assignment}{(hasTrailing ? "," : "")}");
        if (hasTrailing)
            return [added];
        return line.End == end
            ? [new TextChange(new TextSpan(end, 0), "," + added.NewText)]
            : [new TextChange(new TextSpan(end, 0), ","), added];
    }
}
