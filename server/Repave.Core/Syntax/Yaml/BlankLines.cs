using System.Text;

namespace Repave.Core.Syntax.Yaml;

/// <summary>A text whose lines of nothing but spaces were emptied, and where each of its characters stood before.</summary>
internal sealed class BlankLines
{
    private readonly List<(int At, int Removed)> _cuts = [];

    private BlankLines(string text) => Text = text;

    /// <summary>The text without those spaces.</summary>
    public string Text { get; private set; }

    public static BlankLines Strip(string text)
    {
        var result = new BlankLines("");
        var stripped = new StringBuilder(text.Length);
        var removed = 0;
        for (var line = 0; line < text.Length;)
        {
            var next = text.IndexOf('\n', line);
            next = next < 0 ? text.Length : next + 1;
            var content = line;
            while (content < next && text[content] == ' ')
                content++;
            if (content > line && content < next && (text[content] is '\r' or '\n'))
            {
                removed += content - line;
                result._cuts.Add((stripped.Length, removed));
                line = content;
            }

            stripped.Append(text, line, next - line);
            line = next;
        }

        result.Text = stripped.ToString();
        return result;
    }

    /// <summary>The offset in the text before, of an offset in <see cref="Text"/>.</summary>
    public long OffsetOf(long index)
    {
        int low = 0, high = _cuts.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_cuts[middle].At <= index)
                low = middle + 1;
            else
                high = middle;
        }

        return low == 0 ? index : index + _cuts[low - 1].Removed;
    }
}
