using Repave.Core.Analysis;
using Repave.Core.Builds;
using Repave.Core.Dialects.Kubernetes.Kustomize;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Tests.Dialects.Kubernetes.Helm;
using Repave.Core.Text;

namespace Repave.Core.Tests.Dialects.Kubernetes.Kustomize;

/// <summary>What kustomizations build, where it comes from, and what is said of those that do not build. That it is what kubectl prints is
/// held by the end-to-end tests, which ask kubectl.</summary>
public sealed class KustomizeBuildTests
{
    private const string Deployment = """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers:
              - name: web
                image: nginx:1.25
                envFrom:
                - configMapRef: {name: settings}

        """;

    [Fact]
    public void AnOverlayIsBuiltAsKubectlPrintsIt()
    {
        var text = Build(("base/kustomization.yaml", "resources: [web.yaml]\nconfigMapGenerator:\n- name: settings\n  literals: [a=1]\n"),
            ("base/web.yaml", Deployment),
            ("top/kustomization.yaml", "resources: [../base]\nnamePrefix: prod-\nnamespace: shop\nimages:\n- {name: nginx, newTag: "
                + "'1.27'}\n"
            + "patches:\n- patch: |-\n    - {op: add, path: /spec/replicas, value: 3}\n  target: {kind: Deploy.*}\n"));
        Assert.Equal("""
            apiVersion: v1
            data:
              a: "1"
            kind: ConfigMap
            metadata:
              name: prod-settings-h29d89cmmt
              namespace: shop
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: prod-web
              namespace: shop
            spec:
              replicas: 3
              selector:
                matchLabels:
                  app: web
              template:
                metadata:
                  labels:
                    app: web
                spec:
                  containers:
                  - envFrom:
                    - configMapRef:
                        name: prod-settings-h29d89cmmt
                    image: nginx:1.27
                    name: web

            """, text);
    }

    [Theory]
    [InlineData("1.27", "top/kustomization.yaml", "1.27")]
    [InlineData("nginx", "base/web.yaml", "nginx")]
    [InlineData("replicas: 7", "top/patch.yaml", "7")]
    [InlineData("plain", "top/app.env", "plain")]
    public void EveryPieceKnowsWhereItIsWritten(string piece, string file, string written)
    {
        var files = new MemoryFiles(("base/kustomization.yaml", "resources: [web.yaml]\n"), ("base/web.yaml", Deployment),
            ("top/kustomization.yaml", "resources: [../base]\nimages:\n- name: nginx\n  newTag: \"1.27\"\npatches:\n- path: patch.yaml\n"
            + "configMapGenerator:\n- name: other\n  envs: [app.env]\n"),
            ("top/patch.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: 7\n"), ("top/app.env",
                "KEY=plain\n"));
        var manifest = Assert.Single(new KustomizeBuilds().Build(new BuildRequest(files, "top")).Outputs).Manifest;
        var at = manifest.Source.Text.Content.IndexOf(piece, StringComparison.Ordinal);
        Assert.True(at >= 0);
        var end = at + piece.Length;
        var value = piece.LastIndexOf(' ') + 1;
        var origin = manifest.Origin!.Of(new TextSpan(at + value, end))[0];
        Assert.Equal(file, origin.Source.Path);
        Assert.Equal(written, origin.Source.Source.Text.Content[origin.At.Start..origin.At.End]);
    }

