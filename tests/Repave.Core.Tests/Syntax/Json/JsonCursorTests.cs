using Repave.Core.Syntax.Json;

namespace Repave.Core.Tests.Syntax.Json;

/// <summary>Where a cursor (<c>¦</c>) stands in JSON, in whole and in broken text.</summary>
public class JsonCursorTests
{
    [Theory]
    [InlineData("{¦}", "", null, "", "")]
    [InlineData("{\"a\": 1, \"b¦\"}", "", null, "b", "a")]
    [InlineData("{\"a\": 1, \"b¦\n}", "", null, "b", "a")]
    [InlineData("{\"a\": {\"b\": ¦}, \"c\": 2}", "a", "b", "", "")]
    [InlineData("{\"a\": {\"b\": \"¦\"}}", "a", "b", "", "")]
    [InlineData("{\"a\": [{\"b\": 1}, {\"c\": 2, ¦}]}", "a.[]", null, "", "c")]
    [InlineData("{\"a\": [\"x\", \"¦\"]}", "a.[]", null, "", "")]
    [InlineData("{\"a\": 1\n ¦\n \"b\": 2}", "", null, "", "a b")]
    [InlineData("{\"a\": {\"b\": ¦\n", "a", "b", "", "")]
    public void IsFoundByBraces(string marked, string path, string? key, string word, string siblings)
    {
        var at = marked.IndexOf('¦', StringComparison.Ordinal);
        var text = marked.Remove(at, 1);
        var cursor = JsonCursor.At(text, at)!;
        Assert.Equal(path, string.Join('.', cursor.Path));
        Assert.Equal(key, cursor.Key);
        Assert.Equal(word, text.Substring(cursor.Word.Start, cursor.Word.Length));
        Assert.Equal(siblings, string.Join(' ', cursor.Siblings.Keys.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("¦")]
    [InlineData("{}¦")]
    [InlineData("{\"a\": 1}\n¦")]
    public void OutsideOfBracesIsNowhere(string marked)
    {
        var at = marked.IndexOf('¦', StringComparison.Ordinal);
        Assert.Null(JsonCursor.At(marked.Remove(at, 1), at));
    }

    [Fact]
    public void FieldsAndScalarsAreFoundByPath()
    {
        const string text = "{\"a\": {\"b\": \"x\", \"c\": [1, 2]}, \"d\": 3, }";
        var cursor = JsonCursor.At(text, text.Length - 1)!;
        Assert.Equal([("b", "x"), ("c", "")], cursor.FieldsAt("a"));
        Assert.Equal(["1", "2"], cursor.ValuesAt("a", "c", "[]"));
        Assert.Equal("3", cursor.Siblings["d"]);
    }
}
