using Repave.Core.Text;

namespace Repave.Core.Tests.Text;

/// <summary>Patterns that would take for ever are decided or given up, and never throw.</summary>
public class BoundedRegexTests
{
    [Theory]
    [InlineData("^(x+x+)+y$")]
    [InlineData("^(.*)*!$")]
    [InlineData("(a|aa)+$")]
    [InlineData("^(?=(b+)+$)b+c")]
    [InlineData(@"^(b+)+\1c$")]
    public void NoPatternTakesLong(string pattern)
    {
        var regex = BoundedRegex.TryCreate(pattern)!;
        var start = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < 200; i++)
            regex.Decides(new string("xab"[i % 3], 40) + ";" + i);
        regex.Decides(new string('x', 500_000));
        Assert.True(Environment.CpuUsage.TotalTime - start < TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("^a{2,3}$", "aaa", true)]
    [InlineData("^a{2,3}$", "aaaa", false)]
    [InlineData("(?<!x)y", "xy", false)]
    [InlineData(@"^\d+(\.\d+)?$", "12.5", true)]
    [InlineData("^((a{1000}){1000}){1000}$", "a", false)]
    public void OthersAreDecided(string pattern, string text, bool isFound) =>
        Assert.Equal(isFound, BoundedRegex.TryCreate(pattern)!.Decides(text));

    [Fact]
    public void LongTextsAreDecided()
    {
        var text = string.Concat(Enumerable.Repeat("yum install -y tool\n", 75_000));
        Assert.False(new BoundedRegex(@"\b(yum|dnf)\s+(-\S+\s+)*(update|upgrade)\b").Matches(text));
        Assert.True(new BoundedRegex(@"\b(yum|dnf)\s+(-\S+\s+)*(update|upgrade)\b").Matches(text + "dnf -q upgrade"));
    }

    [Fact]
    public void WhatIsNoPatternIsNone() => Assert.Null(BoundedRegex.TryCreate("(unclosed"));
}