    [Theory]
    [InlineData("resources: [missing.yaml]", "'missing.yaml' does not exist", 0)]
    [InlineData("resources: [web.yaml]\nresource: [x]", "there is no field 'resource' in a kustomization", 1)]
    [InlineData("resources: [web.yaml]\nnamePrefix: 1", "'namePrefix' must be text (quote it), not a number", 1)]
    [InlineData("resources: [web.yaml, ../out.yaml]", "'../out.yaml' lies outside of this kustomization's folder", 0)]
    [InlineData("resources: [web.yaml]\npatches:\n- patch: |-\n    apiVersion: v1\n    kind: Service\n    metadata: {name: none}",
        "no resource matches this patch: "
        + "there is no Service 'none'", 3)]
    [InlineData("resources: [web.yaml]\nreplicas:\n- name: none\n  count: 1", "there is no resource 'none' whose replicas could be set", 2)]
    [InlineData("resources: [web.yaml]\nconfigMapGenerator:\n- name: a\n  files: [gone.txt]", "'gone.txt' does not exist", 3)]
    [InlineData("resources: [web.yaml]\nconfigMapGenerator:\n- name: a\n  behavior: merge", "there is no ConfigMap 'a' to merge with", 2)]
    [InlineData("resources: [web.yaml]\npatches:\n- target: {kind: Deployment}\n  patch: '[{\"op\": \"remove\", \"path\": "
        + "\"/spec/none\"}]'", "none", 3)]
    [InlineData("resources: [web.yaml]\nkind: Something", "kind should be Kustomization or Component", 1)]
    [InlineData("resources: [.]", "includes this kustomization again", 0)]
    [InlineData("resources: [web.yaml, web.yaml]", "already registered id", -1)]
    [InlineData("namePrefix: ''", "empty", 0)]
    public void WhatKustomizeRefusesIsSaidWhereItIs(string kustomization, string message, int line)
    {
        var files = new MemoryFiles(("top/kustomization.yaml", kustomization + "\n"), ("top/web.yaml", Deployment), ("out.yaml",
            Deployment));
        var problem = Assert.Single(new KustomizeBuilds().Build(new BuildRequest(files, "top")).Problems);
        Assert.True(problem.IsFatal);
        Assert.Contains(message, problem.Summary, StringComparison.Ordinal);
        if (line < 0)
            return;
        Assert.Equal("top/kustomization.yaml", problem.File!.Path);
        Assert.Equal(line, problem.File.Source.Text.PositionOf(problem.Span.Start).Line);
    }

    [Fact]
    public void AnErrorInABaseIsSaidThereWithWhoTakesItIn()
    {
        var files = new MemoryFiles(("base/kustomization.yaml", "resources: [web.yaml]\nfoo: 1\n"), ("base/web.yaml", Deployment),
            ("top/kustomization.yaml", "resources:\n- ../base\n"));
        var problem = Assert.Single(new KustomizeBuilds().Build(new BuildRequest(files, "top")).Problems);
        Assert.Equal("base/kustomization.yaml", problem.File!.Path);
        var (file, span) = Assert.Single(problem.Chain);
        Assert.Equal("top/kustomization.yaml", file.Path);
        Assert.Equal(1, file.Source.Text.PositionOf(span.Start).Line);
    }

