using Repave.Core.Plans;

namespace Repave.Core.Tests.Plans;

/// <summary>What changes drag along, and what is said before they are made.</summary>
public class CascadeTests
{
    private const string Claim = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data}\nspec:\n"
        + "  accessModes: [ReadWriteOnce]\n  storageClassName: slow\n  resources: {requests: {storage: 1Gi}}\n---\n";
    private const string UsesClaim = "volumes:\n  - name: data\n    persistentVolumeClaim: {claimName: data}";
    private const string Definition = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n"
        + "metadata: {name: gadgets.example.com}\nspec:\n  group: example.com\n  scope: Namespaced\n"
        + "  names: {kind: Gadget, plural: gadgets}\n  versions:\n    - name: v1\n      served: true\n      storage: true\n"
        + "      schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}\n---\n";

    private static string ConfigMap(string name, string value) =>
        $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}}}\ndata: {{a: {value}, b: same, c: same, d: same}}\n---\n";

    private static string Service(string selector) =>
        $"apiVersion: v1\nkind: Service\nmetadata: {{name: web}}\nspec:\n  selector: {{app: {selector}}}\n  ports: [{{port: 80}}]\n---\n";

    private static string Env(string name) =>
        $"initContainers:\n  - name: first\n    image: a:1\n    envFrom: [{{configMapRef: {{name: {name}}}}}]";

    [Fact]
    public void ConfigurationMutatedUnderRunningPodsIsSaid()
    {
        var web = Planning.Deployment("web", pod: Env("settings"));
        var change = Planning.Plan(ConfigMap("settings", "one") + web, ConfigMap("settings", "two") + web).Of("ConfigMap", "settings");
        Assert.Equal(PlanAction.InPlace, change.Action);
        Assert.Contains("Deployment/web is not rolled: its pods keep the old values in their environment",
            Assert.Single(change.Warnings(PlanWarningKind.NotRolledOut)), StringComparison.Ordinal);
        // Rolled in the same plan, nothing is left to say.
        change = Planning.Plan(ConfigMap("settings", "one") + web,
            ConfigMap("settings", "two") + Planning.Deployment("web", "registry.example.com/main:2", Env("settings")))
            .Of("ConfigMap", "settings");
        Assert.Empty(change.Warnings);
    }

    [Fact]
    public void ARenamedConfigurationRollsItsUsers()
    {
        var plan = Planning.Plan(ConfigMap("settings-1", "one") + Planning.Deployment("web", pod: Env("settings-1")),
            ConfigMap("settings-2", "two") + Planning.Deployment("web", pod: Env("settings-2")));
        var renamed = plan.Of("ConfigMap", "settings-2");
        Assert.Equal((PlanAction.Replace, ResourceChange.CreateAndDelete, "settings-1"),
            (renamed.Action, renamed.Mechanism, renamed.Previous!.Name));
        var web = plan.Of("Deployment", "web");
        Assert.Equal(PlanAction.Roll, web.Action);
        Assert.Equal(renamed.Id, Assert.Single(web.CausedBy));
    }

    [Fact]
    public void DeletingWhatIsStillNamedBreaksIt()
    {
        var web = Planning.Deployment("web", pod: Env("settings"));
        var change = Planning.Plan(ConfigMap("settings", "one") + web, web).Of("ConfigMap", "settings");
        Assert.Equal(PlanAction.Delete, change.Action);
        Assert.Contains("Deployment/web still names it", Assert.Single(change.Warnings(PlanWarningKind.Breaks)), StringComparison.Ordinal);
    }

    [Fact]
    public void AServiceThatFindsNoPodsIsSaidWhereItsCauseIs()
    {
        var web = Planning.Deployment("web");
        var own = Planning.Plan(Service("web") + web, Service("shop") + web).Of("Service", "web");
        Assert.Contains("finds no pods any more", Assert.Single(own.Warnings(PlanWarningKind.Downtime)), StringComparison.Ordinal);
        var other = Planning.Plan(Service("web") + web, Service("web") + Planning.Deployment("web", labels: "shop"))
            .Of("Deployment", "web");
        Assert.Contains(other.Warnings(PlanWarningKind.Downtime), w => w.StartsWith("Service/web finds no pods", StringComparison.Ordinal));
    }

    [Fact]
    public void AReplacedClaimLosesItsDataAndStopsItsPods()
    {
        var web = Planning.Deployment("web", pod: UsesClaim);
        var plan = Planning.Plan(Claim + web, Claim.Replace("slow", "fast", StringComparison.Ordinal) + web);
        var claim = plan.Of("PersistentVolumeClaim", "data");
        Assert.Equal(PlanAction.Replace, claim.Action);
        Assert.NotEmpty(claim.Warnings(PlanWarningKind.DataLoss));
        Assert.Contains("stop Deployment/web first", Assert.Single(claim.Warnings(PlanWarningKind.Downtime)), StringComparison.Ordinal);
        var dragged = plan.Of("Deployment", "web");
        Assert.Equal((PlanAction.Roll, Certainty.Conditional), (dragged.Action, dragged.Certainty));
        Assert.Equal(claim.Id, Assert.Single(dragged.CausedBy));
    }

    [Fact]
    public void AClaimGrowsWhereItsClassAllows()
    {
        static string Class(bool grows) => "apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: slow}\n"
            + $"provisioner: example.com/p\nallowVolumeExpansion: {(grows ? "true" : "false")}\n---\n";
        var larger = Claim.Replace("1Gi", "2Gi", StringComparison.Ordinal);
        Assert.Equal((PlanAction.InPlace, Certainty.Certain), Outcome(Class(true) + Claim, Class(true) + larger));
        Assert.Equal((PlanAction.Replace, Certainty.Certain), Outcome(Class(false) + Claim, Class(false) + larger));
        Assert.Equal((PlanAction.InPlace, Certainty.Conditional), Outcome(Claim, larger));
        Assert.Equal((PlanAction.Replace, Certainty.Certain), Outcome(larger, Claim));

        static (PlanAction, Certainty) Outcome(string before, string after)
        {
            var change = Planning.Plan(before, after).Of("PersistentVolumeClaim", "data");
            return (change.Action, change.Certainty);
        }
    }

    [Fact]
    public void WithADefinitionGoesAllOfItsKind()
    {
        const string gadget = "apiVersion: example.com/v1\nkind: Gadget\nmetadata: {name: g}\nspec: {size: 1}\n---\n";
        var plan = Planning.Plan(Definition + gadget, Definition.Replace("Namespaced", "Cluster", StringComparison.Ordinal) + gadget);
        Assert.Equal(PlanAction.Replace, plan.Of("CustomResourceDefinition", "gadgets.example.com").Action);
        var custom = plan.Of("Gadget", "g");
        Assert.Equal(PlanAction.Replace, custom.Action);
        Assert.Equal("gadgets.example.com", Assert.Single(custom.CausedBy).Name);
    }

    [Theory]
    [InlineData("replicas: 2\nstrategy: {type: Recreate}", "Strategy Recreate: all 2 pods stop before a new one starts.")]
    [InlineData("replicas: 1\nstrategy: {rollingUpdate: {maxSurge: 0}}",
        "Its only pod may stop before a new one starts (maxUnavailable, maxSurge).")]
    [InlineData("replicas: 4\nstrategy: {rollingUpdate: {maxUnavailable: 100%}}",
        "All 4 pods may stop before a new one starts (maxUnavailable, maxSurge).")]
    [InlineData("replicas: 4", null)]
    [InlineData("replicas: 1", null)]
    [InlineData("replicas: 0\nstrategy: {type: Recreate}", null)]
    public void RolloutsThatStopEverythingAreSaid(string spec, string? warning)
    {
        var change =
            Planning.Plan(Planning.Deployment("web", spec: spec), Planning.Deployment("web", "registry.example.com/main:2", spec: spec))
                .Of("Deployment", "web");
        Assert.Equal(PlanAction.Roll, change.Action);
        Assert.Equal(warning is null ? [] : [warning], change.Warnings(PlanWarningKind.Downtime));
    }

    [Fact]
    public void ABudgetOfNothingIsNoted()
    {
        const string budget = "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: all}\nspec:\n  minAvailable: 3\n"
            + "  selector: {matchLabels: {app: web}}\n---\n";
        var change = Planning.Plan(budget + Planning.Deployment("web"), budget + Planning.Deployment("web", "registry.example.com/main:2"))
            .Of("Deployment", "web");
        Assert.Contains("PodDisruptionBudget/all allows no pod to be evicted", Assert.Single(change.Warnings(PlanWarningKind.Notice)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void AMoveToAnotherNamespaceIsTheSameResourceElsewhere()
    {
        var before = ConfigMap("c", "one").Replace("{name: c}", "{name: c, namespace: a}", StringComparison.Ordinal);
        var change = Assert.Single(Planning.Plan(before, before.Replace("namespace: a", "namespace: b", StringComparison.Ordinal)).Changes);
        Assert.Equal((PlanAction.Replace, "a"), (change.Action, change.Previous!.Namespace));
        Assert.Equal("metadata.namespace", change.Reasons[0].Path);
    }

    [Fact]
    public void AHalfWrittenDocumentIsUnknownAndNotDeleted()
    {
        var web = Planning.Deployment("web");
        var plan = Planning.Plan(web, web.Replace("replicas: 3", "repl", StringComparison.Ordinal));
        var change = Assert.Single(plan.Changes);
        Assert.Equal((PlanAction.Unknown, "its document cannot be read to its end"), (change.Action, change.Note));
    }
}
