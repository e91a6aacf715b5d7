using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Tests.Dialects.Kubernetes;

/// <summary>Kustomizations are read as such: what they call patches is no whole resource, and image names that they fill in are
/// no mistake.</summary>
public class KustomizationTests
{
    private const string Patch = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 5\n";

    [Theory]
    [InlineData("patches:\n  - path: ./web.yaml\n")]
    [InlineData("patchesStrategicMerge:\n- ../prod/web.yaml\n")]
    [InlineData("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\npatchesJson6902:\n- path: web.yaml\n"
        + "  target: {kind: Deployment}\n")]
    public void APatchNeedsNoneOfWhatAWholeResourceNeeds(string kustomization) =>
        Assert.Equal("", Findings(("prod/kustomization.yaml", kustomization), ("prod/web.yaml", Patch)));

    [Fact]
    public void WhatIsInAPatchIsCheckedAllTheSame() =>
        Assert.Equal("RPV0010", Findings(("prod/kustomization.yaml", "patches:\n  - path: web.yaml\n"),
            ("prod/web.yaml", Patch.Replace("replicas", "replica", StringComparison.Ordinal) + "  $patch: replace\n")));

    [Fact]
    public void WithoutAKustomizationTheSameFileIsAResource() =>
        Assert.Contains("RPV0012", Findings(("prod/web.yaml", Patch)), StringComparison.Ordinal);

    [Fact]
    public void ImageNamesThatAreFilledInAreNoMistake()
    {
        var web = RuleCatalogue.Find("RPV1001")!.Good.Replace("registry.example.com/web:1.4.2", "web", StringComparison.Ordinal);
        Assert.Equal("RPV1001", Findings(("web.yaml", web)));
        Assert.Equal("", Findings(("web.yaml", web), ("kustomization.yaml", "images:\n- name: web\n  newTag: 1.4.2\n")));
        Assert.Equal("", Findings(("web.yaml", web),
            ("skaffold.yaml", "apiVersion: skaffold/v4beta6\nkind: Config\nbuild:\n  artifacts:\n  - image: web\n"))
            .Replace("RPV0019", "", StringComparison.Ordinal));
        Assert.Equal("", Findings(("web.yaml", web),
            ("skaffold.yaml", "apiVersion: skaffold/v4beta6\nkind: Config\nprofiles:\n- name: dev\n  build: {artifacts: [{image: web}]}\n")));
    }

    [Theory]
    [InlineData("metadata:\n  name: ${CLUSTER}\n", 0)]
    [InlineData("metadata:\n  name: {{ .Release.Name }}\n", 1)]
    [InlineData("metadata:\n  name: web\n  labels:\n    team: ${TEAM}\n", 0)]
    public void TextThatIsFilledInLaterIsNotJudged(string metadata, int templates)
    {
        var result = ManifestAnalysis.Check([Manifest.Parse("a.yaml", "apiVersion: v1\nkind: ConfigMap\n" + metadata)],
            new AnalysisOptions(Settings.Default));
        Assert.Empty(result.Findings);
        Assert.Equal(templates, result.Templates);
    }

    private static string Findings(params (string Path, string Text)[] files)
    {
        var context = new AnalysisOptions(Settings.Default);
        Assert.All(files, file => Assert.True(context.IsWorthReading(file.Path, file.Text)));
        return string.Join(' ', ManifestAnalysis.Check([.. files.Select(f => Manifest.Parse(f.Path, f.Text))], context).Findings
            .Select(f => f.Rule.Id).Distinct());
    }
}