    [Fact]
    public void WhatIsRemoteIsSaidOnceAndTheRestIsBuilt()
    {
        var files = new MemoryFiles(("top/kustomization.yaml", "resources:\n- https://example.com/a.yaml\n- web.yaml\n- "
            + "../other\npatches:\n- patch: |-\n"
            + "    apiVersion: v1\n    kind: Service\n    metadata: {name: from-there}\n"), ("top/web.yaml", Deployment),
            ("other/kustomization.yaml", "resources: ['https://example.com/a.yaml']\n"));
        var result = new KustomizeBuilds().Build(new BuildRequest(files, "top"));
        var problem = Assert.Single(result.Problems);
        Assert.False(problem.IsFatal);
        Assert.Equal(1, problem.File!.Source.Text.PositionOf(problem.Span.Start).Line);
        Assert.Contains("kind: Deployment", Assert.Single(result.Outputs).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void AChartOfTheRepositoryIsRendered()
    {
        var files = new MemoryFiles(("top/kustomization.yaml", "helmCharts:\n- name: c\n  releaseName: r\n  valuesInline:\n    image: "
            + "inline\n"),
            ("top/charts/c/Chart.yaml", "apiVersion: v2\nname: c\nversion: 1.0.0\n"), ("top/charts/c/values.yaml",
                "image: default\nport: 1\n"),
            ("top/charts/c/templates/t.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: '{{ .Release.Name }}'}\ndata:\n  "
                + "image: {{ .Values.image }}\n"
            + "  port: \"{{ .Values.port }}\"\n"));
        var output = Assert.Single(new KustomizeBuilds().Build(new BuildRequest(files, "top")).Outputs);
        Assert.Equal("apiVersion: v1\ndata:\n  image: inline\n  port: \"1\"\nkind: ConfigMap\nmetadata:\n  name: r\n", output.Text);
        var at = output.Text.IndexOf("inline", StringComparison.Ordinal);
        var origin = output.Manifest.Origin!.Of(new TextSpan(at, at + 6))[0];
        Assert.Equal("top/kustomization.yaml", origin.Source.Path);
        Assert.Equal(4, origin.Source.Source.Text.PositionOf(origin.At.Start).Line);
    }

    [Fact]
    public void APatchWhoseTargetIsNotThereIsFound()
    {
        var files = new MemoryFiles(("top/kustomization.yaml", "resources: [web.yaml]\npatches:\n- target: {kind: StatefulSet}\n  "
            + "patch: '[{\"op\": \"add\", \"path\": \"/spec/x\", \"value\": 1}]'\n"
            + "- target: {kind: Deployment}\n  patch: '[{\"op\": \"add\", \"path\": \"/spec/x\", \"value\": 1}]'\n"), ("top/web.yaml",
            Deployment));
        var problem = Assert.Single(new KustomizeBuilds().Build(new BuildRequest(files, "top")).Problems);
        Assert.Equal("RPV0009", problem.Rule!.Id);
        Assert.Equal(2, problem.File!.Source.Text.PositionOf(problem.Span.Start).Line);
    }

    [Fact]
    public void RulesSpeakOfWhatIsBuiltAtTheLineThatIsWritten()
    {
        var files = new MemoryFiles(("base/kustomization.yaml", "resources: [web.yaml]\n"), ("base/web.yaml", Deployment),
            ("top/kustomization.yaml", "resources: [../base]\nimages:\n- name: nginx\n  newTag: latest\n"));
        string[] paths = ["base/kustomization.yaml", "base/web.yaml", "top/kustomization.yaml"];
        var environments = EnvironmentFinder.Find(paths, folder => (files, folder), Settings.Default, "");
        var builds = new EnvironmentBuilds(folder => (files, folder), Settings.Default, null);
        var built = BuiltEnvironment.Topmost([.. environments.Select(one => builds.Build(one)!)]);
        Assert.Equal(["top"], built.Select(one => one.Environment.Folder));
        var found = BuildFindings.Of(built, new AnalysisOptions(Settings.Default)).Findings;
        var finding = Assert.Single(found, one => one.Rule.Id == "RPV1001");
        Assert.Equal(("top/kustomization.yaml", 3), (finding.File.Path, finding.Range.Start.Line));
    }

    [Fact]
    public void ImagesThatSkaffoldPutsInAreLeftAloneInWhatIsBuiltToo()
    {
        var files = new MemoryFiles(("top/kustomization.yaml", "resources: [web.yaml]\nnamePrefix: a-\n"),
            ("top/web.yaml", Deployment.Replace("nginx:1.25", "web", StringComparison.Ordinal)));
        var environments = EnvironmentFinder.Find(["top/kustomization.yaml"], folder => (files, folder), Settings.Default, "");
        var builds = new EnvironmentBuilds(folder => (files, folder), Settings.Default, null);
        BuiltEnvironment[] built = [.. environments.Select(one => builds.Build(one)!)];
        string[] Found(params Manifest[] naming) =>
            [.. BuildFindings.Of(built, new AnalysisOptions(Settings.Default), naming).Findings.Select(f => f.Rule.Id)
                .Where(id => id == "RPV1001")];
        Assert.Equal(["RPV1001"], Found());
        const string skaffold = "apiVersion: skaffold/v4beta1\nkind: Config\nbuild: {artifacts: [{image: web}]}\n";
        Assert.Empty(Found(Manifest.Parse("skaffold.yaml", skaffold)));
    }

    [Fact]
    public void CommentsInABaseHoldBackWhatIsFoundInWhatIsBuiltOfIt()
    {
        const string held = "        image: nginx:latest # repave: ignore RPV1001 -- a test\n";
        var files = new MemoryFiles(("top/kustomization.yaml", "resources: [web.yaml]\nnamePrefix: a-\n"),
            ("top/web.yaml", Deployment.Replace("        image: nginx:1.25\n", held, StringComparison.Ordinal)));
        var environments = EnvironmentFinder.Find(["top/kustomization.yaml"], folder => (files, folder), Settings.Default, "");
        var builds = new EnvironmentBuilds(folder => (files, folder), Settings.Default, null);
        var found = BuildFindings.Of([.. environments.Select(one => builds.Build(one)!)], new AnalysisOptions(Settings.Default)).Findings;
        Assert.DoesNotContain(found, one => one.Rule.Id == "RPV1001");
    }

    [Fact]
    public void HostileKustomizationsEnd()
    {
        // Each includes the next one twice, by two ways.
        var many = new List<(string, string)>();
        for (var i = 0; i < 40; i++)
        {
            many.Add(($"d{i}/kustomization.yaml", $"namePrefix: a\nresources: [../d{i + 1}, ../e{i + 1}]\n"));
            many.Add(($"e{i}/kustomization.yaml", $"namePrefix: a\nresources: [../d{i + 1}, ../e{i + 1}]\n"));
        }

        Assert.True(Fails("d0", [.. many]));
        var chain = Enumerable.Range(0, 5000).Select(i => ($"f{i}/kustomization.yaml", $"resources: [../f{i + 1}]\n"));
        Assert.True(Fails("f0", [.. chain]));
        Assert.True(Fails("top", ("top/kustomization.yaml", "resources: [a.yaml]\n"), ("top/a.yaml", new string('[', 100_000))));
        Assert.True(Fails("top", ("top/kustomization.yaml", "resources: " + new string('{', 100_000))));
        Assert.True(Fails("top", ("top/kustomization.yaml", "resources: [a.yaml]\npatches:\n- target: {kind: A}\n  patch: |-\n"
            + string.Concat(Enumerable.Range(0, 40).Select(i => $"    - {{op: copy, from: /spec, path: /spec/x{i}}}\n"))), ("top/a.yaml",
            "apiVersion: a/v1\nkind: A\nmetadata: {name: a}\nspec: {a: 1}\n")));
    }

    [Theory]
    // Items that are looked for among the others are bound.
    [InlineData("list", "apps/v1", "Deployment", "spec: {template: {spec: {containers: [*]}}}", "{name: c#, image: a}", true)]
    [InlineData("list", "v1", "ConfigMap", "metadata: {finalizers: [*]}", "f#", true)]
    [InlineData("list", "apps/v1", "Deployment", "spec: {template: {spec: {containers: [{name: a, env: [*]}]}}}", "{name: E#, value: a}",
        true)]
    // What is exchanged as a whole, and what is found by its name, is not.
    [InlineData("list", "a/v1", "A", "spec: {containers: [*]}", "{name: c#}", false)]
    [InlineData("list", "v1", "ConfigMap", "data: {*}", "k#: v", false)]
    [InlineData("list", "v1", "ConfigMap", "metadata: {labels: {*}}", "k#: v", false)]
    [InlineData("gone", "v1", "ConfigMap", "data: {*}", "k#: v", false)]
    [InlineData("json", "v1", "ConfigMap", "data: {*}", "k#: v", false)]
    public void LongListsAndMapsEndInTime(string patch, string version, string kind, string body, string item, bool fails)
    {
        const int many = 20_000;
        string Whole(string one) => $"apiVersion: {version}\nkind: {kind}\n" + (body.StartsWith("metadata: {", StringComparison.Ordinal)
            ? body.Replace("metadata: {", "metadata: {name: a, ", StringComparison.Ordinal) : "metadata: {name: a}\n" + body)
            .Replace("*", string.Join(", ", Enumerable.Range(0, many).Select(i => one.Replace("#", $"{i}", StringComparison.Ordinal))),
                StringComparison.Ordinal) + "\n";
        var text = patch switch
        {
            "json" => string.Concat(Enumerable.Range(0, many).Select(i => $"- {{op: add, path: /data/n{i}, value: w}}\n")),
            "gone" => Whole(item.Replace(": v", ": null", StringComparison.Ordinal)),
            _ => Whole(item.Replace(": v", ": w", StringComparison.Ordinal)),
        };
        var files = new MemoryFiles(("top/kustomization.yaml", "resources: [a.yaml]\npatches:\n- path: p.yaml\n  target: {kind: " + kind
            + "}\n"), ("top/a.yaml", Whole(item)), ("top/p.yaml", text));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var result = new KustomizeBuilds().Build(new BuildRequest(files, "top"));
        Assert.Equal(fails, result.Failed);
        // Even where others keep the machine busy; what looks through all for each takes minutes.
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 30);
    }

    private static bool Fails(string folder, params (string Path, string Text)[] files) =>
        new KustomizeBuilds().Build(new BuildRequest(new MemoryFiles(files), folder)).Failed;

    private static string Build(params (string Path, string Text)[] files)
    {
        var result = new KustomizeBuilds().Build(new BuildRequest(new MemoryFiles(files), "top"));
        Assert.Empty(result.Problems);
        return Assert.Single(result.Outputs).Text;
    }
}
