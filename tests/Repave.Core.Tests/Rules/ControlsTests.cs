using Repave.Core.Rules;

namespace Repave.Core.Tests.Rules;

/// <summary>The controls that rules name are those of the catalogues' own data.</summary>
public sealed class ControlsTests
{
    [Fact]
    public void EveryControlThatARuleNamesIsInItsCatalogueWithATitle()
    {
        var named = RuleCatalogue.All.SelectMany(rule => rule.Controls.Select(control => (rule.Id, control))).ToList();
        Assert.True(named.Count > 300, $"{named.Count}");
        Assert.DoesNotContain(named, one => Controls.TitleOf(one.control) is not { Length: > 0 });
        foreach (var name in (string[])["NIST SP 800-53", "NIST SP 800-190", "CIS Kubernetes Benchmark", "CIS Docker Benchmark"])
            Assert.Contains(named, one => one.control.StartsWith(name + " ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("NIST SP 800-53 CM-3", "Configuration Change Control")]
    [InlineData("NIST SP 800-53 SI-14", "Non-persistence")]
    [InlineData("NIST SP 800-190 4.5.5", "Host file system tampering")]
    [InlineData("CIS Docker Benchmark 4.1", "Ensure that a user for the container has been created")]
    [InlineData("NIST SP 800-53 CM-15", null)]
    [InlineData("NIST SP 800-53 SC-19", null)] // Withdrawn.
    [InlineData("NIST SP 800-53", null)]
    [InlineData("NIST SP 800-53 CM-3 ", null)]
    [InlineData("CIS Docker Benchmark 5.12", null)] // Two recommendations bear it in the source.
    [InlineData("ISO 27001 A.8.9", null)]
    public void AReferenceIsAControlOrNone(string reference, string? title)
    {
        Assert.Equal(title, Controls.TitleOf(reference));
        Assert.Equal(title is not null, Controls.Exists(reference));
    }

    [Fact]
    public void TheCataloguesAreWhole()
    {
        // As many base controls as NIST's catalogue has that are not withdrawn, and the sections of chapter 4.
        Assert.Equal(298, Controls.All.Single(c => c.Name == "NIST SP 800-53").Titles.Count);
        Assert.Equal(23, Controls.All.Single(c => c.Name == "NIST SP 800-190").Titles.Count);
        Assert.All(Controls.All, catalogue => Assert.StartsWith("https://", catalogue.Address, StringComparison.Ordinal));
    }
}
