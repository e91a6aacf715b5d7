using System.IO.Compression;
using System.Text;
using Repave.Core.Analysis;
using Repave.Core.Builds;
using Repave.Core.Dialects.Kubernetes.Helm;
using Repave.Core.Rules;
using Repave.Core.Text;

namespace Repave.Core.Tests.Dialects.Kubernetes.Helm;

/// <summary>Charts as a whole: what belongs to one, which values its templates see, where each piece of what they write comes from, and
/// what
/// hostile ones can do.</summary>
public sealed class HelmChartTests
{
    private const string Chart = "apiVersion: v2\nname: c\nversion: 1.0.0\n";

    [Theory]
    // Tables merge, null removes, lists are replaced.
    [InlineData("a: {x: 1, w: 2}\nl: [1, 2]\nz: 1", "a: {w: 3}\nl: [3]\nz: null", "{\"a\":{\"w\":3,\"x\":1},\"l\":[3]}")]
    [InlineData("a: {x: {y: 1, z: 2}}", "a: {x: {y: null}}", "{\"a\":{\"x\":{\"z\":2}}}")]
    [InlineData("a: text", "a: {x: 1}", "{\"a\":{\"x\":1}}")]
    [InlineData("a: {x: 1}", "a: text", "{\"a\":\"text\"}")]
    [InlineData("a: null\nb: 1", "", "{\"b\":1}")]
    [InlineData("a: 1\n---\na: 2\nb: 3", "", "{\"a\":2,\"b\":3}")]
    public void ValuesAreCoalesced(string own, string given, string expected) =>
        Assert.Equal(expected, Render("{{ toJson .Values }}", own, given));

    [Theory]
    [InlineData("a=1,b.c=x", "{\"a\":1,\"b\":{\"c\":\"x\"}}")]
    [InlineData("l[0]=a,l[2]=c", "{\"l\":[\"a\",null,\"c\"]}")]
    [InlineData("l={a,1,true}", "{\"l\":[\"a\",1,true]}")]
    [InlineData("a=007,b=0,c=null,d=", "{\"a\":\"007\",\"b\":0,\"c\":null,\"d\":\"\"}")]
    [InlineData(@"a\.b=x\,y", "{\"a.b\":\"x,y\"}")]
    public void SingleValuesAreSet(string line, string expected)
    {
        var files = new MemoryFiles(("c/Chart.yaml", Chart), ("c/templates/t.yaml", "{{ toJson .Values }}"));
        Assert.Equal(expected, new HelmBuilds().Build(new BuildRequest(files, "c") { Set = [line] }).Outputs.Single().Text);
    }

    [Fact]
    public void ChartsInAChartAreRenderedUnderTheirAliasesWithGlobalsConditionsTagsAndImports()
    {
        var files = new MemoryFiles(
            ("c/Chart.yaml", Chart + """
                dependencies:
                - {name: db, version: 1.x, alias: first}
                - {name: db, version: 1.x, alias: second, condition: second.enabled}
                - {name: cache, version: "*", tags: [extra]}
                - {name: lib, version: ">=1", repository: "file://../lib", import-values: [data]}
                """),
            ("c/values.yaml", "global: {zone: eu}\nfirst: {size: 2}\nsecond: {enabled: false}\ntags: {extra: false}\n"),
            ("c/templates/t.yaml", "{{ include \"lib.name\" . }} {{ .Values.color }}"),
            ("c/charts/db/Chart.yaml", "apiVersion: v2\nname: db\nversion: 1.4.0\n"),
            ("c/charts/db/values.yaml", "size: 1\n"),
            ("c/charts/db/templates/t.yaml", "{{ .Chart.Name }} {{ .Values.size }} {{ .Values.global.zone }}"),
            ("c/charts/cache/Chart.yaml", "apiVersion: v2\nname: cache\nversion: 1.0.0\n"),
            ("c/charts/cache/templates/t.yaml", "cache"),
            ("lib/Chart.yaml", "apiVersion: v2\nname: lib\nversion: 1.2.0\ntype: library\n"),
            ("lib/values.yaml", "exports: {data: {color: blue}}\n"),
            ("lib/templates/_lib.tpl", "{{ define \"lib.name\" }}lib of {{ .Chart.Name }}{{ end }}"),
            ("lib/templates/t.yaml", "never"));
        var result = new HelmBuilds().Build(new BuildRequest(files, "c"));
        Assert.Empty(result.Problems);
        Assert.Equal(["c/charts/first/templates/t.yaml=first 2 eu", "c/templates/t.yaml=lib of c blue"],
            result.Outputs.Select(output => $"{output.Source}={output.Text}"));
    }

