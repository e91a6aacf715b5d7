using Repave.Core.Text;

namespace Repave.Core.Tests.Text;

public class SourceTextTests
{
    [Theory]
    [InlineData("", 1)]
    [InlineData("a", 1)]
    [InlineData("a\n", 2)]
    [InlineData("a\r\nb\rc\n", 4)]
    public void CountsLines(string text, int lines) => Assert.Equal(lines, new SourceText(text).LineCount);

    [Fact]
    public void PositionsAndOffsetsAreInverse()
    {
        var text = new SourceText("ab\r\n😀c\n\rlast");
        for (var offset = 0; offset <= text.Length; offset++)
        {
            // The place between CR and LF belongs to the end of its line.
            if (offset == 3)
                continue;
            Assert.Equal(offset, text.OffsetOf(text.PositionOf(offset)));
        }

        Assert.Equal(new LinePosition(1, 2), text.PositionOf(6));
        Assert.Equal(2, text.OffsetOf(new LinePosition(0, 99)));
        Assert.Equal(text.Length, text.OffsetOf(new LinePosition(99, 0)));
        Assert.Equal(["ab", "😀c", "", "last"], Enumerable.Range(0, text.LineCount).Select(text.LineText));
    }
}
