using Repave.Core.Text;
using static Repave.Core.Syntax.Hcl.HclTokenKind;

namespace Repave.Core.Syntax.Hcl;

/// <summary>What each word of an HCL document is: names by the tree, everything else by its token.</summary>
internal sealed class HclMarks
{
    private readonly HclDocument _document;
    private readonly Dictionary<int, (TextRole Role, bool IsDeclaration)> _names = [];

    private HclMarks(HclDocument document) => _document = document;

    /// <summary>The words, in the order of the text.</summary>
    public static IReadOnlyList<TextMark> Of(HclDocument document)
    {
        var marks = new HclMarks(document);
        marks.Read(document.Body);
        return marks.All();
    }

    private void Read(HclBody body)
    {
        foreach (var attribute in body.Attributes)
        {
            _names[attribute.NameSpan.Start] = (TextRole.Property, false);
            foreach (var expression in attribute.Value.All)
                Read(expression);
        }

        foreach (var block in body.Blocks)
        {
            _names[block.TypeSpan.Start] = (TextRole.Keyword, false);
            for (var i = 0; i < block.Labels.Count; i++)
            {
                // The last label is the author's name, those before it say of what.
                var isLast = i == block.Labels.Count - 1;
                _names[block.Labels[i].Span.Start] = (isLast ? TextRole.Variable : TextRole.Type, isLast);
            }

            Read(block.Body);
        }
    }

    private void Read(HclExpression expression)
    {
        switch (expression)
        {
            case HclCall call:
                _names[call.NameSpan.Start] = (TextRole.Function, false);
                break;
            case HclTraversal traversal:
                _names.TryAdd(traversal.RootSpan.Start, (TextRole.Variable, false));
                Read(traversal.Steps);
                break;
            case HclRelative relative:
                Read(relative.Steps);
                break;
            case HclLiteral { Kind: not HclLiteralKind.Number } literal:
                _names[literal.Span.Start] = (TextRole.Keyword, false);
                break;
            case HclObject entries:
                foreach (var entry in entries.Entries)
                {
                    if (entry.Key is HclTraversal { Steps.Count: 0 } or HclTemplate)
                        _names[entry.Key.Span.Start] = (TextRole.Property, false);
                }

                break;
        }
    }

    private void Read(IReadOnlyList<HclStep> steps)
    {
        foreach (var step in steps)
        {
            if (!step.IsIndex)
                _names[step.NameSpan.Start] = (TextRole.Property, false);
        }
    }

    private List<TextMark> All()
    {
        var marks = new List<TextMark>();
        foreach (var comment in _document.Comments)
            marks.Add(new TextMark(comment.Span, TextRole.Comment));
        var tokens = HclLexer.Read(_document.Text, [], []);
        // A text whose quotes have a meaning (a label, a key) is one word.
        var whole = -1;
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (token.End <= token.Start || token.Start < whole)
                continue;
            if (token.Kind == OpenQuote && _names.TryGetValue(token.Start, out var name) && EndOfPlain(tokens, i) is { } end)
            {
                whole = end;
                marks.Add(new TextMark(new TextSpan(token.Start, end), name.Role, name.IsDeclaration));
            }
            else if (MarkOf(token) is { } mark)
            {
                marks.Add(mark);
            }
        }

        marks.Sort(static (a, b) => a.Span.Start.CompareTo(b.Span.Start));
        return marks;
    }

    // Where a text in quotes ends in which nothing is filled in.
    private static int? EndOfPlain(List<HclToken> tokens, int open)
    {
        var at = open + 1;
        while (at < tokens.Count && tokens[at].Kind == QuotedText)
            at++;
        return at < tokens.Count && tokens[at].Kind == CloseQuote ? tokens[at].End : null;
    }

    private TextMark? MarkOf(HclToken token)
    {
        if (token.Kind == Identifier)
        {
            if (_names.TryGetValue(token.Start, out var name))
                return new TextMark(token.Span, name.Role, name.IsDeclaration);
            var isWord = _document.Text.Substring(token.Start, token.End - token.Start)
                is "for" or "in" or "if" or "else" or "endif" or "endfor";
            return new TextMark(token.Span, isWord ? TextRole.Keyword : TextRole.Variable);
        }

        return token.Kind switch
        {
            Number => new TextMark(token.Span, TextRole.Number),
            OpenQuote or CloseQuote or QuotedText or HeredocText or OpenHeredoc or CloseHeredoc =>
                new TextMark(token.Span, TextRole.String),
            Interpolation or Directive or SequenceEnd or Star or Slash or Percent or Plus or Minus or Equal or Less or Greater or Bang
                or Question or Colon or EqualEqual or NotEqual or GreaterEqual or LessEqual or And or Or or Ellipsis or FatArrow
                => new TextMark(token.Span, TextRole.Operator),
            _ => null,
        };
    }
}
