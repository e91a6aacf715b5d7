using Repave.Core.Text;

namespace Repave.Core.Syntax.GoTemplate;

/// <summary>What each word of a template's actions is; the text around them is somebody else's. A template that Go cannot read is marked
/// up to its error.</summary>
internal static class TemplateMarks
{
    private const string CommentStart = "/*";
    private const string CommentEnd = "*/";

    /// <summary>The words, in the order of the text.</summary>
    public static IReadOnlyList<TextMark> Of(string text)
    {
        var marks = new List<TextMark>();
        var lexer = new TemplateLexer(text);
        var end = 0;
        while (true)
        {
            var token = lexer.Next();
            if (token.Kind == TemplateTokenKind.Error)
                return marks;
            AddComments(text, end, token.Start, marks);
            if (token.Kind == TemplateTokenKind.End)
                return marks;
            end = token.Start + token.Text.Length;
            if (RoleOf(token) is { } role)
                marks.Add(new TextMark(new TextSpan(token.Start, end), role));
        }
    }

    // Go's lexer leaves comments out: they stand where no token does.
    private static void AddComments(string text, int start, int end, List<TextMark> marks)
    {
        while (start < end && text.IndexOf(CommentStart, start, end - start, StringComparison.Ordinal) is var open and >= 0)
        {
            var close = text.IndexOf(CommentEnd, open, end - open, StringComparison.Ordinal);
            start = close < 0 ? end : close + CommentEnd.Length;
            marks.Add(new TextMark(new TextSpan(open, start), TextRole.Comment));
        }
    }

    private static TextRole? RoleOf(TemplateToken token) => token.Kind switch
    {
        TemplateTokenKind.Identifier => TextRole.Function,
        TemplateTokenKind.Field => TextRole.Property,
        TemplateTokenKind.Variable or TemplateTokenKind.Dot => TextRole.Variable,
        TemplateTokenKind.String or TemplateTokenKind.RawString or TemplateTokenKind.CharConstant => TextRole.String,
        TemplateTokenKind.Number or TemplateTokenKind.Complex => TextRole.Number,
        TemplateTokenKind.Pipe or TemplateTokenKind.Assign or TemplateTokenKind.Declare or TemplateTokenKind.LeftDelimiter
            or TemplateTokenKind.RightDelimiter => TextRole.Operator,
        TemplateTokenKind.Bool => TextRole.Keyword,
        _ when token.IsWord => TextRole.Keyword,
        _ => null,
    };
}
