using Repave.Core.Text;

namespace Repave.Core.Tests.Text;

public class NamePatternTests
{
    [Theory]
    [InlineData("web-*", "web-*", true, true)]
    [InlineData("web-*", "web-1.2", true, true)]
    [InlineData("web-*", "api-*", false, false)]
    [InlineData("*", "api-*", true, false)]
    [InlineData("*-web-*", "shop-web-*", true, true)]
    [InlineData("amzn2-ami-hvm-*", "*-v2", true, false)]
    [InlineData("web-?", "web-1", true, true)]
    [InlineData("web-?", "web-12", false, false)]
    [InlineData("web-*-arm64", "web-*-x86", false, false)]
    [InlineData("web-prod-*", "web-*-*", true, true)]
    [InlineData("Web-*", "web-*", false, false)]
    [InlineData("*ubuntu-16.04-amd64-server-*", "consul-ubuntu-*", true, false)]
    [InlineData("", "web", false, false)]
    public void TwoMeetWhereSomeNameFollowsBoth(string first, string second, bool meets, bool isLikely)
    {
        var (a, b) = (new NamePattern(first), new NamePattern(second));
        Assert.Equal((meets, meets), (a.Meets(b), b.Meets(a)));
        Assert.Equal((isLikely, isLikely), (a.IsLikely(b), b.IsLikely(a)));
    }

    [Fact]
    public void WhatIsTooLongIsUnknown() => Assert.True(new NamePattern(new string('a', 5000)).Meets(new NamePattern("b")));

    // Against all names that are short enough to be tried.
    [Fact]
    public void MeetingIsWhatTryingEveryNameSays()
    {
        string[] patterns = [.. Words(3, "ab*?")];
        string[] names = [.. Words(4, "ab")];
        bool[][] fits = [.. patterns.Select(pattern => names.Select(name => Wildcards.Fits(pattern, name)).ToArray())];
        for (var i = 0; i < patterns.Length; i++)
        {
            for (var j = 0; j < patterns.Length; j++)
            {
                var expected = Enumerable.Range(0, names.Length).Any(n => fits[i][n] && fits[j][n]);
                Assert.True(expected == new NamePattern(patterns[i]).Meets(new NamePattern(patterns[j])),
                    $"{patterns[i]} and {patterns[j]}");
            }
        }
    }

    private static IEnumerable<string> Words(int length, string letters) =>
        length == 0 ? [""] : Words(length - 1, letters)
            .SelectMany(word => word.Length < length - 1 ? [word] : letters.Select(c => word + c).Prepend(word));
}
