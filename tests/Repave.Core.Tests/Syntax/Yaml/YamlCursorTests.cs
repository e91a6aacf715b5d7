using Repave.Core.Syntax;
using Repave.Core.Syntax.Yaml;

namespace Repave.Core.Tests.Syntax.Yaml;

/// <summary>Where a cursor (<c>|</c> with no space around it) stands, in whole and in broken text.</summary>
public class YamlCursorTests
{
    [Theory]
    [InlineData("kind: Pod\nsp¦", "", null, "sp", "kind")]
    [InlineData("kind: Pod\nspec:\n  ¦", "spec", null, "", "")]
    [InlineData("kind: Pod\nspec:\n  restartPolicy: Al¦", "spec", "restartPolicy", "Al", "")]
    [InlineData("spec:\n  containers:\n    - name: a\n      im¦\n      ports: []\n", "spec.containers.[]", null, "im", "name ports")]
    [InlineData("spec:\n  containers:\n  - name: a\n    im¦", "spec.containers.[]", null, "im", "name")]
    [InlineData("spec:\n  containers:\n  - na¦\n    image: x", "spec.containers.[]", null, "na", "image")]
    [InlineData("spec:\n  containers:\n    - ¦", "spec.containers.[]", null, "", "")]
    [InlineData("spec:\n  a: 1\n  containers:\n    - name: a\n      env:\n        - name: X\n          value: y\n  ¦", "spec",
        null, "", "a containers")]
    [InlineData("data:\n  text: |\n    spec:\n      x: y\n  ¦", "data", null, "", "text")]
    [InlineData("spec: {a: [\n  b:\n    ¦", "b", null, "", "")]
    [InlineData("a:\n  - b:\n      - c:\n          d: ¦", "a.[].b.[].c", "d", "", "")]
    [InlineData("metadata:\n  name: x\nspec:\n¦", "", null, "", "metadata spec")]
    [InlineData("a:\n- - b: ¦", "a.[].[]", "b", "", "")]
    [InlineData("¦", "", null, "", "")]
    [InlineData("a: {b: 1, c¦}", "a", null, "c", "b")]
    [InlineData("a: {b: ¦, c: 2}", "a", "b", "", "c")]
    [InlineData("a: [{b: 1, ¦}, {c: 2}]", "a.[]", null, "", "b")]
    [InlineData("a: [\n  {\n    b: 1,\n    ¦\n  }\n]\nc: 1\n", "a.[]", null, "", "b")]
    [InlineData("a: {\"b¦\"}", "a", null, "b", "")]
    [InlineData("a: \"b¦\"", "", "a", "b", "")]
    [InlineData("a: !Join\n  - ¦", "a.!Join.[]", null, "", "")]
    [InlineData("a: !If [x, ¦]", "a.!If.[]", null, "", "")]
    [InlineData("a: !Ref b¦", "", "a", "b", "")]
    [InlineData("a: |\n  b: ¦\n", "", "a", "b: ", "")]
    public void IsFoundByIndentation(string marked, string path, string? key, string word, string siblings)
    {
        var at = marked.IndexOf('¦', StringComparison.Ordinal);
        var text = marked.Remove(at, 1);
        var cursor = YamlCursor.At(text, at);
        Assert.Equal(path, string.Join('.', cursor.Path));
        Assert.Equal(key, cursor.Key);
        Assert.Equal(word, text.Substring(cursor.Word.Start, cursor.Word.Length));
        Assert.Equal(siblings, string.Join(' ', cursor.Siblings.Keys.Order(StringComparer.Ordinal)));
    }
}
