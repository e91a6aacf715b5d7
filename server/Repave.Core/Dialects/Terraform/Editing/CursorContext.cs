using Repave.Core.Syntax;
using Repave.Core.Syntax.Hcl;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Terraform.Editing;

/// <summary>A block's beginning.</summary>
/// <param name="Type">Its word.</param>
/// <param name="Labels">Its labels.</param>
internal sealed record BlockHead(string Type, IReadOnlyList<string> Labels);

/// <summary>Where in a text a cursor stands, from what is before it; what is half typed does not matter.</summary>
internal sealed class CursorContext
{
    private enum FrameKind
    {
        Block,
        Quote,
        Other,
    }

    private CursorContext(IReadOnlyList<BlockHead> blocks, string? argument, bool isValue, bool isInQuotes, BlockHead? labelled,
        TextSpan word, IReadOnlyList<string> steps)
    {
        (Blocks, Argument, IsValue, IsInQuotes) = (blocks, argument, isValue, isInQuotes);
        (Labelled, Word, Steps) = (labelled, word, steps);
    }

    /// <summary>Whether it stands in a comment.</summary>
    public bool IsInComment { get; private init; }

    /// <summary>Whether a key of an object stands there, which its author chooses.</summary>
    public bool IsObjectKey { get; private init; }

    /// <summary>Whether it stands in a list.</summary>
    public bool IsInList { get; private init; }

    /// <summary>The blocks around it, the outermost first.</summary>
    public IReadOnlyList<BlockHead> Blocks { get; }

    /// <summary>The argument whose value it stands in; null if in none.</summary>
    public string? Argument { get; }

    /// <summary>Whether a value stands there, and no name of an argument or block.</summary>
    public bool IsValue { get; }

    /// <summary>Whether it stands in quotes, outside of what is interpolated.</summary>
    public bool IsInQuotes { get; }

    /// <summary>The beginning of the block of which it stands in a label; null if in none.</summary>
    public BlockHead? Labelled { get; }

    /// <summary>The word before it, back to a dot.</summary>
    public TextSpan Word { get; }

    /// <summary>The names before that word that it is taken of, without indexes: <c>var</c> of <c>var.na</c>.</summary>
    public IReadOnlyList<string> Steps { get; }

    public static CursorContext At(string text, int offset)
    {
        var tokens = HclLexer.Read(text.Substring(0, offset), [], []);
        // Each frame with the tokens of the line that it was left on.
        var frames = new Stack<(FrameKind Kind, BlockHead? Head, List<HclToken> Line)>();
        frames.Push((FrameKind.Block, null, []));
        // What opened each frame that is not a block.
        var openers = new Stack<HclTokenKind>();
        foreach (var token in tokens)
        {
            var top = frames.Peek();
            switch (token.Kind)
            {
                case HclTokenKind.OpenBrace when top.Kind == FrameKind.Block && !HasValue(top.Line) && HeadOf(text, top.Line) is { } head:
                    top.Line.Clear();
                    frames.Push((FrameKind.Block, head, []));
                    break;
                case HclTokenKind.OpenBrace or HclTokenKind.OpenBracket or HclTokenKind.OpenParenthesis or HclTokenKind.Interpolation
                    or HclTokenKind.Directive:
                    frames.Push((FrameKind.Other, null, []));
                    openers.Push(token.Kind);
                    break;
                case HclTokenKind.OpenQuote or HclTokenKind.OpenHeredoc:
                    frames.Push((FrameKind.Quote, null, []));
                    break;
                case HclTokenKind.CloseBrace or HclTokenKind.CloseBracket or HclTokenKind.CloseParenthesis or HclTokenKind.SequenceEnd
                    or HclTokenKind.CloseQuote or HclTokenKind.CloseHeredoc:
                    if (frames.Count > 1 && frames.Pop().Kind == FrameKind.Other)
                        openers.Pop();
                    break;
                case HclTokenKind.Newline:
                case HclTokenKind.Comma when top.Kind == FrameKind.Other:
                    top.Line.Clear();
                    break;
                case HclTokenKind.End:
                    break;
                case HclTokenKind.QuotedText when top.Kind == FrameKind.Quote && frames.Count > 1:
                    var quote = frames.Pop();
                    frames.Peek().Line.Add(token);
                    frames.Push(quote);
                    break;
                default:
                    top.Line.Add(token);
                    break;
            }
        }

        var around = frames.ToArray();
        var nearest = Array.FindIndex(around, f => f.Kind == FrameKind.Block);
        var line = around[nearest].Line;
        var isInQuotes = around[0].Kind == FrameKind.Quote;
        var isLabel = isInQuotes && nearest == 1 && !HasValue(line);
        var (word, steps) = WordAt(text, offset, isInQuotes);
        var opener = around[0].Kind == FrameKind.Other ? openers.Peek() : HclTokenKind.End;
        return new CursorContext([.. around.Select(f => f.Head).OfType<BlockHead>().Reverse()],
            HasValue(line) && line[0].Kind == HclTokenKind.Identifier ? TextOf(text, line[0]) : null,
            !isLabel && (nearest > 0 || HasValue(line)), isInQuotes,
            isLabel ? HeadOf(text, line) : null, word, steps)
        {
            IsInComment = IsComment(text, tokens, offset),
            IsObjectKey = opener == HclTokenKind.OpenBrace && !HasValue(around[0].Line) && steps.Count == 0
                && !around[0].Line.Exists(t => t.Kind == HclTokenKind.Colon),
            IsInList = opener == HclTokenKind.OpenBracket,
        };
    }

