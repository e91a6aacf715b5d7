using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.Core.Rules;
using Repave.Core.Tests.Plans;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Dialects.Kubernetes;

/// <summary>Knative Serving: what its definitions and its webhook demand, how traffic moves, and how one goes back.</summary>
public class KnativeTests
{
    private const string Container = "spec: {containers: [{image: registry.example.com/web:IMAGE}]}";

    [Theory]
    [InlineData("Service", "", "")]
    [InlineData("Service", "traffic: []", "")]
    [InlineData("Service", "traffic: [{percent: 100, latestRevision: true}]", "")]
    [InlineData("Service", "traffic: [{percent: 90, revisionName: web-1}, {percent: 10, latestRevision: true}]", "")]
    [InlineData("Service", "traffic: [{percent: 100, revisionName: web-1}, {latestRevision: true, tag: next}]", "")]
    [InlineData("Service", "traffic: [{percent: 90, revisionName: web-1}]", "add up to 90, and must add up to 100")]
    [InlineData("Service", "traffic: [{latestRevision: true}]", "add up to 0, and must add up to 100")]
    [InlineData("Service", "traffic: [{percent: 101, latestRevision: true}, {percent: -1, revisionName: a}]",
        "[0].percent' must be between 0 and 100|[1].percent' must be between 0 and 100")]
    [InlineData("Service", "traffic: [{percent: 50, tag: a, revisionName: web-1}, {percent: 50, tag: a, latestRevision: true}]",
        "The tag \"a\" is a duplicate")]
    [InlineData("Service", "traffic: [{percent: 50, tag: a, revisionName: web-1}, {percent: 50, tag: b, latestRevision: true}]", "")]
    [InlineData("Service", "traffic: [{percent: 100, tag: 1st, latestRevision: true}]", "'spec.traffic[0].tag' is \"1st\"")]
    [InlineData("Service", "traffic: [{percent: 100, latestRevision: true, revisionName: web-1}]", "may not be true beside a revisionName")]
    [InlineData("Service", "traffic: [{percent: 100, latestRevision: false}]", "may be false only where a revisionName is")]
    [InlineData("Service", "traffic: [{percent: 100, latestRevision: false, revisionName: web-1}]", "")]
    [InlineData("Service", "traffic: [{percent: 100, configurationName: web}]", "may not be set in a Service")]
    [InlineData("Service", "traffic: [{percent: 100, latestRevision: true, url: 'http://a'}]", "may not be set in a spec")]
    [InlineData("Route", "traffic: [{percent: 100, configurationName: web}]", "")]
    [InlineData("Route", "traffic: [{percent: 100, configurationName: web, revisionName: web-1}]", "and not both")]
    [InlineData("Route", "traffic: [{percent: 100}]", "must name a revision or a configuration")]
    [InlineData("Route", "", "'spec.traffic' is required")]
    [InlineData("Service", "template: {metadata: {name: api-1}, spec: {containers: [{image: a}]}}",
        "must begin with the name of its Service")]
    [InlineData("Configuration", "template: {metadata: {name: web-1}, spec: {containers: [{image: a}]}}", "")]
    [InlineData("Configuration", "template: {metadata: {name: web-A}, spec: {containers: [{image: a}]}}", "is \"web-A\"")]
    [InlineData("Service", "trafic: []", "did you mean 'traffic'")]
    [InlineData("Service", "traffic: [{percent: half, latestRevision: true}]", "must be a")]
    [InlineData("Service", "template: {spec: {containerConcurency: 5, containers: [{image: a}]}}", "did you mean 'containerConcurrency'")]
    [InlineData("Service", "template: {spec: {timeoutSeconds: 5}}", "containers")]
    [InlineData("Service", "template: {spec: {containers: [{image: a, readinessProbe: {httpGet: {path: /, port: 0}}}]}}", "")]
    public void WhatTheWebhookRefusesIsSaid(string kind, string spec, string messages)
    {
        var template = spec.Contains("template:", StringComparison.Ordinal) || kind == "Route" ? "" : $"  template: {{{Container}}}\n";
        var found = Findings(Text(kind, $"{template}  {spec}\n"));
        var wanted = messages.Length == 0 ? [] : messages.Split('|');
        Assert.True(found.Count == wanted.Length, string.Join("\n", found));
        foreach (var message in wanted)
            Assert.Contains(found, f => f.Contains(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("90s", true)]
    [InlineData("10m", true)]
    [InlineData("1.5s", false)]
    [InlineData("-5s", false)]
    [InlineData("soon", false)]
    public void ARolloutTakesWholeSeconds(string duration, bool isTaken) => Assert.Equal(isTaken,
        Findings(Text("Service", $"  template: {{{Container}}}\n", $"annotations: {{serving.knative.dev/rollout-duration: {duration}}}"))
            .Count == 0);

    [Theory]
    [InlineData("", "", "All traffic moves at once.")]
    [InlineData("", "traffic: [{percent: 100, latestRevision: true}]", "All traffic moves at once.")]
    [InlineData("", "traffic: [{percent: 90, revisionName: web-1}, {percent: 10, latestRevision: true}]",
        "10 % of the traffic goes to the new version; waits until a person gives the new revision more of it.")]
    [InlineData("", "traffic: [{percent: 100, revisionName: web-1}, {tag: next, latestRevision: true}]",
        "No traffic moves until a person gives the new revision more of it.")]
    [InlineData("annotations: {serving.knative.dev/rollout-duration: 5m}", "",
        "The traffic moves in 2 steps (1, 100 %); takes at least 5 minutes.")]
    [InlineData("annotations: {serving.knative.dev/rollout-duration: 5m}",
        "traffic: [{percent: 60, revisionName: web-1}, {percent: 40, latestRevision: true}]",
        "The traffic moves in 2 steps (1, 40 %); takes at least 5 minutes; waits until a person gives the new revision more of it.")]
    public void ANewTemplateMakesARevisionThatGetsItsShare(string metadata, string traffic, string line)
    {
        var text = Text("Service", $"  template: {{{Container}}}\n  {traffic}\n", metadata);
        var change = Plan(text, text, "2").Of("Service", "web");
        Assert.Equal(PlanAction.Roll, change.Action);
        Assert.Equal(line, StepsSentence.Of(change));
    }

    [Fact]
    public void TrafficAloneMovesInPlace()
    {
        string Of(int old) => Text("Service", $"  template: {{{Container}}}\n  traffic: [{{percent: {old}, revisionName: web-1}}, "
            + $"{{percent: {100 - old}, revisionName: web-2}}]\n");
        var change = Plan(Of(90), Of(50), "1").Of("Service", "web");
        Assert.Equal((PlanAction.InPlace, "50 % of the traffic goes to the new version."), (change.Action, StepsSentence.Of(change)));
        Assert.Equal(BackHow.AtOnce, change.Back!.How);
    }

    [Fact]
    public void ARouteSaysWhatAConfigurationsRevisionGets()
    {
        const string route = "---\napiVersion: serving.knative.dev/v1\nkind: Route\nmetadata: {name: web}\nspec:\n  traffic:\n"
            + "  - {percent: 30, configurationName: web}\n  - {percent: 70, revisionName: web-1}\n";
        var text = Text("Configuration", $"  template: {{{Container}}}\n") + route;
        var change = Plan(text, text, "2").Of("Configuration", "web");
        Assert.Equal((PlanAction.Roll, 30), (change.Action, Assert.Single(change.Steps!.Steps)));
    }

    [Fact]
    public void ARevisionNeverChangesAndANameIsTakenOnce()
    {
        var text = Text("Revision", "  containers: [{image: registry.example.com/web:IMAGE}]\n");
        Assert.Equal(PlanAction.Replace, Plan(text, text, "2").Of("Revision", "web").Action);
        var named = Text("Service", $"  template: {{metadata: {{name: web-1}}, {Container}}}\n");
        var change = Plan(named, named, "2").Of("Service", "web");
        Assert.True(change.Steps!.Refused);
        Assert.Contains("still named 'web-1'", StepsSentence.Of(change)!, StringComparison.Ordinal);
        var next = Plan(named, named.Replace("web-1", "web-2", StringComparison.Ordinal), "2").Of("Service", "web");
        Assert.Equal((null, BackHow.AtOnce), (next.Steps!.Refused, next.Back!.How));
    }

    [Fact]
    public void ARevisionThatIsNowhereGetsNoTraffic()
    {
        const string live = "---\napiVersion: serving.knative.dev/v1\nkind: Revision\nmetadata: {name: web-1}\nspec: {containers: "
            + "[{image: a}]}\n";
        string Of(string name) => Text("Service", $"  template: {{{Container}}}\n  traffic: [{{percent: 100, revisionName: {name}}}]\n");
        // What is there is known only of a state whose revisions were read.
        Assert.Null(Plan(Of("web-1"), Of("web-9"), "1").Of("Service", "web").Steps!.Why);
        var change = Plan(Of("web-1") + live, Of("web-9"), "1").Of("Service", "web");
        Assert.Equal((true, "no revision is named 'web-9'"), (change.Steps!.CannotProgress, change.Steps.Why));
        Assert.Null(Plan(Of("web-0") + live, Of("web-1"), "1").Of("Service", "web").Steps!.Why);
    }

    private static Plan Plan(string old, string now, string image) =>
        Planning.Plan(old.Replace("IMAGE", "1", StringComparison.Ordinal), now.Replace("IMAGE", image, StringComparison.Ordinal),
            new PlanOptions { SaysWayBack = true });

    private static List<string> Findings(string text) =>
        [.. ManifestAnalysis.Check([Manifest.Parse("a.yaml", text)], new AnalysisOptions(Settings.Default)).Findings
            .Where(f => f.Rule.Id.StartsWith("RPV00", StringComparison.Ordinal)).Select(f => f.Message)];

    private static string Text(string kind, string spec, string metadata = "") =>
        $"apiVersion: serving.knative.dev/v1\nkind: {kind}\nmetadata:\n  name: web\n{(metadata.Length == 0 ? "" : $"  {metadata}\n")}"
        + $"spec:\n{spec}";
}
