using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Repave.Analyzers;

/// <summary>The text of a string literal, and where each of its characters stands in the source.</summary>
internal sealed class LiteralText
{
    private readonly List<int> _starts = [];
    private readonly int _end;

    private LiteralText(SyntaxToken token)
    {
        Value = token.ValueText;
        _end = token.Span.End - 1;
    }

    /// <summary>The text that the literal stands for.</summary>
    public string Value { get; }

    /// <summary>Reads a literal; null where its characters cannot be found again (escapes that stand for two).</summary>
    public static LiteralText? Of(SyntaxToken token)
    {
        var text = new LiteralText(token);
        switch (token.Kind())
        {
            case SyntaxKind.MultiLineRawStringLiteralToken:
                text.ReadRawLines(token);
                break;
            case SyntaxKind.SingleLineRawStringLiteralToken:
                var quotes = token.Text.Length - token.Text.TrimStart('"').Length;
                text.ReadPlain(token.SpanStart + quotes);
                break;
            case SyntaxKind.StringLiteralToken when token.Text.StartsWith("@", StringComparison.Ordinal):
                text.ReadVerbatim(token);
                break;
            case SyntaxKind.StringLiteralToken:
                text.ReadEscaped(token);
                break;
        }

        return text._starts.Count == text.Value.Length ? text : null;
    }

    /// <summary>The place in the source of a part of the text.</summary>
    public Microsoft.CodeAnalysis.Text.TextSpan SpanOf(int start, int end)
    {
        var from = start < _starts.Count ? _starts[start] : _end;
        var to = end <= start || end > _starts.Count ? from : _starts[end - 1] + 1;
        return Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(from, Math.Max(from, to));
    }

    private void ReadPlain(int start)
    {
        for (var i = 0; i < Value.Length; i++)
            _starts.Add(start + i);
    }

    // The indentation of the closing quotes is no part of the text, nor are the line breaks next to the quotes.
    private void ReadRawLines(SyntaxToken token)
    {
        var lines = SourceText.From(token.Text).Lines;
        var closing = token.Text.Substring(lines[lines.Count - 1].Start);
        var indent = closing.Length - closing.TrimStart(' ', '\t').Length;
        for (var i = 1; i < lines.Count - 1; i++)
        {
            var line = lines[i];
            var start = Math.Min(line.Start + indent, line.End);
            var end = i == lines.Count - 2 ? line.End : line.EndIncludingLineBreak;
            for (var at = start; at < end; at++)
                _starts.Add(token.SpanStart + at);
        }
    }

    private void ReadVerbatim(SyntaxToken token)
    {
        var text = token.Text;
        for (var at = 2; at < text.Length - 1; at++)
        {
            _starts.Add(token.SpanStart + at);
            if (text[at] == '"')
                at++;
        }
    }

    private void ReadEscaped(SyntaxToken token)
    {
        var text = token.Text;
        for (var at = 1; at < text.Length - 1; at++)
        {
            _starts.Add(token.SpanStart + at);
            if (text[at] != '\\')
                continue;
            at++;
            switch (text[at])
            {
                case 'u':
                    at += 4;
                    break;
                case 'x':
                    for (var digits = 0; digits < 4 && Uri.IsHexDigit(text[at + 1]); digits++)
                        at++;
                    break;
            }
        }
    }
}
