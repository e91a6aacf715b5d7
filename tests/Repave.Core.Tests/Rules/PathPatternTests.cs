using Repave.Core.Rules;

namespace Repave.Core.Tests.Rules;

/// <summary>Patterns of paths.</summary>
public class PathPatternTests
{
    [Theory]
    [InlineData("*.yaml", "a/b/c.yaml", true)]
    [InlineData("*.yaml", "c.yml", false)]
    [InlineData("/c.yaml", "a/c.yaml", false)]
    [InlineData("/c.yaml", "./c.yaml", true)]
    [InlineData("charts", "x/charts/y/z.yaml", true)]
    [InlineData("charts/", "x/chartsy/z.yaml", false)]
    [InlineData("a/**/z.yaml", "a/z.yaml", true)]
    [InlineData("a/**/z.yaml", "a/b/c/z.yaml", true)]
    [InlineData("a/**/z.yaml", "a/b/cz.yaml", false)]
    [InlineData("a/**", "x/a/b/c", true)]
    [InlineData("?.json", "ab.json", false)]
    [InlineData("a*c", "a/c", false)]
    [InlineData("**/test/**", "src/test/x.yaml", true)]
    public void Match(string pattern, string path, bool expected) => Assert.Equal(expected, new PathPattern(pattern).Matches(path));

    [Theory]
    [InlineData("**/")]
    [InlineData("*b")]
    [InlineData("?*")]
    [InlineData("**b/")]
    public void NoneTakesLong(string piece)
    {
        var pattern = new PathPattern(string.Concat(Enumerable.Repeat(piece, 60)) + "q");
        var path = string.Concat(Enumerable.Repeat("b/", 300)) + new string('b', 300);
        var start = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < 20; i++)
            Assert.False(pattern.Matches(path));
        Assert.True(Environment.CpuUsage.TotalTime - start < TimeSpan.FromSeconds(20));
    }
}
