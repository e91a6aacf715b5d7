using Repave.Core.Syntax;
using Repave.Core.Syntax.Yaml;
using Repave.Core.Text;

namespace Repave.Core.Tests.Syntax;

/// <summary>After any edit a file is what a fresh read gives, and documents that the edit does not touch are the same objects.</summary>
public class SourceFileTests
{
    private static readonly string[] Inserts =
        ["x", "\n", "---\n", "\n---\n", "...\n", "  ", "- ", ": ", "#", "\"", "[", "\r\n", "a: b\n", ""];

    [Fact]
    public void ARandomSessionEndsAsAFreshRead()
    {
        var random = new Random(7);
        var file = YamlLanguage.Instance.Parse(string.Join("---\n", Enumerable.Range(0, 20).Select(i => $"a{i}: 1\nb:\n- x\n- y: 'z'\n")));
        for (var i = 0; i < 5000; i++)
        {
            var start = random.Next(file.Text.Length + 1);
            var end = Math.Min(file.Text.Length, start + random.Next(4) * random.Next(6));
            file = file.With(new TextEdit(new TextSpan(start, end), Inserts[random.Next(Inserts.Length)]));
            if (i % 10 == 0)
                AssertSame(YamlLanguage.Instance.Parse(file.Text.Content), file);
        }

        AssertSame(YamlLanguage.Instance.Parse(file.Text.Content), file);
    }

    [Fact]
    public void ADocumentBehindAnotherLineIsReadAgain()
    {
        var before = YamlLanguage.Instance.Parse("a: 1\n---\nb: 2\n---\nc: 3\n");
        var longer = before.With(new TextEdit(new TextSpan(0, 0), "...\n"));
        Assert.NotSame(before.Documents[0].Document, longer.Documents[0].Document);
        Assert.Same(before.Documents[1].Document, longer.Documents[1].Document);
    }

    [Fact]
    public void OnlyTheEditedDocumentIsReadAgain()
    {
        var before = YamlLanguage.Instance.Parse("a: 1\n---\nb: 2\n---\nc: 3\n");
        var at = before.Text.Content.IndexOf('2', StringComparison.Ordinal);
        var after = before.With(new TextEdit(new TextSpan(at, at + 1), "two hundred"));
        Assert.Same(before.Documents[0].Document, after.Documents[0].Document);
        Assert.NotSame(before.Documents[1].Document, after.Documents[1].Document);
        Assert.Same(before.Documents[2].Document, after.Documents[2].Document);
        Assert.Equal("c: 3\n", after.Text.TextOf(new TextSpan(after.Text.Length - 5, after.Text.Length)));
        Assert.Equal(before.Documents[2].Start + 10, after.Documents[2].Start);
    }

    private static void AssertSame(SourceFile fresh, SourceFile edited)
    {
        Assert.Equal(fresh.Documents.Select(d => (d.Start, d.Document.Text)), edited.Documents.Select(d => (d.Start, d.Document.Text)));
        foreach (var (a, b) in fresh.Documents.Zip(edited.Documents))
        {
            Assert.Equal(a.Document.Scalars.Select(s => (s.Span, s.Value)), b.Document.Scalars.Select(s => (s.Span, s.Value)));
            Assert.Equal(a.Document.Issues, b.Document.Issues);
        }
    }
}
