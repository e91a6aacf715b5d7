using Repave.Core.Text;

namespace Repave.Core.Syntax.Dockerfile;

/// <summary>The lines of one instruction put together, and where each of its characters stands.</summary>
internal sealed class DockerfileLine
{
    private readonly List<int> _places;

    public DockerfileLine(string text, List<int> places, char escape) => (Text, _places, Escape) = (text, places, escape);

    public string Text { get; }

    public char Escape { get; }

    /// <summary>Where a part stands in the document's text; of an empty part, the character before it.</summary>
    public TextSpan Span(int start, int end)
    {
        if (end > start)
            return new TextSpan(_places[start], _places[end - 1] + 1);
        var before = _places[Math.Max(0, Math.Min(start, _places.Count) - 1)];
        return new TextSpan(before, before + 1);
    }

    /// <summary>A part of it as a word.</summary>
    public DockerfileWord Word(int start, int end)
    {
        var raw = Text.Substring(start, end - start);
        return new DockerfileWord(DockerfileExpansion.Unquoted(raw, Escape), Span(start, end))
        {
            Raw = raw,
            Places = _places.GetRange(start, end - start),
        };
    }

    /// <summary>A line of its own: what stands from a place on.</summary>
    public DockerfileLine From(int start) => new(Text.Substring(start), _places.GetRange(start, _places.Count - start), Escape);
}
