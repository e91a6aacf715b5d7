using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Core.Text;

namespace Repave.Core.Tests.Model;

/// <summary>What is said of a rendered manifest is said in the file that a person edits.</summary>
public class SourceMapTests
{
    private const string Values = "image: registry.example.com/web:latest\nreplicas: 3\n";
    private const string Template = """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          selector:
            matchLabels: {app: web}
          template:
            metadata:
              labels: {app: web}
            spec:
              containers:
                - name: web
                  image: {{ .Values.image }}
        """;

    [Fact]
    public void FindingsAndFixesStandWhereTheTextWasWritten()
    {
        var (built, values, template) = Build("registry.example.com/web:latest");
        var finding = Assert.Single(ManifestAnalysis.Check([built], new AnalysisOptions(Settings.Default)).Findings,
            f => f.Rule.Id == "RPV1001");
        Assert.Same(values, finding.File);
        Assert.Equal((0, 7), (finding.Range.Start.Line, finding.Range.Start.Character));
        Assert.Equal("registry.example.com/web:latest", values.Source.Text.TextOf(finding.FileSpan));
        // The template has a part in it too.
        var other = Assert.Single(finding.Place.Others);
        Assert.Same(template, other.File);
        Assert.Equal("{{ .Values.image }}", template.Source.Text.TextOf(other.Span));
    }

    [Fact]
    public void AFixEditsTheSourceOrNothing()
    {
        var (built, values, template) = Build("registry.example.com/web:latest");
        var text = built.Source.Text.Content;
        Place PlaceOf(string piece) => new(built, built.Source.Documents[0], At(text, piece));
        var findings = new[]
        {
            Fix(PlaceOf("registry.example.com/web:latest"), "registry.example.com/web:1.4.2"),
            Fix(PlaceOf("name: web\nspec"), "name: shop\nspec"),
            Fix(PlaceOf("app: web}\n    spec"), "app: shop}\n    spec"),
        };
        var result = FixApplier.Apply(findings);
        Assert.Equal("image: registry.example.com/web:1.4.2\nreplicas: 3\n", result.Texts[values]);
        Assert.Contains("name: shop\n", result.Texts[template], StringComparison.Ordinal);
        Assert.Contains("labels: {app: shop}", result.Texts[template], StringComparison.Ordinal);
        // What was computed on the way is nobody's text.
        var (computed, _, _) = Build("registry.example.com/web:LATEST");
        Assert.Empty(FixApplier.Apply([Fix(new Place(computed, computed.Source.Documents[0],
            At(computed.Source.Text.Content, "registry.example.com/web:LATEST")), "x")]).Texts);
    }

    [Fact]
    public void PlansNameTheLineThatForcesThem()
    {
        var (before, _, _) = Build("registry.example.com/web:1.4.1");
        var (after, values, _) = Build("registry.example.com/web:latest");
        var plan = Planner.Plan([after], new Baseline("before", [before]) { IsEarlierState = true }, Settings.Default, new PlanOptions());
        var reason = Assert.Single(Assert.Single(plan.Changes).Reasons);
        Assert.Equal((values.Path, 0, 7), (reason.File, reason.Range!.Value.Start.Line, reason.Range.Value.Start.Character));
    }

    [Fact]
    public void TheNarrowestPieceComesFirst()
    {
        var file = Manifest.Parse("a.yaml", "abcdef");
        var map = new SourceMap([new Origin(new(0, 100), file, new(0, 1)), new Origin(new(10, 20), file, new(1, 2)),
            new Origin(new(10, 20), file, new(2, 3)), new Origin(new(30, 40), file, new(3, 4))]);
        Assert.Equal([1, 2, 0], map.Of(new(12, 13)).Select(o => o.At.Start));
        Assert.Equal([0], map.Of(new(15, 35)).Select(o => o.At.Start));
        Assert.Equal([3, 0], map.Of(new(40, 40)).Select(o => o.At.Start));
        Assert.Empty(map.Of(new(99, 101)));
    }

    private static Finding Fix(Place place, string text) =>
        new(RuleCatalogue.All[0], Severity.Warning, "x", place) { Fix = new Fix("x", [new PlaceEdit(place, text)]) };

    private static TextSpan At(string text, string piece)
    {
        var start = text.IndexOf(piece, StringComparison.Ordinal);
        return new TextSpan(start, start + piece.Length);
    }

    // A chart in small: the value takes the place of the action.
    private static (Manifest Built, Manifest Values, Manifest Template) Build(string image)
    {
        var (values, template) = (Manifest.Parse("chart/values.yaml", Values), Manifest.Parse("chart/templates/web.yaml", Template));
        const string Action = "{{ .Values.image }}";
        var action = At(Template, Action);
        var text = Template.Replace(Action, image, StringComparison.Ordinal);
        var value = new TextSpan(action.Start, action.Start + image.Length);
        var map = new SourceMap(
        [
            new Origin(new TextSpan(0, action.Start), template, new TextSpan(0, action.Start)),
            new Origin(value, values, new TextSpan(7, 7 + "registry.example.com/web:latest".Length)),
            new Origin(value, template, action),
            new Origin(new TextSpan(value.End, text.Length), template, new TextSpan(action.End, Template.Length)),
        ]);
        return (Manifest.Parse("chart: web.yaml", text) with { Origin = map }, values, template);
    }
}
