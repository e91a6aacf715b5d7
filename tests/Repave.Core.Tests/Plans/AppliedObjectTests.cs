using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Plans;

/// <summary>What applying a manifest to a live object does, as kubectl and real servers were seen to do
/// it (tests/Fixtures/applied).</summary>
public class AppliedObjectTests
{
    [Theory]
    [InlineData("variables-twice", "Deployment/till", PlanAction.Roll, false, "spec.template.spec.containers[0].env[1],"
        + "spec.template.spec.containers[0].env[3]")]
    [InlineData("port-of-two-protocols", "Service/names", PlanAction.None, false, "")]
    [InlineData("ports-of-the-node", "Deployment/sync", PlanAction.Roll, false, "spec.template.spec.hostNetwork")]
    [InlineData("recreate-by-server", "Deployment/press", PlanAction.InPlace, true, "spec.strategy.type")]
    [InlineData("value-beside-source", "Deployment/shelf", PlanAction.Roll, true, "spec.template.spec.containers[0].env[0].valueFrom")]
    [InlineData("replicas-left-out", "Deployment/queue", PlanAction.InPlace, false, "spec.replicas")]
    [InlineData("stored-version", "CustomResourceDefinition/kettles.kitchen.example.com", PlanAction.Replace, false,
        "spec.versions[0].name")]
    [InlineData("budget-of-two-bounds", "PodDisruptionBudget/log", PlanAction.InPlace, true, "spec.maxUnavailable")]
    [InlineData("migrated-from-annotation", "Deployment/basic", PlanAction.Roll, false, "spec.template.spec.nodeSelector,metadata.labels")]
    [InlineData("migrated-fields", "Deployment/basic", PlanAction.Roll, false, "spec.template.spec.nodeSelector,metadata.labels")]
    [InlineData("migrated-without-record", "Deployment/basic", PlanAction.Roll, false, "spec.template.spec.nodeSelector,metadata.labels")]
    [InlineData("immutable-data", "Secret/a", PlanAction.Replace, false, "data.k")]
    [InlineData("immutable-data", "ConfigMap/b", PlanAction.InPlace, false, "metadata.labels")]
    [InlineData("order-of-template", "Deployment/o2", PlanAction.Roll, false, "spec.template.spec.containers[0].env,"
        + "spec.template.spec.containers[0].volumeMounts,spec.template.spec.volumes")]
    [InlineData("order-of-job", "Job/o3", PlanAction.Replace, false, "spec.template.spec.initContainers")]
    [InlineData("job-beside-config", "Job/seed", PlanAction.Replace, false, "spec.template.spec.containers[0].image")]
    [InlineData("job-beside-config", "ConfigMap/seed", PlanAction.InPlace, false, "data.a")]
    [InlineData("atomic-maps", "NetworkPolicy/np", PlanAction.InPlace, false, "spec.podSelector.matchLabels.tier")]
    [InlineData("atomic-maps", "PodDisruptionBudget/p", PlanAction.InPlace, false, "spec.selector.matchLabels.tier")]
    [InlineData("atomic-maps", "Service/s", PlanAction.InPlace, false, "spec.selector.tier")]
    public void ApplyingDoes(string name, string resource, PlanAction action, bool isRefused, string paths)
    {
        var change = Plan(name).Changes.Single(c => $"{c.Id.Type.Split('.')[0]}/{c.Id.Name}" == resource);
        Assert.Equal(action, change.Action);
        Assert.Equal(isRefused, change.Warnings.Any(w => w.Kind == PlanWarningKind.Refused));
        Assert.Equal(paths, string.Join(",", change.Reasons.Select(r => r.Path)));
    }

    [Theory]
    [InlineData("account-of-two-names")]
    [InlineData("canonical-quantities")]
    [InlineData("injected-bundle")]
    [InlineData("defaults-in-lists")]
    public void NothingChanges(string name)
    {
        var plan = Plan(name);
        Assert.NotEmpty(plan.Changes);
        Assert.All(plan.Changes, c => Assert.Equal(PlanAction.None, c.Action));
    }

    [Fact]
    public void WhatIsLostKeptAndReturnsIsSaid()
    {
        Assert.Contains(Plan("port-of-two-protocols").Changes[0].Warnings,
            w => w.Message.Contains("'spec.ports[1]'", StringComparison.Ordinal));
        Assert.Contains(Plan("ports-of-the-node").Changes[0].Warnings, w => w.Message.Contains("22000", StringComparison.Ordinal));
        var replicas = Plan("replicas-left-out").Changes[0];
        Assert.Equal(("9", "1"), (replicas.Reasons[0].From, replicas.Reasons[0].To));
        Assert.Contains(replicas.Warnings, w => w.Kind == PlanWarningKind.Downtime);
    }

    [Fact]
    public void EmptyIsNotAbsent() => Assert.All(Plan("empty-is-not-absent").Changes, c => Assert.NotEqual(PlanAction.None, c.Action));

    [Fact]
    public void AnObjectWithoutANameIsNotApplied()
    {
        const string job = "apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: once-}\n"
            + "spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: registry.example.com/a:1.0.0}]}}}\n";
        var change = Planning.Plan("", job).Changes.Single();
        Assert.Equal(PlanAction.Create, change.Action);
        Assert.Contains(change.Warnings, w => w.Kind == PlanWarningKind.Refused);
    }

    [Fact]
    public void ARecordThatIsTooLongIsRefused()
    {
        const string head = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: boards}\ndata:\n  board: ";
        var plan = Planning.Plan(head + "a\n", head + new string('x', 270_000) + "\n");
        Assert.Contains(plan.Changes[0].Warnings, w => w.Kind == PlanWarningKind.Refused);
        Assert.DoesNotContain(Planning.Plan(head + "a\n", head + new string('x', 200_000) + "\n").Changes[0].Warnings,
            w => w.Kind == PlanWarningKind.Refused);
    }

    private static Plan Plan(string name)
    {
        var folder = Path.Combine(Repository.Root, "tests", "Fixtures", "applied", name);
        string Read(string file) => File.ReadAllText(Path.Combine(folder, file));
        var settings = File.Exists(Path.Combine(folder, SettingsReader.FileName))
            ? SettingsReader.Read(Read(SettingsReader.FileName), out _) : Settings.Default;
        return Planner.Plan([Manifest.Parse("new.yaml", Read("new.yaml"))],
            new Baseline("old", [Manifest.Parse("old.yaml", Read("old.yaml"))]),
            settings, new PlanOptions());
    }
}
