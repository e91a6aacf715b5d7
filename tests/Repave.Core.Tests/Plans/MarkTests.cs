using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;

namespace Repave.Core.Tests.Plans;

/// <summary>What annotations, settings and the objects of tools that apply manifests say about how they are applied.</summary>
public class MarkTests
{
    private const string Immutable = "Service";

    [Theory]
    [InlineData("helm.sh/resource-policy: keep", "", true)]
    [InlineData("argocd.argoproj.io/sync-options: Validate=false, Prune=false", "", true)]
    [InlineData("argocd.argoproj.io/sync-options: Prune=true", "", false)]
    [InlineData("kustomize.toolkit.fluxcd.io/prune: disabled", "", true)]
    [InlineData("", "kustomize.toolkit.fluxcd.io/prune: Disabled", true)]
    [InlineData("kustomize.toolkit.fluxcd.io/prune: enabled", "", false)]
    [InlineData("kustomize.toolkit.fluxcd.io/reconcile: disabled", "", true)]
    [InlineData("kapp.k14s.io/delete-strategy: orphan", "", true)]
    [InlineData("", "helm.sh/resource-policy: keep", false)]
    [InlineData("helm.sh/hook: pre-upgrade", "", true)]
    public void WhatIsMarkedStaysWhenItsManifestGoes(string annotation, string label, bool stays)
    {
        var change = Planning.Plan(Map("m", annotation, label), "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: n\n")
            .Of("ConfigMap", "m");
        Assert.Equal(stays ? PlanAction.None : PlanAction.Delete, change.Action);
        Assert.Equal(stays, change.Warnings.Exists(w => w.Message.StartsWith("It stays", StringComparison.Ordinal)));
    }

    [Fact]
    public void WhatStaysIsNotRenamed()
    {
        var plan = Planning.Plan(Map("shop-v1", "helm.sh/resource-policy: keep", ""), Map("shop-v2", "helm.sh/resource-policy: keep", ""));
        Assert.Equal(PlanAction.Create, plan.Of("ConfigMap", "shop-v2").Action);
        Assert.Equal(PlanAction.None, plan.Of("ConfigMap", "shop-v1").Action);
    }

