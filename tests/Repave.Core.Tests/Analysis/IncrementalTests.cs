using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Tests.Analysis;

/// <summary>An analysis that went through edits says what a fresh one says, over sets whose resources look at one another.</summary>
public class IncrementalTests
{
    private static readonly Settings Everything =
        new() { Rules = RuleCatalogue.All.ToDictionary(r => r.Id, r => r.Severity == Severity.Off ? Severity.Info : r.Severity) };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void SettledEditsAreWhatAFreshAnalysisSays(int seed)
    {
        var random = new Random(seed);
        var options = new AnalysisOptions(Everything) { TreesHeld = seed == 3 ? 0 : 1000 };
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < 25; i++)
            texts[$"f{i:00}.yaml"] = Text(random);
        var analysis = ManifestAnalysis.Of([.. texts.Select(t => Manifest.Parse(t.Key, t.Value))], options);
        for (var round = 0; round < 60; round++)
        {
            var changed = new List<Manifest>();
            var removed = new List<string>();
            for (var edits = random.Next(1, 4); edits > 0; edits--)
            {
                var path = $"f{random.Next(27):00}.yaml";
                if (random.Next(6) == 0 && texts.Remove(path))
                {
                    removed.Add(path);
                    changed.RemoveAll(m => m.Path == path);
                    continue;
                }

                texts[path] = Text(random);
                removed.Remove(path);
                var manifest = Manifest.Parse(path, texts[path]);
                // Half of the edits come as in an editor, the others as from the disk.
                if (random.Next(2) == 0)
                {
                    analysis = analysis.With(manifest);
                    changed.RemoveAll(m => m.Path == path);
                }
                else
                {
                    changed.RemoveAll(m => m.Path == path);
                    changed.Add(manifest);
                }
            }

            analysis = analysis.Settle(changed, removed);
            var fresh = ManifestAnalysis.Of([.. texts.Select(t => Manifest.Parse(t.Key, t.Value))], options);
            Assert.Equal(string.Join("\n", Lines(fresh, texts.Keys)), string.Join("\n", Lines(analysis, texts.Keys)));
            Assert.Equal(texts.Keys, analysis.Paths.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void OnlyWhomItConcernsIsCheckedAgain()
    {
        var manifests = Enumerable.Range(0, 50)
            .Select(i => Manifest.Parse($"f{i}.yaml", Pieces[1].Replace("NAME", $"n{i}", StringComparison.Ordinal))).ToList();
        var analysis = ManifestAnalysis.Of(manifests, new AnalysisOptions(Settings.Default));
        var before = analysis.Resources.ToDictionary(r => r.Id.Name, analysis.FoundOf);
        var edited = analysis.Settle([Manifest.Parse("f7.yaml", Pieces[0].Replace("NAME", "n7", StringComparison.Ordinal))], []);
        Assert.Equal(49,
            edited.Resources.Count(r => before.TryGetValue(r.Id.Name, out var found) && ReferenceEquals(found, edited.FoundOf(r))));
    }

    private static readonly string[] Pieces =
    [
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: NAME\ndata:\n  a: b\n",
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: NAME\nspec:\n  replicas: 2\n  selector:\n    matchLabels: {app: NAME}\n"
            + "  template:\n    metadata:\n      labels: {app: NAME}\n    spec:\n      serviceAccountName: NAME\n      containers:\n"
            + "        - name: c\n          image: example.com/NAME\n          envFrom:\n            - configMapRef: {name: NAME}\n"
            + "          volumeMounts: [{name: v, mountPath: /v}]\n      volumes:\n        - name: v\n"
            + "          persistentVolumeClaim: {claimName: NAME}\n",
        "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata:\n  name: NAME\nspec:\n  minAvailable: 2\n  selector:\n"
            + "    matchLabels: {app: NAME}\n",
        "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: NAME\nspec:\n  maxReplicas: 3\n"
            + "  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: NAME}\n",
        "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: NAME\nspec:\n  accessModes: [ReadWriteOnce]\n"
            + "  resources: {requests: {storage: 1Gi}}\n",
        "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: NAME\n",
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: NAME\n"
            + "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: NAME}\nsubjects:\n"
            + "  - {kind: ServiceAccount, name: NAME, namespace: default}\n",
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: NAME\nrules:\n"
            + "  - {apiGroups: [apps], resources: [deployments], verbs: [patch]}\n",
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: things.example.com\nspec:\n"
            + "  group: example.com\n  scope: Namespaced\n  names: {kind: Thing, plural: things}\n  versions:\n    - name: v1\n"
            + "      served: true\n      storage: true\n      schema:\n        openAPIV3Schema:\n          type: object\n"
            + "          properties:\n            spec: {type: object, properties: {size: {type: integer}}}\n",
        "apiVersion: example.com/v1\nkind: Thing\nmetadata:\n  name: NAME\nspec:\n  size: big\n",
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nimages:\n  - name: example.com/NAME\n    newTag: '1'\npatches:\n"
            + "  - path: f03.yaml\n",
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: NAME\ndata: [broken\n",
    ];

    private static string Text(Random random) => string.Concat(
        Enumerable.Range(0, random.Next(1, 4))
            .Select(_ => Pieces[random.Next(Pieces.Length)].Replace("NAME", $"n{random.Next(4)}", StringComparison.Ordinal) + "---\n"));

    private static List<string> Lines(ManifestAnalysis analysis, IEnumerable<string> paths) =>
        [.. paths.SelectMany(path => analysis.Findings(path).Select(f => $"{path} {f.Range} {f.Rule.Id} {f.Message} {f.Path} "
            + $"{string.Join(',', f.Related.Select(r => $"{r.Place.File.Path} {r.Place.Range}"))}").Order(StringComparer.Ordinal))];
}
