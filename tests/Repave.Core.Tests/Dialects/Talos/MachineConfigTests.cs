using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;

namespace Repave.Core.Tests.Dialects.Talos;

/// <summary>Talos' machine configuration: which documents it is, its structure, and what a change does.</summary>
public sealed class MachineConfigTests
{
    private const string Head = "version: v1alpha1\nmachine:\n  type: worker\n";

    [Theory]
    [InlineData(Head, "")]
    [InlineData(Head + "  acceptedCAs:\n    - crt: a\n  ca: {crt: a, key: b}\n  certSANs: [10.0.0.1]\n", "")]
    [InlineData(Head + "  sysctls: {net.core.somaxconn: 65535, vm.nr_hugepages: \"1024\"}\n", "")]
    [InlineData(Head + "  kubelet: {extraArgs: {a: b, c: [d, e]}}\npersist: true\n", "")]
    [InlineData(Head + "  kubelett: {}\n", "RPV0010 kubelett")]
    [InlineData(Head + "  nodeLabels: [a]\n", "RPV0011 nodeLabels")]
    [InlineData(Head + "cluster:\n  controlPlane: {endpont: https://a}\n", "RPV0010 endpont")]
    [InlineData("version: v1alpha1\nmachine:\n  type: wrker\n", "RPV0013 wrker")]
    [InlineData("apiVersion: v1alpha1\nkind: HostnameConfig\nhostname: a\n", "")]
    [InlineData("apiVersion: v1alpha1\nkind: HostnameConfig\nhostnam: a\n", "RPV0010 hostnam")]
    [InlineData(Head + "---\napiVersion: v1alpha1\nkind: WatchdogTimerConfig\ndevice: /dev/watchdog0\ntimeot: 5m\n", "RPV0010 timeot")]
    // What is filled in, patches, and others' documents.
    [InlineData(Head + "  nodeLabels: ${LABELS}\n", "")]
    [InlineData("machine:\n  kubelett: {}\n", "")]
    [InlineData(Head + "  kubelett:\n    $patch: delete\n", "")]
    [InlineData("version: v1beta1\nmachine: {a: b}\n", "")]
    [InlineData("version: v1alpha1\nmachine: a\n", "")]
    public void DocumentsAreHeldAgainstTheStructure(string text, string expected) => Assert.Equal(expected, string.Join("\n",
        ManifestAnalysis.Of([Manifest.Parse("worker.yaml", text)], new AnalysisOptions(Settings.Default)).Findings("worker.yaml")
            .Select(finding => $"{finding.Rule.Id} {TextOf(finding)}")));

    [Theory]
    [InlineData("  sysctls: {a: b}\n", "  sysctls: {a: c}\n", "machine.sysctls.a in-place")]
    [InlineData("  env: {a: b}\n", "  env: {a: c}\n", "machine.env.a interrupts")]
    [InlineData("  install: {image: a:1}\n", "  install: {image: a:2}\n", "machine.install.image in-place")]
    [InlineData("  features: {rbac: true}\n", "  features: {rbac: false}\n", "machine.features.rbac interrupts")]
    [InlineData("  features: {kubePrism: {port: 1}}\n", "  features: {kubePrism: {port: 2}}\n", "machine.features.kubePrism.port in-place")]
    [InlineData("  pods: [{a: b}]\n", "  pods: [{a: c}]\n", "machine.pods[0].a in-place")]
    [InlineData("  disks: []\n", "  disks: [{device: /dev/sdb}]\n", "machine.disks[0].device interrupts")]
    [InlineData("cluster: {clusterName: a}\n", "cluster: {clusterName: b}\n", "cluster.clusterName in-place")]
    [InlineData("---\napiVersion: v1alpha1\nkind: HostnameConfig\nhostname: a\n",
        "---\napiVersion: v1alpha1\nkind: HostnameConfig\nhostname: b\n", "hostname in-place")]
    public void AChangeDoesWhatTalosSays(string before, string after, string expected) => Assert.Equal(expected,
        string.Join("\n", Planned(Head + before, Head + after).SelectMany(change => change.Reasons)
            .Select(reason => $"{reason.Path} {PlanNames.Of(reason.Effect)}")));

    [Fact]
    public void WhatOnlyAnInstallationReadsIsSaid()
    {
        var change = Assert.Single(Planned(Head + "  install: {image: a:1}\n", Head + "  install: {image: a:2}\n"));
        Assert.Equal(PlanWarningKind.NotRolledOut, Assert.Single(change.Warnings).Kind);
        Assert.Empty(Assert.Single(Planned(Head + "  install: {image: a:1}\n", Head + "  install: {image: a:1}\n")).Warnings);
    }

    [Fact]
    public void AReboot() => Assert.Equal(PlanWarningKind.Downtime,
        Assert.Single(Assert.Single(Planned(Head, Head + "  env: {a: b}\n")).Warnings).Kind);

    [Fact]
    public void DocumentsComeAndGo()
    {
        const string Timer = "---\napiVersion: v1alpha1\nkind: WatchdogTimerConfig\ndevice: /dev/watchdog0\n";
        Assert.Equal([PlanAction.None, PlanAction.Create], Planned(Head, Head + Timer).Select(change => change.Action));
        Assert.Equal([PlanAction.None, PlanAction.Delete], Planned(Head + Timer, Head).Select(change => change.Action));
    }

    [Fact]
    public void ASecretIsInNoPlan()
    {
        var change = Assert.Single(Planned(Head + "  token: abcdefgh\n", Head + "  token: ijklmnop\n"));
        var reason = Assert.Single(change.Reasons);
        Assert.True(reason.IsSecret);
        Assert.Null(reason.From);
        Assert.Null(reason.To);
    }

    private static IReadOnlyList<ResourceChange> Planned(string before, string after) =>
        Planner.Plan([Manifest.Parse("worker.yaml", after)], new Baseline("before", [Manifest.Parse("worker.yaml", before)]),
            Settings.Default, new PlanOptions()).Changes;

    private static string TextOf(Finding finding) =>
        finding.Place.Slot.Document.Text.Substring(finding.Place.Span.Start, finding.Place.Span.Length);
}
