using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.Core.Rules;

namespace Repave.Core.Tests.Plans.Replacement;

/// <summary>How plans say in a line how a change comes about.</summary>
public class StepsSentenceTests
{
    [Theory]
    [InlineData("replicas: 10", "10 pods in 2 steps (5, 10), never fewer than 8 and never more than 13.")]
    [InlineData("replicas: 1", "1 pod in one step, never fewer than 1 and never more than 2.")]
    [InlineData("replicas: 1\nstrategy: {type: Recreate}", "The only pod is gone until its successor is there.")]
    [InlineData("replicas: 4\nstrategy: {type: Recreate}", "All 4 pods at once, and none is there until their successors are.")]
    [InlineData("replicas: 3\npaused: true", "No pod is replaced until a person resumes it.")]
    [InlineData("replicas: 2\nminReadySeconds: 30",
        "2 pods in 2 steps (1, 2), never fewer than 2 and never more than 3; takes at least 1 minute.")]
    [InlineData("replicas: 2\nstrategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 0}}",
        "It does not start: 'spec.strategy.rollingUpdate.maxUnavailable' may not be 0 when maxSurge is 0 as well: "
        + "no pod could ever be replaced.")]
    [InlineData("replicas: 0", null)]
    public void ADeploymentSaysHowItRolls(string spec, string? line) =>
        Assert.Equal(line, StepsSentence.Of(Planning.Plan(Planning.Deployment("web", "web:1", spec: spec),
            Planning.Deployment("web", "web:2", spec: spec)).Of("Deployment", "web")));

    [Fact]
    public void WhatDoesNotRollSaysNothing() =>
        Assert.Null(StepsSentence.Of(Planning.Plan(Planning.Deployment("web", "web:1"),
            Planning.Deployment("web", "web:1", spec: "replicas: 5")).Of("Deployment", "web")));

    [Fact]
    public void TheRevisionThatUndoingGoesBackToIsSaid()
    {
        var old = Planning.Deployment("web", "web:1").Replace("name: web\nspec",
            "name: web\n  annotations: {deployment.kubernetes.io/revision: '7'}\nspec", StringComparison.Ordinal);
        var steps = Planning.Plan(old, Planning.Deployment("web", "web:2")).Of("Deployment", "web").Steps!;
        Assert.Equal("7", steps.Revision);
        Assert.EndsWith("; undoing it goes back to revision 7.",
            StepsSentence.Of(Planning.Plan(old, Planning.Deployment("web", "web:2")).Of("Deployment", "web")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stepWeight: 50", "the traffic moves in 2 steps (50, 100 %); takes at least 2 minutes")]
    [InlineData("iterations: 10", "all traffic moves once the checks have passed; takes at least 10 minutes")]
    public void ACanaryIsToldAtItsDeployment(string analysis, string line)
    {
        var canary = $$"""
            apiVersion: flagger.app/v1beta1
            kind: Canary
            metadata:
              name: web
            spec:
              targetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
              service: {port: 80}
              analysis: {interval: 1m, threshold: 2, {{analysis}}}
            ---

            """;
        var change = Planning.Plan(canary + Planning.Deployment("web", "web:1"), canary + Planning.Deployment("web", "web:2"))
            .Of("Deployment", "web");
        Assert.Contains($" Then Canary 'web': {line}; failing checks take it back after 2 minutes.", StepsSentence.Of(change)!,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scale: 1", 1, "The only container is gone until its successor is there.")]
    [InlineData("scale: 3", 3, "All 3 containers at once, and none is there until their successors are.")]
    public void ComposeStopsBeforeItStarts(string scale, int count, string line)
    {
        string Project(string image) => $"name: shop\nservices:\n  web: {{image: \"{image}\", {scale}}}\n";
        var change = Planner.Plan([Manifest.Parse("new/compose.yaml", Project("web:2"))],
            new Baseline("old", [Manifest.Parse("old/compose.yaml", Project("web:1"))]) { IsEarlierState = true, Roots = ["old"] },
            Settings.Default, new PlanOptions { Roots = ["new"] }).Changes.Single(c => c.Id is { Type: "service", Name: "web" });
        Assert.Equal((0, count, count), (change.Steps!.MinAvailable!.Value, change.Steps.MaxTotal!.Value, change.Steps.PodsRolled!.Value));
        Assert.Equal(line, StepsSentence.Of(change));
    }

    [Theory]
    [InlineData("", 0, 1)]
    [InlineData("lifecycle {\n  create_before_destroy = true\n}\n", 1, 2)]
    public void TerraformMakesBeforeOrAfter(string lifecycle, int least, int most)
    {
        string Text(int number) => $"resource \"terraform_data\" \"it\" {{\ntriggers_replace = {number}\n{lifecycle}}}\n";
        var steps = Planner.Plan([Manifest.Parse("main.tf", Text(2))],
            new Baseline("old", [Manifest.Parse("main.tf", Text(1))]) { IsEarlierState = true }, Settings.Default, new PlanOptions())
            .Changes.Single(c => c.Id.Type == "terraform_data").Steps!;
        Assert.Equal((least, most), (steps.MinAvailable!.Value, steps.MaxTotal!.Value));
    }
}
