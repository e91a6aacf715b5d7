using System.Text.Json;
using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Rules;

public class SettingsTests
{
    private const string Manifest = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n  uid: x\n";

    [Theory]
    [InlineData("", "a.yaml", "Warning")]
    [InlineData("rules:\n  RPV1601: error\n", "a.yaml", "Error")]
    [InlineData("rules:\n  rpv1601: off\n", "a.yaml", "")]
    [InlineData("rules:\n  RPV1601: off\npaths:\n  - match: prod/\n    rules: {RPV1601: error}\n", "prod/web/a.yaml", "Error")]
    [InlineData("rules:\n  RPV1601: off\npaths:\n  - match: prod/\n    rules: {RPV1601: error}\n", "dev/a.yaml", "")]
    [InlineData("paths:\n  - match: '**/live-*.yaml'\n    rules: {RPV1601: info}\n", "x/y/live-1.yaml", "Info")]
    public void WeighFindings(string settings, string path, string expected)
    {
        var read = SettingsReader.Read(settings, out var errors);
        Assert.Empty(errors);
        Assert.Equal(expected,
            string.Join(' ', ManifestAnalysis.Check([Repave.Core.Model.Manifest.Parse(path, Manifest)], new AnalysisOptions(read)).Findings
                .Select(f => f.Severity)));
    }

    [Theory]
    [InlineData("rules:\n  RPV1061: off\n", 1, "did you mean")]
    [InlineData("rules:\n  RPV1601: loud\n", 1, "Unknown severity 'loud'.")]
    [InlineData("rule:\n  RPV1601: off\n", 0, "did you mean 'rules'")]
    [InlineData("kubernetes:\n  version: 1.12\n", 1, "1.36")]
    [InlineData("rules: [\n", 0, "not closed")]
    [InlineData("exclude: vendor\n", 0, "must be a list")]
    public void SayWhereTheyAreWrong(string settings, int line, string message)
    {
        SettingsReader.Read(settings, out var errors);
        var error = Assert.Single(errors);
        Assert.Equal(line, error.Range.Start.Line);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ChooseTheSchemasOfARelease()
    {
        const string claim = "apiVersion: resource.k8s.io/v1\nkind: DeviceClass\nmetadata:\n  name: gpu\n";
        var old = SettingsReader.Read("kubernetes:\n  version: '1.32'\n", out _);
        Assert.Contains(ManifestAnalysis.Check([Repave.Core.Model.Manifest.Parse("a.yaml", claim)], new AnalysisOptions(old)).Findings,
            f => f.Rule.Id == "RPV0017");
        Assert.Empty(ManifestAnalysis.Check([Repave.Core.Model.Manifest.Parse("a.yaml", claim)],
            new AnalysisOptions(Settings.Default)).Findings);
    }

    [Theory]
    [InlineData("vendor", "vendor/a.yaml", true)]
    [InlineData("vendor", "x/vendor/y/a.yaml", true)]
    [InlineData("/vendor", "x/vendor/a.yaml", false)]
    [InlineData("*.yaml", "x/a.yaml", true)]
    [InlineData("x/*.yaml", "x/y/a.yaml", false)]
    [InlineData("x/**/a.yaml", "x/y/z/a.yaml", true)]
    [InlineData("x/**/a.yaml", "x/a.yaml", true)]
    [InlineData("v?ndor/", "vendor/a.yaml", true)]
    [InlineData("vendor", "vendored/a.yaml", false)]
    public void PathsMatchAsInGitignore(string pattern, string path, bool matches) =>
        Assert.Equal(matches, new PathPattern(pattern).Matches(path));

    [Fact]
    public void TheJsonSchemaNamesWhatTheReaderKnows()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "schemas", "repave.schema.json")));
        Assert.Equal(
            SettingsReader.Shape.Fields!.All.Select(f => f.Name).Order(StringComparer.Ordinal),
            schema.RootElement.GetProperty("properties").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
    }
}
