using Repave.Core.Analysis;
using Repave.Core.Builds;
using Repave.Core.Parity;
using Repave.Core.Rules;
using Repave.Core.Tests.Dialects.Kubernetes.Helm;

namespace Repave.Core.Tests.Builds;

/// <summary>Environments: naming and finding them, building them, and how they differ.</summary>
public class EnvironmentTests
{
    private const string Chart = "apiVersion: v2\nname: shop\nversion: 1.0.0\n";
    private const string Template = "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: db\nspec:\n  serviceName: db\n"
        + "  replicas: {{ .Values.replicas }}\n  selector: {matchLabels: {a: b}}\n  template:\n    metadata: {labels: {a: b}}\n    spec:\n"
        + "      containers:\n      - name: db\n        image: \"registry.example.com/db:{{ .Values.image.tag }}\"\n"
        + "{{- if .Values.debug }}\n        args: [--debug]\n{{- end }}\n";

    private static readonly string[] Files = ["charts/shop/Chart.yaml", "charts/shop/values.yaml", "charts/shop/values-prod.yaml",
        "charts/shop/values-staging.yaml", "charts/shop/templates/db.yaml"];

    private static MemoryFiles Shop(string common = "replicas: 1\nimage:\n  tag: 1.0.0\n", string prod = "replicas: 5\n",
        string staging = "debug: true\n") => new(
        (Files[0], Chart), (Files[1], common), (Files[2], prod), (Files[3], staging), (Files[4], Template));

