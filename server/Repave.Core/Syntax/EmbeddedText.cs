using System.Text;
using Repave.Core.Text;

namespace Repave.Core.Syntax;

/// <summary>A text within a document that is of another language (user data in a template), with the place of each of its lines. Never
/// changes once it was made.</summary>
public sealed class EmbeddedText
{
    /// <summary>What stands for a part that is computed.</summary>
    public const string Computed = "${computed}";

    private readonly List<(int Start, int Length, TextSpan At)> _pieces;

    private EmbeddedText(string text, List<(int Start, int Length, TextSpan At)> pieces) => (Text, _pieces) = (text, pieces);

    /// <summary>The text, with <see cref="Computed"/> for what only its document's tool knows.</summary>
    public string Text { get; }

    /// <summary>Where in the document a part of the text stands: exactly where the lines stand as they are, or else where the line
    /// stands.</summary>
    public TextSpan SpanOf(TextSpan span)
    {
        var (start, end) = (PlaceOf(span.Start, isEnd: false), PlaceOf(Math.Max(span.Start, span.End - 1), isEnd: true));
        return new TextSpan(start, Math.Max(start, end));
    }

    /// <summary>A text of which a document has the lines, indented or not.</summary>
    /// <param name="text">The text.</param>
    /// <param name="written">The document's text.</param>
    /// <param name="span">Where in it the text stands.</param>
    public static EmbeddedText OfLines(string text, string written, TextSpan span)
    {
        var builder = new Builder();
        builder.AddLines(text, written, span);
        return builder.Build();
    }

    private int PlaceOf(int offset, bool isEnd)
    {
        foreach (var (start, length, at) in _pieces)
        {
            if (offset >= start + length)
                continue;
            return at.Length == length ? at.Start + Math.Max(0, offset - start) + (isEnd ? 1 : 0) : isEnd ? at.End : at.Start;
        }

        return _pieces.Count == 0 ? 0 : _pieces[_pieces.Count - 1].At.End;
    }

    /// <summary>Puts a text together from parts of a document.</summary>
    public sealed class Builder
    {
        private readonly StringBuilder _text = new();
        private readonly List<(int Start, int Length, TextSpan At)> _pieces = [];

        /// <summary>Adds a text that stands for a place as a whole.</summary>
        public void AddText(string text, TextSpan at)
        {
            if (text.Length > 0)
                Add(text, at);
        }

        /// <summary>Whether what is added next begins a line.</summary>
        public bool IsAtLineStart => _text.Length == 0 || _text[_text.Length - 1] == '\n';

        /// <summary>Adds what is computed.</summary>
        public void AddComputed(TextSpan at) => Add(Computed, at);

        /// <summary>Adds lines of which each ends as the document has it; where they do not, their place is that of all.</summary>
        public void AddLines(string text, string written, TextSpan span)
        {
            var lines = text.Split('\n');
            var places = new List<TextSpan>();
            for (var at = span.Start; at <= span.End;)
            {
                var end = written.IndexOf('\n', at, span.End - at);
                end = end < 0 ? span.End : end;
                places.Add(new TextSpan(at, end));
                at = end + 1;
            }

            // Blank lines at the end may be left out.
            var isAligned = places.Count >= lines.Length - 1;
            for (var i = 0; i < lines.Length; i++)
            {
                var line = i < lines.Length - 1 ? lines[i] + "\n" : lines[i];
                if (line.Length == 0)
                    continue;
                Add(line, isAligned && i < places.Count ? LineIn(written, places[i], lines[i], line.Length) : span);
            }
        }

        /// <summary>What was put together.</summary>
        public EmbeddedText Build() => new(_text.ToString(), _pieces);

        private void Add(string text, TextSpan at)
        {
            _pieces.Add((_text.Length, text.Length, at));
            _text.Append(text);
        }

        private static TextSpan LineIn(string written, TextSpan place, string line, int length)
        {
            // Some languages keep the ends of lines as they are, others write all of them in one way.
            var isKept = line.EndsWith("\r", StringComparison.Ordinal);
            var end = !isKept && place.End > place.Start && written[place.End - 1] == '\r' ? place.End - 1 : place.End;
            var start = end - line.Length;
            return start >= place.Start && string.CompareOrdinal(written, start, line, 0, line.Length) == 0
                ? new TextSpan(start, start + length) : place;
        }
    }
}
