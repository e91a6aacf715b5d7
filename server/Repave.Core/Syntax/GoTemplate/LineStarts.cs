namespace Repave.Core.Syntax.GoTemplate;

/// <summary>Where the lines of a text begin, as Go counts them: after each line feed.</summary>
internal sealed class LineStarts
{
    private readonly List<int> _starts = [0];

    public LineStarts(string text)
    {
        for (var at = text.IndexOf('\n'); at >= 0; at = text.IndexOf('\n', at + 1))
            _starts.Add(at + 1);
    }

    public int LineOf(int offset)
    {
        var found = _starts.BinarySearch(offset);
        return found >= 0 ? found : ~found - 1;
    }

    public int StartOf(int line) => _starts[line];
}
