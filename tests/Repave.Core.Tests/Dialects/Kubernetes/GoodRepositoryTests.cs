using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Tests.Dialects.Kubernetes;

/// <summary>What good public repositories hold that once raised false alarms, each beside the flaw that it must not be taken for.</summary>
public sealed class GoodRepositoryTests
{
    private const string Workload = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: shop\nspec:\n  template:\n    spec:\n"
        + "      containers:\n      - name: shop\n        image: registry.example.com/shop:1.2.3\n";

    private const string Kustomize = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n";

    private const string Definition = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n"
        + "  name: toys.example.com\n"
        + "spec:\n  group: example.com\n  scope: Namespaced\n  names: {kind: Toy, plural: toys}\n  versions:\n"
        + "  - name: v1\n    served: true\n"
        + "    storage: true\n    schema:\n      openAPIV3Schema:\n        type: object\n        properties:\n          spec:\n"
        + "            type: object\n            required: [must]\n            properties:\n              must: {type: integer}\n"
        + "              may: {type: object, properties: {size: {type: integer}}}\n"
        + "              items: {type: array, items: {type: string}}\n"
        + "              map: {type: object, additionalProperties: {type: string}}\n";

    [Theory]
    [InlineData("RoleBinding", "")]
    [InlineData("ClusterRoleBinding", "RPV0012")]
    public void OnlyBindingsOfTheWholeClusterNeedTheNamespaceOfAnAccount(string kind, string found) =>
        Assert.Equal(found, Check(("a.yaml", $"apiVersion: rbac.authorization.k8s.io/v1\nkind: {kind}\nmetadata: {{name: a}}\n"
            + "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}\nsubjects:\n- kind: ServiceAccount\n"
            + "  name: default\n")));

    // What a kube-apiserver 1.20.2 answered to each.
    [Theory]
    [InlineData("{must: 1, may: null}", "")]
    [InlineData("{must: null}", "RPV0012")]
    [InlineData("{must: 1, map: {a: null}}", "")]
    [InlineData("{must: 1, map: null}", "")]
    [InlineData("{must: 1, items: [null]}", "RPV0011")]
    [InlineData("{must: 1, may: {size: big}}", "RPV0011")]
    public void NullsThatAFieldTakesNoneOfArePruned(string spec, string found) =>
        Assert.Equal(found, Check(("crd.yaml", Definition),
            ("toy.yaml", $"apiVersion: example.com/v1\nkind: Toy\nmetadata: {{name: a}}\nspec: {spec}\n")));

    [Theory]
    [InlineData("commonLabels:\n  app: shop\nresources:\n- shop.yaml\n", "")]
    [InlineData("labels:\n- includeSelectors: true\n  pairs: {app: shop}\nresources:\n- shop.yaml\n", "")]
    [InlineData("labels:\n- pairs: {app: shop}\nresources:\n- shop.yaml\n", "RPV0012")]
    [InlineData("commonLabels:\n  app: shop\nresources:\n- other.yaml\n", "RPV0012")]
    public void LabelsThatAKustomizationWritesAreNotMissed(string kustomization, string found)
    {
        Assert.Equal(found, Check(("shop.yaml", Workload), ("kustomization.yaml", Kustomize + kustomization)));
        // The same from a folder above.
        Assert.Equal(found, Check(("base/shop.yaml", Workload), ("base/kustomization.yaml", Kustomize + "resources: [shop.yaml]\n"),
            ("overlay/kustomization.yaml", Kustomize + kustomization.Replace("- shop.yaml", "- ../base", StringComparison.Ordinal))));
    }

    [Fact]
    public void AKustomizationOutsideOfTheCheckedFilesCountsToo()
    {
        var surroundings = Manifest.Parse("kustomization.yaml", Kustomize + "patches:\n- path: shop.yaml\n");
        var result = ManifestAnalysis.Check([Manifest.Parse("shop.yaml", Workload)],
            new AnalysisOptions(Settings.Default) { Surroundings = [surroundings] });
        Assert.Empty(result.Findings);
        Assert.Equal(1, result.Resources);
    }

