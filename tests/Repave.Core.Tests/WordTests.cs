using System.Text.RegularExpressions;

namespace Repave.Core.Tests;

/// <summary>What people read is plain English: the patterns that CONTRIBUTING leaves behind do not come back.</summary>
public partial class WordTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../.."));

    // What stands between quotes in code, as far as one line has it: messages, titles, help.
    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\banew\b|\bmend(s|ed|ing)?\b|\bstands? twice\b|(?<!here )\bis no (?!longer\b|such\b|more\b|one\b|way\b)[a-z]")]
    private static partial Regex LeftBehind();

    [Fact]
    public void MessagesArePlain()
    {
        var found = new List<string>();
        foreach (var file in ((string[])["server", "analyzers"]).SelectMany(folder =>
            Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)).Where(IsSource))
        {
            var number = 0;
            foreach (var line in File.ReadLines(file))
            {
                number++;
                if (line.TrimStart().StartsWith("//", StringComparison.Ordinal))
                    continue;
                found.AddRange(Literal().Matches(line).Where(literal => LeftBehind().IsMatch(literal.Value))
                    .Select(literal => $"{Path.GetRelativePath(Root, file)}:{number}: {literal.Value}"));
            }
        }

        Assert.Empty(found);
    }

    [Fact]
    public void PagesArePlain()
    {
        var pages = Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories).Where(IsSource)
            .Append(Path.Combine(Root, "README.md")).Append(Path.Combine(Root, "vscode-extension", "README.md"))
            .Append(Path.Combine(Root, "vscode-extension", "package.json"));
        var found = pages.SelectMany(page => File.ReadLines(page).Select((line, i) => (page, line, i)))
            .Where(one => LeftBehind().IsMatch(one.line))
            .Select(one => $"{Path.GetRelativePath(Root, one.page)}:{one.i + 1}: {one.line}").ToList();
        Assert.Empty(found);
    }

    [Theory]
    [InlineData("created anew", true)]
    [InlineData("'x' is no number", true)]
    [InlineData("There is no number", false)]
    [InlineData("it is no longer there", false)]
    [InlineData("a key that stands twice", true)]
    public void ThePatternsAreFound(string text, bool isFound) => Assert.Equal(isFound, LeftBehind().IsMatch(text));

    private static bool IsSource(string path)
    {
        var parts = Path.GetRelativePath(Root, path).Split(Path.DirectorySeparatorChar);
        return !parts.Contains("obj") && !parts.Contains("bin") && !parts.Contains("node_modules");
    }
}