    [Fact]
    public void APackedChartIsReadAndWhatLeadsOutOfItIsNot()
    {
        var files = new MemoryFiles(("c/Chart.yaml", Chart), ("c/templates/t.yaml", "{{ include \"db.name\" . }}"));
        files.Add("c/charts/db-1.0.0.tgz", Pack(("db/Chart.yaml", "apiVersion: v2\nname: db\nversion: 1.0.0\n"),
            ("db/templates/_h.tpl", "{{ define \"db.name\" }}db{{ end }}"), ("db/../../etc/passwd", "no"), ("db/templates/x.yaml",
                "packed")));
        Assert.Equal(["c/charts/db/templates/x.yaml=packed", "c/templates/t.yaml=db"],
            new HelmBuilds().Build(new BuildRequest(files, "c")).Outputs.Select(output => $"{output.Source}={output.Text}"));
    }

    [Fact]
    public void AChartThatIsNowhereIsSaidOnceAndTheRestRenders()
    {
        var files = new MemoryFiles(("c/Chart.yaml", Chart + "dependencies:\n- {name: gone, version: 1.x}\n"), ("c/templates/t.yaml", "x"));
        var result = new HelmBuilds().Build(new BuildRequest(files, "c"));
        Assert.Equal("x", Assert.Single(result.Outputs).Text);
        var problem = Assert.Single(result.Problems);
        Assert.False(problem.IsFatal);
        Assert.Contains("'gone'", problem.Message, StringComparison.Ordinal);
        Assert.Equal("gone", problem.File!.Source.Text.TextOf(problem.Span));
    }

    [Theory]
    [InlineData("image: {{ .Values.image.name }}:{{ .Values.image.tag | quote }}", "1.2.3", "values.yaml:3:7")]
    [InlineData("image: {{ printf \"%s:%s\" .Values.image.name .Values.image.tag }}", "1.2.3", "values.yaml:3:7")]
    [InlineData("x: {{ include \"img\" . | upper | trunc 30 | b64enc }}{{ define \"img\" }}{{ .Values.image.tag }}{{ end }}",
        "MS4yLjM=", "values.yaml:3:7")]
    [InlineData("x:\n{{ toYaml .Values.image | indent 2 }}", "web", "values.yaml:2:8")]
    [InlineData("x: {{ .Values.image.missing | default .Values.image.tag }}", "1.2.3", "values.yaml:3:7")]
    [InlineData("x: {{ tpl .Values.text . }}", "1.2.3", "values.yaml:3:7")]
    [InlineData("{{ range .Values.list }}\n- {{ . }}\n{{ end }}", "two", "values.yaml:5:2")]
    [InlineData("{{ range $k, $v := .Values.image }}{{ $k }}={{ $v }};{{ end }}", "web", "values.yaml:2:8")]
    [InlineData("x: {{ .Values.count | int | add 1 }}", "4", "values.yaml:7:7")]
    [InlineData("fixed: text", "text", "templates/t.yaml:1:7")]
    public void WhatIsWrittenComesFromWhereItsValueStands(string template, string part, string place)
    {
        var files = new MemoryFiles(("c/Chart.yaml", Chart), ("c/templates/t.yaml", template), ("c/values.yaml",
            "image:\n  name: web\n  tag: 1.2.3\nlist: [one,\n  two]\ntext: \"{{ .Values.image.tag }}\"\ncount: 3\n"));
        var output = new HelmBuilds().Build(new BuildRequest(files, "c")).Outputs.Single();
        var start = output.Text.IndexOf(part, StringComparison.Ordinal);
        Assert.True(start >= 0, output.Text);
        var origin = output.Manifest.Origin!.Of(new TextSpan(start, start + part.Length))[0];
        var offset = origin.IsCopy(output.Manifest.Source.Text) ? origin.At.Start + start - origin.Built.Start : origin.At.Start;
        var position = origin.Source.Source.Text.PositionOf(offset);
        var found = $"{origin.Source.Path[2..]}:{position.Line + 1}:{position.Character}";
        Assert.Equal(place, found);
    }

    [Fact]
    public void WhatAValueDecidesComesFromItToo()
    {
        var files = new MemoryFiles(("c/Chart.yaml", Chart), ("c/values.yaml", "on: 1\nenabled: true\n"),
            ("c/templates/t.yaml", "{{ if .Values.enabled }}text{{ end }}"));
        var output = new HelmBuilds().Build(new BuildRequest(files, "c")).Outputs.Single();
        var origins = output.Manifest.Origin!.Of(new TextSpan(0, 4));
        Assert.Equal(["c/templates/t.yaml", "c/values.yaml"], origins.Select(origin => origin.Source.Path));
    }

    [Fact]
    public void AnErrorIsSaidWhereItIsWithWhoIncludesIt()
    {
        var files = new MemoryFiles(("c/Chart.yaml", Chart), ("c/templates/t.yaml", "a: 1\nb: {{ include \"x\" . }}\n"),
            ("c/templates/_h.tpl", "{{ define \"x\" }}\n{{ .Values.a.b.c }}{{ end }}"));
        var problem = Assert.Single(new HelmBuilds().Build(new BuildRequest(files, "c")).Problems);
        Assert.Equal("c/templates/_h.tpl", problem.File!.Path);
        Assert.Equal(1, problem.File.Source.Text.PositionOf(problem.Span.Start).Line);
        Assert.Equal("nil pointer evaluating interface {}.b", problem.Summary);
        Assert.Equal("c/templates/t.yaml", Assert.Single(problem.Chain).File.Path);
    }

