using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Tests.Analysis;

/// <summary>Images that files of the set build, with those who run them.</summary>
public class ImageLinksTests
{
    private const string Dockerfile = "FROM alpine:latest AS base\nRUN true\nFROM base AS final\nCMD [\"sh\"]\n";

    private static readonly (string Path, string Text)[] Files =
    [
        ("shop/api/Dockerfile", Dockerfile),
        ("shop/other/Dockerfile", "FROM alpine:latest\n"),
        ("shop/compose.yaml", """
            services:
              api:
                build: {context: api, target: final}
                image: shop/api:${TAG:-1}
              worker: {image: "docker.io/shop/api:2"}
              db: {image: "postgres:17.2"}
              remote: {build: "https://example.com/x.git"}
              inline: {build: {context: api, dockerfile_inline: "FROM alpine:3.20"}}
              unknown: {build: {context: "$WHERE"}}
            """),
        ("docker-bake.hcl", """
            variable "REG" { default = "ghcr.io/shop" }
            target "_common" {
              context = "shop/api"
            }
            target "web" {
              inherits = ["_common"]
              tags     = ["${REG}/web:${VERSION}", "${OTHER}/web:1"]
            }
            target "round" {
              inherits = ["round"]
            }
            """),
        ("k8s/web.yaml", """
            apiVersion: v1
            kind: Pod
            metadata: {name: web}
            spec:
              containers:
                - {name: web, image: "ghcr.io/shop/web:1.2"}
                - {name: log, image: "ghcr.io/shop/log:1.2"}
            """),
    ];

    private static ManifestAnalysis Analysis(params (string Path, string Text)[] more) =>
        ManifestAnalysis.Of([.. Files.Concat(more).Select(f => Manifest.Parse(f.Path, f.Text))], new AnalysisOptions(Settings.Default));

    [Fact]
    public void FindingsInADockerfileNameItsUsers()
    {
        var finding = Assert.Single(Analysis().Findings("shop/api/Dockerfile"));
        Assert.Equal(
            [
                "docker-bake.hcl:3 target '_common' is built from this file",
                "docker-bake.hcl:5 target 'web' is built from this file",
                "k8s/web.yaml:6 Pod 'web' uses the image 'ghcr.io/shop/web:1.2', which is built from this file",
                "shop/compose.yaml:3 service 'api' is built from this file",
                "shop/compose.yaml:5 service 'worker' uses the image 'docker.io/shop/api:2', which is built from this file",
            ],
            finding.Related.Select(r => $"{r.Place.File.Path}:{r.Place.Range.Start.Line + 1} {r.Message}"));
        Assert.Empty(Assert.Single(Analysis().Findings("shop/other/Dockerfile")).Related);
    }

    [Fact]
    public void AnImageLeadsToTheStageThatItIsBuiltOf()
    {
        var analysis = Analysis();
        string Stage(string path, string at)
        {
            var text = analysis.ManifestOf(path)!.Source.Text.Content;
            return string.Join(" ", analysis.Images.StagesAt(path, text.IndexOf(at, StringComparison.Ordinal) + 1).Select(s => s.Id.Name));
        }

        Assert.Equal("final", Stage("shop/compose.yaml", "docker.io/shop/api:2"));
        Assert.Equal("final", Stage("shop/compose.yaml", "shop/api:${TAG"));
        Assert.Equal("", Stage("shop/compose.yaml", "postgres"));
        Assert.Equal("final", Stage("k8s/web.yaml", "ghcr.io/shop/web"));
        Assert.Equal("", Stage("k8s/web.yaml", "ghcr.io/shop/log"));
    }

    [Fact]
    public void TargetsInJsonAreThoseOfHcl()
    {
        var analysis = Analysis(("more/docker-bake.json", """
            {"target": {"tool": {"context": "../shop/other", "dockerfile": "Dockerfile", "tags": ["shop/tool:${V}", "${R}/x:1"]}}}
            """), ("more/compose.yaml", "services:\n  tool: {image: \"shop/tool:1\"}\n  x: {image: \"x:1\"}\n"));
        Assert.Equal(
            ["target 'tool' is built from this file", "service 'tool' uses the image 'shop/tool:1', which is built from this file"],
            Assert.Single(analysis.Findings("shop/other/Dockerfile")).Related.OrderByDescending(r => r.Message).Select(r => r.Message));
    }

    [Fact]
    public void TargetsThatInheritFromEachOtherEnd()
    {
        var text = string.Concat(Enumerable.Range(0, 60).Select(i =>
            $"target \"t{i}\" {{\n  inherits = [{string.Join(", ", Enumerable.Range(0, 60).Select(j => $"\"t{j}\""))}]\n}}\n"));
        Assert.NotNull(Analysis(("many/docker-bake.hcl", text)).Images);
    }
}