    [Theory]
    [InlineData("settings", "")]
    [InlineData("others", "RPV0022")]
    public void WhatAGeneratorMakesIsThere(string name, string found) =>
        Assert.Equal(found,
            Check(("pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\n  labels: {app: shop}\n  ownerReferences:\n"
                + "  - {apiVersion: v1, kind: Node, name: node-1, uid: one}\nspec:\n  containers:\n  - name: shop\n"
                + "    image: registry.example.com/shop:1.2.3\n    envFrom:\n    - configMapRef: {name: settings}\n"),
                ("kustomization.yaml", Kustomize + $"resources:\n- pod.yaml\nconfigMapGenerator:\n- name: {name}\n  literals: [A=1]\n")));

    [Theory]
    [InlineData("namespace: shop\n", "")]
    [InlineData("", "RPV0014")]
    public void TheNameOfANamespaceIsWrittenWithTheNamespace(string field, string found) =>
        Assert.Equal(found, Check(("namespace.yaml", "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: _\n"),
            ("kustomization.yaml", Kustomize + field + "resources: [namespace.yaml]\n")));

    [Theory]
    [InlineData("testing/hpa.yaml", "  namespace: elsewhere\n", "")]
    [InlineData("testing/hpa.yaml", "", "")]
    [InlineData("shop/hpa.yaml", "", "RPV1312")]
    [InlineData("hpa.yaml", "", "RPV1312")]
    [InlineData("hpa.yaml", "  namespace: elsewhere\n", "")]
    public void AnAutoscalerIsOneOfTheSamePlace(string path, string @namespace, string found) =>
        Assert.Equal(found, Check((path, "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: shop\n" + @namespace
            + "spec:\n  maxReplicas: 3\n  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}\n  metrics:\n"
            + "  - type: Resource\n"
            + "    resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}\n"),
            ("shop/shop.yaml",
                Selecting(Workload.Replace("spec:\n  template", "spec:\n  replicas: 2\n  template", StringComparison.Ordinal)))));

    [Fact]
    public void AnAutoscalerOfAnOverlayScalesTheBase()
    {
        var shop = Selecting(Workload.Replace("spec:\n  template", "spec:\n  replicas: 2\n  template", StringComparison.Ordinal));
        const string autoscaler = "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: shop\n"
            + "spec:\n  maxReplicas: 3\n"
            + "  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}\n";
        Assert.Equal("RPV1312", Check(("base/shop.yaml", shop), ("base/kustomization.yaml", Kustomize + "resources: [shop.yaml]\n"),
            ("prod/kustomization.yaml", Kustomize + "resources: [../base, hpa.yaml]\n"), ("prod/hpa.yaml", autoscaler)));
        // Of two builds that share nothing neither scales the other.
        Assert.Equal("", Check(("base/shop.yaml", shop), ("base/kustomization.yaml", Kustomize + "resources: [shop.yaml]\n"),
            ("prod/kustomization.yaml", Kustomize + "resources: [hpa.yaml]\n"), ("prod/hpa.yaml", autoscaler)));
    }

    [Theory]
    [InlineData("ReadWriteMany", "ReadWriteOnce", "")]
    [InlineData("ReadWriteOnce", "ReadWriteMany", "RPV1318 RPV1506")]
    public void AClaimIsTheOneThatLiesNearest(string near, string far, string found)
    {
        static string Claim(string name, string mode) =>
            $"apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: data\n{name}spec:\n"
                + $"  accessModes: [{mode}]\n  resources: {{requests: {{storage: 1Gi}}}}\n";
        var shop = Selecting(Workload.Replace("  name: shop\nspec:\n", "  name: shop\n  namespace: shop\nspec:\n  replicas: 3\n",
            StringComparison.Ordinal))
            + "        volumeMounts: [{name: data, mountPath: /data}]\n      volumes:\n      - name: data\n"
            + "        persistentVolumeClaim: {claimName: data}\n";
        Assert.Equal(found, Check(("a/shop.yaml", Claim("  namespace: shop\n", near) + "---\n" + shop), ("b/claim.yaml", Claim("", far))));
    }

    [Theory]
    [InlineData("old/toy.yaml", "RPV0010")]
    [InlineData("new/toy.yaml", "")]
    [InlineData("toy.yaml", "")]
    [InlineData("old/tests/toy.yaml", "RPV0010")]
    public void ADefinitionIsTheOneThatLiesNearestAndFits(string path, string found) =>
        Assert.Equal(found, Check(("old/crd.yaml", Definition),
            ("new/crd.yaml", Definition.Replace("must: {type: integer}", "must: {type: integer}\n              fresh: {type: integer}",
                StringComparison.Ordinal)),
            (path, "apiVersion: example.com/v1\nkind: Toy\nmetadata: {name: a}\nspec: {must: 1, fresh: 2}\n")));