    [Fact]
    public void RulesRunOnWhatIsBuiltAndSayItOnceAtTheValue()
    {
        const string deployment = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n"
            + "  selector: {matchLabels: {a: b}}\n"
            + "  template:\n    metadata: {labels: {a: b}}\n    spec:\n      containers:\n      - name: web\n"
            + "        image: {{ .Values.image }}\n";
        var files = new MemoryFiles(("c/Chart.yaml", Chart), ("c/values.yaml", "image: nginx:latest\n"), ("c/values-prod.yaml",
            "replicas: 2\n"),
            ("c/templates/t.yaml", deployment + "        command: [echo, {{ .Values.replicas }}]\n"));
        var environments = EnvironmentFinder.Find(["c/Chart.yaml"], folder => (files, folder), Settings.Default, "");
        var builds = new EnvironmentBuilds(folder => (files, folder), Settings.Default, null);
        var built = environments.Select(one => builds.Build(one)!).ToList();
        Assert.Equal(["c", "prod"], environments.Select(one => one.Name));
        Assert.All(built, one => Assert.Contains("c/templates/t.yaml", one.Covered));
        var found = BuildFindings.Of(built, new AnalysisOptions(Settings.Default)).Findings.Where(finding => finding.Rule.Id == "RPV1001")
            .ToList();
        var finding = Assert.Single(found);
        Assert.Equal("c/values.yaml", finding.File.Path);
        Assert.Equal(0, finding.Range.Start.Line);
    }

    [Theory]
    [InlineData("{{ define \"a\" }}{{ include \"a\" . }}{{ end }}{{ include \"a\" . }}")]
    [InlineData("{{ define \"a\" }}{{ template \"a\" . }}{{ end }}{{ template \"a\" . }}")]
    [InlineData("{{ tpl .Values.t . }}")]
    [InlineData("{{ repeat 2000000000 \"x\" }}")]
    [InlineData("{{ range until 2000000000 }}x{{ end }}")]
    [InlineData("{{ range 2000000000 }}{{ range 2000000000 }}{{ end }}{{ end }}")]
    [InlineData("{{ $s := \"x\" }}{{ range until 100 }}{{ $s = print $s $s }}{{ end }}")]
    [InlineData("{{ printf \"%999999999d\" 1 | len }}{{ printf \"%.999999999f\" 1.0 }}{{ indent 2000000000 \"a\\nb\" }}")]
    [InlineData("{{ $d := dict }}{{ $_ := set $d \"a\" $d }}{{ mustToJson $d }}")]
    [InlineData("{{ regexReplaceAll \"(a+)+$\" (repeat 3000 \"a\") \"b\" }}{{ mod 1 0 }}")]
    public void HostileChartsEndWithAnError(string template)
    {
        var files = new MemoryFiles(("c/Chart.yaml", Chart), ("c/templates/t.yaml", template),
            ("c/values.yaml", "t: '{{ tpl .Values.t . }}'\n"));
        Assert.True(new HelmBuilds().Build(new BuildRequest(files, "c")).Failed);
    }

    [Fact]
    public void NestingWithoutEndIsRefused()
    {
        var deep = new string('(', 100_000);
        foreach (var template in new[] { "{{ " + deep + " }}", string.Concat(Enumerable.Repeat("{{ if 1 }}", 50_000)) })
        {
            var files = new MemoryFiles(("c/Chart.yaml", Chart), ("c/templates/t.yaml", template));
            Assert.True(new HelmBuilds().Build(new BuildRequest(files, "c")).Failed);
        }
    }

    private static string Render(string template, string own, string given)
    {
        var files = new MemoryFiles(("c/Chart.yaml", Chart), ("c/values.yaml", own), ("given.yaml", given), ("c/templates/t.yaml",
            template));
        return new HelmBuilds().Build(new BuildRequest(files, "c") { ValuesFiles = ["given.yaml"] }).Outputs.Single().Text;
    }

    private static byte[] Pack(params (string Name, string Text)[] files)
    {
        using var tar = new MemoryStream();
        foreach (var (name, text) in files)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            var header = new byte[512];
            Encoding.ASCII.GetBytes(name).CopyTo(header, 0);
            Encoding.ASCII.GetBytes(Convert.ToString(bytes.Length, 8).PadLeft(11, '0')).CopyTo(header, 124);
            header[156] = (byte)'0';
            tar.Write(header);
            tar.Write(bytes);
            tar.Write(new byte[(512 - (bytes.Length % 512)) % 512]);
        }

        tar.Write(new byte[1024]);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
            tar.WriteTo(gzip);
        return packed.ToArray();
    }
}