    // What is behind the last token is white space, or a comment.
    private static bool IsComment(string text, IReadOnlyList<HclToken> tokens, int offset)
    {
        var end = tokens.Where(t => t.Kind != HclTokenKind.End && t.End <= offset).Select(t => t.End).DefaultIfEmpty(0).Last();
        var rest = text.Substring(end, offset - end);
        var line = rest.Substring(rest.LastIndexOf('\n') + 1).TrimStart();
        return line.StartsWith("#", StringComparison.Ordinal) || line.StartsWith("//", StringComparison.Ordinal)
            || rest.TrimStart().StartsWith("/*", StringComparison.Ordinal);
    }

    private static bool HasValue(List<HclToken> line) => line.Exists(t => t.Kind == HclTokenKind.Equal);

    private static string TextOf(string text, HclToken token) => text.Substring(token.Start, token.End - token.Start);

    private static BlockHead? HeadOf(string text, List<HclToken> line) => line.Count > 0 && line[0].Kind == HclTokenKind.Identifier
        ? new BlockHead(TextOf(text, line[0]), [.. line.Skip(1).Where(t => t.Kind is HclTokenKind.Identifier or HclTokenKind.QuotedText)
            .Select(t => TextOf(text, t))]) : null;

    // The word, and the names that it is taken of; in quotes all back to the quote, because words of platforms have any characters.
    private static (TextSpan Word, IReadOnlyList<string> Steps) WordAt(string text, int offset, bool isInQuotes)
    {
        var start = offset;
        if (isInQuotes)
        {
            while (start > 0 && text[start - 1] is not ('"' or '\n'))
                start--;
            return (new TextSpan(start, offset), []);
        }

        while (start > 0 && IsOfWord(text[start - 1]))
            start--;
        var word = new TextSpan(start, offset);
        var steps = new List<string>();
        while (start > 0 && text[start - 1] == '.')
        {
            start--;
            while (start > 0 && text[start - 1] == ']')
            {
                var open = text.LastIndexOf('[', start - 1);
                if (open < 0)
                    return (word, steps);
                start = open;
            }

            var end = start;
            while (start > 0 && IsOfWord(text[start - 1]))
                start--;
            if (start == end)
                break;
            steps.Insert(0, text.Substring(start, end - start));
        }

        return (word, steps);
    }

    private static bool IsOfWord(char character) => char.IsLetterOrDigit(character) || character is '_' or '-';
}