    [Theory]
    [InlineData("kustomize.toolkit.fluxcd.io/ssa: Ignore", true, true)]
    [InlineData("kustomize.toolkit.fluxcd.io/reconcile: disabled", true, true)]
    [InlineData("kustomize.toolkit.fluxcd.io/ssa: IfNotPresent", false, true)]
    [InlineData("kustomize.toolkit.fluxcd.io/ssa: Merge", false, false)]
    [InlineData("kapp.k14s.io/update-strategy: skip", false, true)]
    [InlineData("kapp.k14s.io/noop: ''", true, true)]
    [InlineData("argocd.argoproj.io/hook: Skip", true, true)]
    [InlineData("helm.sh/hook: test", true, true)]
    public void WhatIsMarkedIsNotApplied(string annotation, bool notCreated, bool notChanged)
    {
        var created = Planning.Plan(Map("n", "", ""), Map("n", "", "") + "---\n" + Map("m", annotation, "")).Of("ConfigMap", "m");
        Assert.Equal(notCreated ? PlanAction.None : PlanAction.Create, created.Action);
        var changed = Planning.Plan(Map("m", annotation, ""), Map("m", annotation, "", "2")).Of("ConfigMap", "m");
        Assert.Equal(notChanged ? PlanAction.None : PlanAction.InPlace, changed.Action);
        Assert.Equal(notChanged,
            changed.Warnings.Exists(w => w.Message.Contains("1 field of the manifest differs", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("argocd.argoproj.io/sync-options: Replace=true,Force=true", true)]
    [InlineData("argocd.argoproj.io/sync-options: Force=true", false)]
    [InlineData("kapp.k14s.io/update-strategy: always-replace", true)]
    [InlineData("kapp.k14s.io/update-strategy: fallback-on-replace", false)]
    [InlineData("argocd.argoproj.io/hook: PreSync", true)]
    [InlineData("helm.sh/hook: pre-install,pre-upgrade", true)]
    public void WhatIsMarkedIsReplacedByEveryChange(string annotation, bool isReplaced)
    {
        var change = Planning.Plan(Map("m", annotation, ""), Map("m", annotation, "", "2")).Of("ConfigMap", "m");
        Assert.Equal(isReplaced ? PlanAction.Replace : PlanAction.InPlace, change.Action);
        if (isReplaced)
            Assert.StartsWith("metadata.annotations[", change.Reasons[0].Path, StringComparison.Ordinal);
        Assert.Equal(PlanAction.None, Planning.Plan(Map("m", annotation, ""), Map("m", annotation, "")).Of("ConfigMap", "m").Action);
    }

    [Theory]
    [InlineData("argocd.argoproj.io/sync-options: Force=true")]
    [InlineData("kustomize.toolkit.fluxcd.io/force: enabled")]
    [InlineData("kapp.k14s.io/update-strategy: fallback-on-replace")]
    public void WhoDeletesWhatCannotBeChangedIsSaid(string annotation)
    {
        string Service(string address) => $"apiVersion: v1\nkind: {Immutable}\nmetadata:\n  name: s\n  annotations:\n    {annotation}\n"
            + $"spec:\n  clusterIP: {address}\n  ports:\n  - port: 80\n";
        var change = Planning.Plan(Service("10.0.0.1"), Service("10.0.0.2")).Of(Immutable, "s");
        Assert.Equal(PlanAction.Replace, change.Action);
        Assert.Contains(change.Warnings, w => w.Message.Contains("Nobody has to delete", StringComparison.Ordinal));
    }

    [Fact]
    public void AHookMayHaveNoName()
    {
        var hook = "apiVersion: batch/v1\nkind: Job\nmetadata:\n  generateName: migrate-\n  annotations:\n"
            + "    argocd.argoproj.io/hook: PreSync\n"
            + "spec:\n  template:\n    spec:\n      restartPolicy: Never\n      containers:\n      - name: m\n        image: m:1\n";
        var change = Assert.Single(Planning.Plan(Map("m", "", ""), hook).Changes, c => c.Action == PlanAction.Create);
        Assert.Empty(change.Warnings(PlanWarningKind.Refused));
        Assert.NotEmpty(Assert.Single(Planning.Plan(Map("m", "", ""), hook.Replace("argocd", "other", StringComparison.Ordinal)).Changes,
            c => c.Action == PlanAction.Create).Warnings(PlanWarningKind.Refused));
    }

    [Fact]
    public void AnObjectThatIsReplacedWholeLosesWhatOthersWrote()
    {
        var live = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: m\n  uid: u\n  annotations:\n"
            + "    kubectl.kubernetes.io/last-applied-configuration: "
            + "'{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"m\"},\"data\":{\"a\":\"1\"}}'\n"
            + "    argocd.argoproj.io/sync-options: Replace=true\ndata:\n  a: '1'\n  other: x\n";
        var wanted = Map("m", "argocd.argoproj.io/sync-options: Replace=true", "");
        Assert.Equal(["data.other"], Planning.Plan(live, wanted).Of("ConfigMap", "m").Reasons.Select(r => r.Path));
        Assert.Equal(PlanAction.None,
            Planning.Plan(live, Map("m", "argocd.argoproj.io/sync-options: Validate=false", "")).Of("ConfigMap", "m").Reasons
                .Any(r => r.Path == "data.other") ? PlanAction.InPlace : PlanAction.None);
    }

    [Theory]
    [InlineData("plans:\n  ignore:\n  - kind: ConfigMap\n    paths: [/data/a]\n", true)]
    [InlineData("plans:\n- ignore:\n  - name: m*\n    paths: [/data]\n", true)]
    [InlineData("plans:\n- ignore:\n  - paths: [/data/*]\n", true)]
    [InlineData("plans:\n- ignore:\n  - kind: Secret\n    paths: [/data/a]\n", false)]
    [InlineData("plans:\n- ignore:\n  - name: x\n    paths: [/data/a]\n", false)]
    [InlineData("plans:\n- ignore:\n  - paths: [/data/b, /data/ab]\n", false)]
    [InlineData("plans:\n- environment: prod\n  ignore:\n  - paths: [/data/a]\n", false)]
    public void SettingsLeaveFieldsOut(string text, bool isLeftOut)
    {
        var settings = SettingsReader.Read(text, out var errors);
        Assert.Empty(errors);
        var plan = Plan(Map("m", "", ""), Map("m", "", "", "2"), settings);
        Assert.Equal(isLeftOut ? PlanAction.None : PlanAction.InPlace, plan.Of("ConfigMap", "m").Action);
        Assert.Equal(isLeftOut, plan.Notes.Any(n => n.Contains("ConfigMap/m data.a", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("plans:\n- ignore:\n  - paths: [data/a]\n", "not a JSON pointer")]
    [InlineData("plans:\n- ignore:\n  - kind: ConfigMap\n", "Say which fields")]
    [InlineData("plans:\n- kinds: [ConfigMap]\n", "forbid")]
    public void SettingsThatSayNothingAreSaid(string text, string said)
    {
        SettingsReader.Read(text, out var errors);
        Assert.Contains(said, Assert.Single(errors).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jsonPointers: [/spec/replicas]", true)]
    [InlineData("jqPathExpressions: ['.spec.replicas']", true)]
    [InlineData("jqPathExpressions: ['.spec[\"replicas\"]?']", true)]
    [InlineData("jqPathExpressions: ['.spec.template']", false)]
    [InlineData("jqPathExpressions: ['.spec | to_entries']", false)]
    [InlineData("name: other\n    jsonPointers: [/spec/replicas]", false)]
    [InlineData("namespace: other\n    jsonPointers: [/spec/replicas]", false)]
    public void ArgosDifferencesAreLeftOut(string item, bool isLeftOut)
    {
        var application = "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: app\nspec:\n  ignoreDifferences:\n"
            + $"  - group: apps\n    kind: Deployment\n    {item}\n---\n";
        var plan = Planning.Plan(application + Planning.Deployment("web"), application + Planning.Deployment("web", spec: "replicas: 5"));
        Assert.Equal(isLeftOut ? PlanAction.None : PlanAction.InPlace, plan.Of("Deployment", "web").Action);
        Assert.Equal(item.Contains("to_entries", StringComparison.Ordinal),
            plan.Notes.Any(n => n.Contains("is not read", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("main", true)]
    [InlineData("side", false)]
    public void ItemsAreSelected(string name, bool isLeftOut)
    {
        var application = "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: app\nspec:\n  ignoreDifferences:\n"
            + "  - group: '*'\n    kind: Deployment\n    jqPathExpressions:\n"
            + $"    - '.spec.template.spec.containers[] | select(.name == \"{name}\") | .image'\n---\n";
        var plan = Planning.Plan(application + Planning.Deployment("web"),
            application + Planning.Deployment("web", "registry.example.com/main:2"));
        Assert.Equal(isLeftOut ? PlanAction.None : PlanAction.Roll, plan.Of("Deployment", "web").Action);
    }

    [Theory]
    [InlineData("kustomize.toolkit.fluxcd.io/v1", "Kustomization",
        "  ignore:\n  - paths: [/spec/replicas]\n    target:\n      kind: Deployment\n", true)]
    [InlineData("kustomize.toolkit.fluxcd.io/v1", "Kustomization",
        "  ignore:\n  - paths: [/spec/replicas]\n    target:\n      name: w.*\n", true)]
    [InlineData("kustomize.toolkit.fluxcd.io/v1", "Kustomization",
        "  ignore:\n  - paths: [/spec/replicas]\n    target:\n      name: w\n", false)]
    [InlineData("helm.toolkit.fluxcd.io/v2", "HelmRelease", "  driftDetection:\n    ignore:\n    - paths: [/spec/replicas]\n", true)]
    [InlineData("kapp.k14s.io/v1alpha1", "Config",
        "rebaseRules:\n- path: [spec, replicas]\n  type: copy\n  sources: [existing, new]\n  resourceMatchers:\n  - allMatcher: {}\n",
        true)]
    [InlineData("kapp.k14s.io/v1alpha1", "Config",
        "rebaseRules:\n- path: [spec, replicas]\n  type: copy\n  sources: [new, existing]\n  resourceMatchers:\n  - allMatcher: {}\n",
        false)]
    [InlineData("kapp.k14s.io/v1alpha1", "Config", "rebaseRules:\n- path: [spec, replicas]\n  type: copy\n  sources: [existing, new]\n"
        + "  resourceMatchers:\n  - apiVersionKindMatcher: {apiVersion: v1, kind: Service}\n", false)]
    public void FluxAndKappLeaveFieldsOut(string apiVersion, string kind, string spec, bool isLeftOut)
    {
        var tool = $"apiVersion: {apiVersion}\nkind: {kind}\nmetadata:\n  name: tool\n{(kind == "Config" ? "" : "spec:\n")}{spec}---\n";
        var plan = Planning.Plan(tool + Planning.Deployment("web"), tool + Planning.Deployment("web", spec: "replicas: 5"));
        Assert.Equal(isLeftOut ? PlanAction.None : PlanAction.InPlace, plan.Of("Deployment", "web").Action);
    }

    [Fact]
    public void FieldsOfAManagerAreLeftOut()
    {
        var settings = SettingsReader.Read("plans:\n- ignore:\n  - managers: [scaler]\n", out _);
        var live = Planning.Deployment("web").Replace("  name: web\nspec:", """
              name: web
              uid: u
              managedFields:
              - manager: scaler
                operation: Update
                fieldsV1: {"f:spec": {"f:replicas": {}}}
            spec:
            """, StringComparison.Ordinal);
        Assert.Contains("scaler", live, StringComparison.Ordinal);
        Assert.Equal(PlanAction.None, Plan(live, Planning.Deployment("web", spec: "replicas: 5"), settings).Of("Deployment", "web").Action);
        Assert.Equal(PlanAction.Roll,
            Plan(live, Planning.Deployment("web", "registry.example.com/main:2", spec: "replicas: 5"), settings)
                .Of("Deployment", "web").Action);
    }

    [Fact]
    public void ArgoAppliesByTheServerWhereItIsTold()
    {
        var live = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: m\n  uid: u\n  managedFields:\n  - manager: argocd-controller\n"
            + "    operation: Apply\n    fieldsV1: {\"f:data\": {\"f:a\": {}}}\n  - manager: kubectl-edit\n    operation: Update\n"
            + "    fieldsV1: {\"f:data\": {\"f:b\": {}}}\ndata:\n  a: '1'\n  b: '1'\n";
        var wanted = Map("m", "argocd.argoproj.io/sync-options: ServerSideApply=true", "") + "  b: '2'\n";
        var change = Planning.Plan(live, wanted).Of("ConfigMap", "m");
        Assert.Contains("data.b", change.Reasons.Select(r => r.Path));
        Assert.Empty(change.Warnings(PlanWarningKind.Refused));
    }

    [Theory]
    [InlineData("argocd.argoproj.io/sync-options: ServerSideApply=true", "", "argocd-controller", true, true)]
    [InlineData("argocd.argoproj.io/sync-options: Validate=false", "", "kubectl-client-side-apply", false, false)]
    [InlineData("a: b", "kubernetes:\n  manager: flux\n  force-conflicts: true\n", "flux", true, true)]
    [InlineData("a: b", "kubernetes:\n  apply: server-side\n", "kubectl", true, false)]
    [InlineData("a: b", "kubernetes:\n  apply: client-side\n  manager: flux\n", "kubectl-client-side-apply", false, false)]
    public void AServerIsAskedAsItWillBe(string annotation, string text, string manager, bool isByServer, bool forces)
    {
        var settings = SettingsReader.Read(text, out _);
        var dialect = DialectCatalogue.Of("kubernetes")!;
        Resource Read(string manifest) =>
            dialect.Read(Manifest.Parse("m.yaml", manifest), Manifest.Parse("m.yaml", manifest).Source.Documents[0])
                .Resources[0];
        var live = Map("m", "a: b", "").Replace("  name: m\n", "  name: m\n  uid: u\n", StringComparison.Ordinal);
        var request = ((ITries)dialect).RequestFor(Read(Map("m", annotation, "", "2")), Read(live),
            settings.Apply.GetValueOrDefault("kubernetes", ApplySettings.Unsaid));
        Assert.Equal((manager, isByServer, forces), (request.Manager, request.IsByServer, request.ForcesConflicts));
    }

    private static Plan Plan(string before, string after, Settings settings) =>
        Planner.Plan([Manifest.Parse("after.yaml", after)],
            new Baseline("before", [Manifest.Parse("before.yaml", before)]) { IsEarlierState = true }, settings, new PlanOptions());

    private static string Map(string name, string annotation, string label, string value = "1") =>
        $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {name}\n"
            + (annotation.Length == 0 ? "" : $"  annotations:\n    {annotation}\n") + (label.Length == 0 ? "" : $"  labels:\n    {label}\n")
            + $"data:\n  a: '{value}'\n";
}