    [Theory]
    [InlineData("environments:\n  - name: a\n", 1, "Say what is built")]
    [InlineData("environments:\n  - name: a\n    chart: x\n    build: y\n", 2, "not both")]
    [InlineData("environments:\n  - {name: a, build: x}\n  - {name: a, build: y}\n", 2, "another environment 'a'")]
    [InlineData("environments:\n  - {name: a, build: x, release: r}\n", 1, "'release' goes with 'chart'")]
    [InlineData("environments:\n  - {name: a, build: x, baseline: 'live:'}\n", 1, "Say what to compare with")]
    [InlineData("environments:\n  - {name: a, build: x, bild: y}\n", 1, "did you mean 'build'")]
    [InlineData("parity:\n  allow:\n    - kind: Deployment\n", 2, "reason")]
    public void SettingsThatCannotBeObeyedAreSaidAtTheirPlace(string settings, int line, string message)
    {
        SettingsReader.Read(settings, out var errors);
        var error = Assert.Single(errors);
        Assert.Equal(line, error.Range.Start.Line);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SettingsNameEnvironments()
    {
        var settings = SettingsReader.Read("environments:\n  - name: prod\n    chart: ./charts/shop/\n    values: [a.yaml, b.yaml]\n"
            + "    release: shop\n    namespace: ns\n    baseline: live:prod\n  - name: 1\n    build: x\n", out var errors);
        Assert.Empty(errors);
        Assert.Equal(["prod", "1"], settings.Environments.Select(one => one.Name));
        var prod = settings.Environments[0];
        Assert.Equal(("charts/shop", "shop", "ns", "live:prod", 1), (prod.Folder, prod.Release, prod.Namespace, prod.Baseline,
            prod.Range.Start.Line));
        Assert.Equal(["a.yaml", "b.yaml"], prod.Values);
    }

    [Fact]
    public void EnvironmentsAreFoundWhereSettingsNameNone()
    {
        var files = Shop();
        Assert.Equal(["shop", "prod", "staging"], Find(files, Settings.Default).Select(one => one.Name));
        var named = SettingsReader.Read("environments:\n  - {name: live, chart: shop}\n", out _);
        Assert.Equal(["live"], EnvironmentFinder.Find(Files, folder => (files, folder), named, "charts").Select(one => one.Name));
    }

    [Theory]
    [InlineData("apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: shop-eu}\nspec:\n  destination: {namespace: eu}\n"
        + "  source:\n    path: charts/shop\n    helm: {valueFiles: [values-prod.yaml], releaseName: r}\n", "shop-eu", "values-prod.yaml",
            "eu")]
    [InlineData("apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: all}\nspec:\n  generators:\n"
        + "  - list:\n      elements:\n"
        + "      - {env: prod, ns: p}\n  template:\n    metadata: {name: 'shop-{{env}}'}\n    spec:\n"
        + "      destination: {namespace: '{{ns}}'}\n"
        + "      source: {path: charts/shop, helm: {valueFiles: ['values-{{env}}.yaml']}}\n", "shop-prod", "values-prod.yaml", "p")]
    [InlineData("apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: shop, namespace: n}\n"
        + "spec:\n  chart:\n    spec:\n"
        + "      chart: ./charts/shop\n      sourceRef: {kind: GitRepository, name: x}\n      valuesFiles: [values-staging.yaml]\n", "shop",
        "values-staging.yaml", "n")]
    public void WhatIsDeployedFromTheRepositoryIsAnEnvironment(string manifest, string name, string values, string space)
    {
        var files = Shop();
        var found = EnvironmentFinder.Find([.. Files, "apps.yaml"], folder => (files, folder), Settings.Default, "",
            path => path == "apps.yaml" ? manifest : null);
        var only = Assert.Single(found);
        Assert.Equal((name, "charts/shop", values, space), (only.Name, only.Folder, Assert.Single(only.Values), only.Namespace));
    }

    [Fact]
    public void AnApplicationOfAnotherRepositoryIsNone()
    {
        var files = Shop();
        Assert.Equal(["shop", "prod", "staging"], EnvironmentFinder.Find([.. Files, "apps.yaml"], folder => (files, folder),
            Settings.Default, "", path => path == "apps.yaml" ? "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: x}\n"
                + "spec: {source: {path: elsewhere}}\n" : null).Select(one => one.Name));
    }

    [Fact]
    public void AFindingIsSaidOnceWithTheEnvironmentsThatHaveIt()
    {
        var files = Shop(prod: "image:\n  tag: latest\n");
        var found = BuildFindings.Of(Build(files), new AnalysisOptions(Settings.Default)).Findings;
        var moving = Assert.Single(found, one => one.Rule.Id == "RPV1001");
        Assert.Equal(("charts/shop/values-prod.yaml", 1), (moving.File.Path, moving.Range.Start.Line));
        Assert.Equal(["prod"], moving.Environments);
        var service = Assert.Single(found, one => one.Rule.Id == "RPV0022");
        Assert.Equal(["shop", "prod", "staging"], service.Environments);
    }

    [Theory]
    [InlineData("replica: 3\n", "did you mean 'replicas'")]
    [InlineData("image:\n  tagg: 3\n", "did you mean 'tag'")]
    [InlineData("other: {a: 1}\n", "No template uses the value 'other'.")]
    public void AValueThatNothingUsesIsSaid(string prod, string message)
    {
        var found = BuildFindings.Of(Build(Shop(prod: prod)), new AnalysisOptions(Settings.Default)).Findings
            .Where(one => one.Rule.Id == "RPV0008").ToList();
        var one = Assert.Single(found);
        Assert.Contains(message, one.Message, StringComparison.Ordinal);
        Assert.Equal("charts/shop/values-prod.yaml", one.File.Path);
    }

    [Theory]
    [InlineData("{{ toYaml .Values }}")]
    [InlineData("{{ range .Values.more }}{{ .x }}{{ end }}")]
    [InlineData("{{ index .Values \"more\" \"x\" }}")]
    [InlineData("{{ with $.Values.more }}{{ .x }}{{ end }}")]
    [InlineData("{{ include \"a\" (dict \"root\" $) }}{{ define \"a\" }}{{ .root.Values.more.x }}{{ end }}")]
    [InlineData("{{/* .Values.none }} */}}{{ .Values.more.x | quote }}")]
    public void AValueThatMayBeUsedIsNotSaid(string template)
    {
        var files = Shop(prod: "more:\n  x: 1\n");
        files.Add("charts/shop/templates/x.yaml", System.Text.Encoding.UTF8.GetBytes("# " + template.Replace("\n", " ",
            StringComparison.Ordinal)));
        Assert.DoesNotContain(BuildFindings.Of(Build(files), new AnalysisOptions(Settings.Default)).Findings,
            one => one.Rule.Id == "RPV0008");
    }

    [Fact]
    public void ADifferenceNamesTheLinesThatMakeIt()
    {
        var differences = Compare(Shop(prod: "replicas: 5\nimage:\n  tag: 2.0.0\n"));
        Assert.Equal(3, differences.Count);
        var image = differences[0];
        Assert.Equal((DifferenceKind.Artifact, true, "RPV1690"), (image.Kind, image.IsUntested, image.Rule?.Id));
        Assert.Equal(("charts/shop/values.yaml", 2), (image.InFirst!.File.Path, image.InFirst.Range.Start.Line));
        Assert.Equal(("charts/shop/values-prod.yaml", 2), (image.InSecond!.File.Path, image.InSecond.Range.Start.Line));
        var replicas = Assert.Single(differences, one => one.Path == "spec.replicas");
        Assert.Equal(("1", "5", "charts/shop/values-prod.yaml"), (replicas.From, replicas.To, replicas.InSecond!.File.Path));
        // What only one has, because a value decides it.
        var args = Assert.Single(differences, one => one.Path.StartsWith("spec.template.spec.containers[0].args",
            StringComparison.Ordinal));
        Assert.Equal(("charts/shop/values-staging.yaml", 0), (args.InFirst!.File.Path, args.InFirst.Range.Start.Line));
    }

    [Fact]
    public void WhatIsTheSameIsNoDifference() =>
        Assert.Empty(Compare(Shop(prod: "replicas: 3\n", staging: "replicas: 3\nunused: {}\n")));

    [Fact]
    public void SettingsSayWhatIsMeant()
    {
        var settings = SettingsReader.Read("parity:\n  allow:\n"
            + "    - {kind: StatefulSet, path: /spec/replicas, environment: prod, reason: larger}\n"
            + "    - {path: 'spec.template.spec.containers[*].args', reason: to look into}\n", out var errors);
        Assert.Empty(errors);
        var differences = Compare(Shop(), settings);
        Assert.Equal(2, differences.Count);
        Assert.All(differences, one => Assert.Null(one.Rule));
        Assert.Equal(["larger", "to look into"], differences.Select(one => one.AllowedBecause).Order(StringComparer.Ordinal));
    }

    private static IReadOnlyList<EnvironmentDifference> Compare(MemoryFiles files, Settings? settings = null)
    {
        var built = Build(files).ToDictionary(one => one.Environment.Name, StringComparer.Ordinal);
        return EnvironmentComparison.Of(built["staging"], built["prod"], settings ?? Settings.Default);
    }

    private static List<BuiltEnvironment> Build(MemoryFiles files) =>
        [.. Find(files, Settings.Default).Select(one => new EnvironmentBuilds(folder => (files, folder), Settings.Default,
            null).Build(one)!)];

    private static IReadOnlyList<ManifestEnvironment> Find(MemoryFiles files, Settings settings) =>
        EnvironmentFinder.Find(Files, folder => (files, folder), settings, "");
}