    [Fact]
    public void ADefinitionThatOnlyLiesNearerIsNotTheOneWhereAnotherFits() =>
        Assert.Equal("", Check(("tests/upgrade/crd.yaml", Definition),
            ("config/crd.yaml", Definition.Replace("must: {type: integer}", "must: {type: integer}\n              fresh: {type: integer}",
                StringComparison.Ordinal)),
            ("tests/e2e/toy.yaml", "apiVersion: example.com/v1\nkind: Toy\nmetadata: {name: a}\nspec: {must: 1, fresh: 2}\n")));

    [Theory]
    [InlineData("", "RPV0012 Error")]
    [InlineData("rules: [{apiGroups: [example.com], apiVersions: [v1], operations: [CREATE], resources: [toys]}]", "RPV0012 Info")]
    [InlineData("rules: [{apiGroups: [other.example.com], apiVersions: [v1], operations: [CREATE], resources: [toys]}]", "RPV0012 Error")]
    public void WhatAWebhookMayFillInIsNotKnownToBeMissing(string rules, string found)
    {
        var webhook = "apiVersion: admissionregistration.k8s.io/v1\nkind: MutatingWebhookConfiguration\nmetadata: {name: w}\nwebhooks:\n"
            + "- name: a.example.com\n  sideEffects: None\n  admissionReviewVersions: [v1]\n"
            + $"  clientConfig: {{service: {{name: a, namespace: b}}}}\n  {rules}\n";
        var files = new List<(string, string)>
        {
            ("crd/crd.yaml", Definition), ("toy.yaml", "apiVersion: example.com/v1\nkind: Toy\nmetadata: {name: a}\nspec: {}\n"),
        };
        if (rules.Length > 0)
            files.Add(("webhook.yaml", webhook));
        var finding = Assert.Single(Findings([.. files]));
        Assert.Equal(found, $"{finding.Rule.Id} {finding.Severity}");
    }

    [Theory]
    [InlineData("kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\nnodes:\n- role: control-plane\n")]
    [InlineData("apiVersion: skaffold/v3\nkind: Config\nmetadata:\n  name: shop\n")]
    [InlineData("apiVersion: release-notes/v2\nkind: bug-fix\narea: traffic\n")]
    [InlineData("apiVersion: v1\nkind: Config\nclusters: []\ncontexts: []\nusers: []\n")]
    [InlineData("apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: shop\nspec: {}\n")]
    public void FilesOfToolsAreNoResources(string text)
    {
        var result = ManifestAnalysis.Check([Manifest.Parse("a.yaml", text)], new AnalysisOptions(Settings.Default));
        Assert.Empty(result.Findings);
        Assert.Equal(0, result.Resources);
    }

    [Fact]
    public void AMisspeltGroupIsNoTool() =>
        Assert.Equal("RPV0019", Check(("a.yaml", "apiVersion: app/v1\nkind: Deployment\nmetadata: {name: a}\n")));

    [Theory]
    [InlineData("replicas: ${REPLICAS}", "")]
    [InlineData("replicas: $REPLICAS", "")]
    [InlineData("replicas: <how many>", "")]
    [InlineData("replicas: __REPLICAS__", "")]
    [InlineData("replicas: '{{ .Values.replicas }}'", "")]
    [InlineData("replicas: '@REPLICAS@'", "")]
    [InlineData("replicas: NUMBER_OF_REPLICAS", "")]
    [InlineData("replicas: ($replicas)", "")]
    [InlineData("replicas: (length($pods))", "")]
    [InlineData("replicas: (many)", "RPV0011")]
    [InlineData("replicas: many", "RPV0011")]
    [InlineData("paused: ${PAUSED:=false}", "")]
    [InlineData("strategy: {type: '${STRATEGY}'}", "")]
    [InlineData("strategy: {type: Recreat}", "RPV0013")]
    public void PlaceholdersAreLeftAlone(string field, string found) =>
        Assert.Equal(found,
            Check(("a.yaml", Selecting(Workload.Replace("spec:\n  template", $"spec:\n  {field}\n  template", StringComparison.Ordinal)))));

