using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;

namespace Repave.Core.Tests.Dialects.Compose;

/// <summary>Plans of Compose projects: what they warn of, and what they show.</summary>
public class ComposePlanTests
{
    private const string Shop = """
        services:
          web: {image: "web:1", ports: ["80:80"], depends_on: {db: {condition: service_started, restart: true}}, environment: {DB_PASSWORD: k9w2-Vq7x}}
          db: {image: "db:1", volumes: ["data:/data"]}
        volumes: {data: {}}
        """;

    [Fact]
    public void ARecreatedServiceSaysWhyAndWhatStops()
    {
        var change = Change(Plan(Shop, Shop.Replace("web:1", "web:2", StringComparison.Ordinal)), "web");
        Assert.Equal(PlanAction.Roll, change.Action);
        Assert.Equal("recreate", change.Mechanism);
        Assert.Equal(("image", "\"web:1\"", "\"web:2\""), (change.Reasons[0].Path, change.Reasons[0].From, change.Reasons[0].To));
        Assert.Equal(1, change.Reasons[0].Range!.Value.Start.Line);
        Assert.Contains(change.Warnings, w => w.Kind == PlanWarningKind.Downtime);
        Assert.Contains(change.Warnings, w => w.Kind == PlanWarningKind.NoSideBySide && w.Message.Contains("80", StringComparison.Ordinal));
    }

    [Fact]
    public void WhatDependsWithRestartIsStartedAgain()
    {
        var change = Change(Plan(Shop, Shop.Replace("db:1", "db:2", StringComparison.Ordinal)), "web");
        Assert.Equal(PlanAction.InPlace, change.Action);
        Assert.Equal(Effect.Interrupts, change.Reasons[0].Effect);
        Assert.Equal("db", Assert.Single(change.CausedBy).Name);
    }

    [Fact]
    public void AChangedVolumeStaysAndItsDataIsWarnedOf()
    {
        var change = Change(Plan(Shop, Shop.Replace("data: {}", "data: {labels: {a: b}}", StringComparison.Ordinal)), "data");
        Assert.Equal(PlanAction.None, change.Action);
        Assert.Contains(change.Warnings, w => w.Kind == PlanWarningKind.DataLoss);
    }

    [Fact]
    public void SecretsAreNotShown()
    {
        var change = Change(Plan(Shop, Shop.Replace("k9w2-Vq7x", "other-8Zz1", StringComparison.Ordinal)), "web");
        Assert.Equal(PlanAction.Roll, change.Action);
        Assert.True(change.Reasons[0].IsSecret);
        Assert.DoesNotContain(change.Reasons, r => $"{r.From}{r.To}{r.Why}".Contains("Zz1", StringComparison.Ordinal));
    }

    [Fact]
    public void AProjectThatComposeRefusesStaysAsItIs()
    {
        var change = Change(Plan(Shop, Shop.Replace("image: \"web:1\"", "imagee: \"web:2\"", StringComparison.Ordinal)), "web");
        Assert.Equal(PlanAction.None, change.Action);
        Assert.Contains(change.Warnings, w => w.Kind == PlanWarningKind.Refused);
    }

    [Fact]
    public void AVariableOfDotEnvCounts()
    {
        const string text = "services: {web: {image: \"web:${TAG}\"}}";
        Manifest[] before = [Manifest.Parse("compose.yaml", text), Manifest.Parse(".env", "TAG=1")];
        Manifest[] after = [Manifest.Parse("compose.yaml", text), Manifest.Parse(".env", "TAG=2")];
        var plan = Planner.Plan(after, new Baseline("before", before) { IsEarlierState = true }, Settings.Default, new PlanOptions());
        Assert.Equal(PlanAction.Roll, Change(plan, "web").Action);
    }

    private static ResourceChange Change(Plan plan, string name) => plan.Changes.Single(c => c.Id.Name == name);

    private static Plan Plan(string before, string after) => Planner.Plan([Manifest.Parse("compose.yaml", after)],
        new Baseline("before", [Manifest.Parse("compose.yaml", before)]) { IsEarlierState = true }, Settings.Default, new PlanOptions());
}
