using System.Text.RegularExpressions;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests;

/// <summary>What people read is plain English: the patterns that CONTRIBUTING leaves behind do not come back.</summary>
public partial class WordTests
{
    // What stands between quotes in code, as far as one line has it: messages, titles, help.
    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\banew\b|\bmend(s|ed|ing)?\b|\bstands? twice\b|(?<!here )\bis no (?!longer\b|such\b|more\b|one\b|way\b)[a-z]")]
    private static partial Regex LeftBehind();

    [Fact]
    public void MessagesArePlain()
    {
        var found = new List<string>();
        foreach (var file in Repository.Files("server", "*.cs").Concat(Repository.Files("analyzers", "*.cs")))
        {
            var number = 0;
            foreach (var line in File.ReadLines(file))
            {
                number++;
                if (line.TrimStart().StartsWith("//", StringComparison.Ordinal))
                    continue;
                found.AddRange(Literal().Matches(line).Where(literal => LeftBehind().IsMatch(literal.Value))
                    .Select(literal => $"{Path.GetRelativePath(Repository.Root, file)}:{number}: {literal.Value}"));
            }
        }

        Assert.Empty(found);
    }

    [Fact]
    public void PagesArePlain()
    {
        var pages = Repository.Files("docs", "*.md").Concat(((string[])["README.md", "vscode-extension/README.md",
            "vscode-extension/package.json"]).Select(name => Path.Combine(Repository.Root, name)));
        var found = pages.SelectMany(page => File.ReadLines(page).Select((line, i) => (page, line, i)))
            .Where(one => LeftBehind().IsMatch(one.line))
            .Select(one => $"{Path.GetRelativePath(Repository.Root, one.page)}:{one.i + 1}: {one.line}").ToList();
        Assert.Empty(found);
    }

    [Theory]
    [InlineData("created anew", true)]
    [InlineData("'x' is no number", true)]
    [InlineData("There is no number", false)]
    [InlineData("it is no longer there", false)]
    [InlineData("a key that stands twice", true)]
    public void ThePatternsAreFound(string text, bool isFound) => Assert.Equal(isFound, LeftBehind().IsMatch(text));
}