    [Theory]
    [InlineData("ko://example.com/shop/cmd/shop", "")]
    [InlineData("auto", "")]
    [InlineData("shop:${TAG}", "")]
    [InlineData("<image>", "")]
    [InlineData("shop", "RPV1001")]
    public void ImagesThatAreFilledInAreLeftAlone(string image, string found) =>
        Assert.Equal(found,
            Check(("a.yaml", Selecting(Workload.Replace("registry.example.com/shop:1.2.3", image, StringComparison.Ordinal)))));

    [Theory]
    [InlineData("00-assert.yaml", "")]
    [InlineData("03b-assert-pods.yaml", "")]
    [InlineData("01-errors.yaml", "")]
    [InlineData("assert-pods.yaml", "")]
    [InlineData("install-assert.yaml", "")]
    [InlineData("assertive.yaml", "RPV0011")]
    [InlineData("errors.yaml", "RPV0011")]
    public void WhatTestsOfOperatorsExpectIsNoManifest(string name, string found) =>
        Assert.Equal(found, Check(
            (name, Selecting(Workload.Replace("spec:\n  template", "spec:\n  replicas: many\n  template", StringComparison.Ordinal)))));

    [Theory]
    [InlineData("resources: [shop.yaml]\n", "")]
    [InlineData("resources: [shop.yaml]\npatches: [{path: patches/more.yaml}]\n", "RPV0010")]
    public void PatchesThatNothingTakesInAreLeftAlone(string kustomization, string found) =>
        Assert.Equal(found, Check(("config/shop.yaml", Selecting(Workload)), ("config/kustomization.yaml", Kustomize + kustomization),
            ("config/patches/more.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec: {colour: red}\n")));

    [Theory]
    [InlineData("tests/a/chainsaw-test.yaml", "")]
    [InlineData("tests/b/chainsaw-test.yaml", "RPV0012")]
    public void StepsOfTestsMayBePartsOfObjects(string test, string found) =>
        Assert.Equal(found, Check((test, "apiVersion: chainsaw.kyverno.io/v1alpha1\nkind: Test\nmetadata: {name: a}\n"),
            ("tests/a/02-annotate.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop, annotations: {a: b}}\n")));

    [Fact]
    public void ALongTextMayHaveManyLinesThatBeginTooFarToTheLeft()
    {
        var text = string.Concat(Enumerable.Range(0, 30).Select(i => $"    d{i}: \"Some words\n    and more\"\n"));
        Assert.Equal("", Check(("a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  annotations:\n" + text)));
    }

    [Fact]
    public void TheImageOfAScaffoldIsSetLater() =>
        Assert.Equal("",
            Check(
                ("a.yaml", Selecting(Workload.Replace("registry.example.com/shop:1.2.3", "controller:latest", StringComparison.Ordinal)))));

    [Fact]
    public void ANameThatIsFilledInHidesNothing() =>
        Assert.Equal("RPV1001",
            Check(("a.yaml", Selecting(Workload.Replace("  name: shop\nspec", "  name: ${APP}\nspec", StringComparison.Ordinal)
                .Replace("registry.example.com/shop:1.2.3", "nginx:latest", StringComparison.Ordinal)))));

    [Fact]
    public void BracesInQuotedValuesAreForTheChart()
    {
        const string text = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: shop\nspec:\n  values:\n"
            + "    host: \"{{ .Release.Name }}.example.com\"\n";
        var result = ManifestAnalysis.Check([Manifest.Parse("a.yaml", text)], new AnalysisOptions(Settings.Default));
        Assert.Equal((1, 0), (result.Resources, result.Templates));
    }

    [Theory]
    [InlineData("apiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  clusterIP: {PREFIX}.16\n")]
    [InlineData("apiVersion: v1\nkind: Service\nmetadata:\n  name: ##NAME##\n")]
    [InlineData("apiVersion: v1\nkind: Service\nmetadata:\n  name: #@ data.values.name\n")]
    [InlineData("apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Release.Name }}\n")]
    public void TextsOfOtherToolsAreTemplates(string text)
    {
        var result = ManifestAnalysis.Check([Manifest.Parse("a.yaml", text)], new AnalysisOptions(Settings.Default));
        Assert.Empty(result.Findings);
        Assert.Equal(1, result.Templates);
    }

    [Theory]
    [InlineData("sops: {mac: \"ENC[AES256_GCM,data:bWFj,iv:aXY=,tag:dGFn,type:str]\", version: 3.9.0}", "")]
    [InlineData("sops: {}", "RPV0010")]
    public void WhatSopsEncryptedIsLeftAlone(string sops, string found) =>
        Assert.Equal(found, Check(("a.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata:\n"
            + $"  key: ENC[AES256_GCM,data:b3RoZXI=,iv:aXY=,tag:dGFn,type:str]\n{sops}\n")));

    [Fact]
    public void AGitServerTakesNoLogins()
    {
        var forge = Selecting(Workload.Replace("registry.example.com/shop:1.2.3", "docker.io/gitea/gitea:1.21.0", StringComparison.Ordinal))
            + "        ports: [{containerPort: 22}]\n";
        Assert.Equal("", Check(("a.yaml", forge)));
        Assert.Equal("RPV1113", Check(("a.yaml", forge.Replace("gitea/gitea", "shop/shop", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("curl -o /tmp/zone http://metadata.google.internal/zone", "")]
    [InlineData("curl -o /tmp/zone http://169.254.169.254/latest/meta-data", "")]
    [InlineData("curl -o /tmp/model https://example.com/model.bin", "RPV1105")]
    [InlineData("# apt-get install curl\nexec web", "")]
    [InlineData("echo 'run apt-get install curl first'; exec web", "")]
    [InlineData("echo ready; apt-get install -y curl", "RPV1102")]
    public void WhatIsSaidIsNotRun(string script, string found) =>
        Assert.Equal(found, Check(("a.yaml", Selecting(Workload) + "        command: [sh, -c, \""
            + script.Replace("\n", "\\n", StringComparison.Ordinal) + "\"]\n")));

    [Theory]
    [InlineData("67%", 3, "RPV1310")]
    [InlineData("66%", 3, "")]
    [InlineData("50%", 2, "")]
    [InlineData("51%", 2, "RPV1310")]
    [InlineData("1%", 1, "RPV1310")]
    [InlineData("1%", 2, "")]
    public void SharesOfPodsThatMustBeThereAreRoundedUp(string least, int replicas, string found) =>
        Assert.Equal(found, Check(("a.yaml",
            Selecting(Workload.Replace("spec:\n  template", $"spec:\n  replicas: {replicas}\n  template", StringComparison.Ordinal))
                + $"---\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {{name: shop}}\nspec:\n  minAvailable: {least}\n"
                + "  selector: {matchLabels: {app: shop}}\n")));

    [Fact]
    public void ItemsOfAListOfOneKindNeedNotSayIt() =>
        Assert.Equal("RPV0011",
            Check(("a.yaml", "apiVersion: v1\nkind: ConfigMapList\nitems:\n- metadata: {name: one}\n  data: {a: 1}\n")));

    [Fact]
    public void TwoFilesThatShareMoreThanOneResourceAreVariants()
    {
        const string one = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";
        const string two = one + "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n";
        Assert.Equal("RPV0021", Check(("install.yaml", one), ("other.yaml", one)));
        Assert.Equal("", Check(("install.yaml", two), ("other.yaml", two)));
        Assert.Equal("RPV0021", Check(("install.yaml", two), ("other.yaml", two),
            ("kustomization.yaml", Kustomize + "resources: [install.yaml, other.yaml]\n")));
    }

    private static string Selecting(string workload) => workload.Replace("  template:\n    spec:",
        "  selector: {matchLabels: {app: shop}}\n  template:\n    metadata: {labels: {app: shop}}\n    spec:", StringComparison.Ordinal);

    private static IReadOnlyList<Finding> Findings(params (string Path, string Text)[] files) =>
        ManifestAnalysis.Check([.. files.Select(f => Manifest.Parse(f.Path, f.Text))], new AnalysisOptions(Settings.Default)).Findings;

    private static string Check(params (string Path, string Text)[] files) =>
        string.Join(' ', Findings(files).Select(f => f.Rule.Id).Distinct().Order(StringComparer.Ordinal));
}
