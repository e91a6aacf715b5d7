using System.Text;
using Repave.Core.Analysis;
using Repave.Core.Dialects;
using Repave.Core.Dialects.Kubernetes.Kustomize;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Tests.Dialects.Kubernetes;

/// <summary>Every reference that the dialect knows leads from the name to the resource, so that a rename carries it.</summary>
public class NamesInResourcesTests
{
    /// <summary>The kind that refers, the field that does, and the kind that is named: all that kustomize's facts have.</summary>
    public static TheoryData<string, string, string> Known
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var (type, fields) in KustomizeFacts.Instance.Specs.References)
            {
                foreach (var one in fields.Where(f => f.Type.Kind.Length > 0).DistinctBy(f => (f.Type.Kind, f.Path)))
                    data.Add(one.Type.Kind, one.Path, type.Kind);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Known))]
    [InlineData("VerticalPodAutoscaler", "spec/targetRef/name", "Deployment")]
    [InlineData("RoleBinding", "roleRef/name", "Role")]
    [InlineData("Pod", "spec/priorityClassName", "PriorityClass")]
    [InlineData("Pod", "spec/runtimeClassName", "RuntimeClass")]
    [InlineData("ConfigMap", "metadata/namespace", "Namespace")]
    [InlineData("PersistentVolumeClaim", "spec/dataSourceRef/name", "PersistentVolumeClaim")]
    public void ANameLeadsToWhatItNames(string from, string path, string to)
    {
        var text = $"apiVersion: example.com/v1\nkind: {to}\nmetadata: {{name: wanted}}\n---\n"
            + $"apiVersion: example.com/v1\nkind: {to}\nmetadata: {{name: other}}\n---\n{Referring(from, path, to)}";
        var analysis = ManifestAnalysis.Of([Manifest.Parse("a.yaml", text)], new AnalysisOptions(Settings.Default));
        var names = (INames)analysis.Of("kubernetes");
        var all = analysis.Resources.ToList();
        var references = names.ReferencesOf(all.Last()).Where(r => names.Means(r, all[0])).ToList();
        Assert.True(references.Count == 1, $"{references.Count} references to {to} in\n{text}");
        Assert.DoesNotContain(references, r => names.Means(r, all[1]));
    }

    [Fact]
    public void NamesOfOtherKindsAreOthers()
    {
        const string text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\n"
            + "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: b}\n"
            + "spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}}\n---\n"
            + "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: c}\n"
            + "rules: [{apiGroups: [\"\"], resources: [secrets], resourceNames: [a], verbs: [get]}]\n";
        var analysis = ManifestAnalysis.Of([Manifest.Parse("a.yaml", text)], new AnalysisOptions(Settings.Default));
        var names = (INames)analysis.Of("kubernetes");
        var all = analysis.Resources.ToList();
        Assert.DoesNotContain(all.Skip(1).SelectMany(names.ReferencesOf), r => names.Means(r, all[0]));
    }

    // A resource that has the field, in lists where fields are written in the plural.
    private static string Referring(string kind, string path, string target)
    {
        var steps = KustomizePaths.Split(path, '/');
        var text = new StringBuilder($"apiVersion: {(kind is "Pod" or "ConfigMap" ? "v1" : "apps/v1")}\nkind: {kind}\n");
        if (steps[0] != "metadata")
            text.Append("metadata: {name: from}\n");
        var indent = 0;
        for (var i = 0; i < steps.Count; i++)
        {
            var isLast = i == steps.Count - 1;
            text.Append(' ', indent).Append(steps[i]).Append(isLast && !IsHolder(steps[i]) ? ": " : ":\n");
            if (isLast)
                text.Append(Value(steps[i], indent, target));
            if (steps[i] == "resourceNames")
                text.Append(' ', indent).Append($"resources: [{target.ToLowerInvariant()}s]\n");
            if (isLast && steps[i] == "name" && steps[Math.Max(0, i - 1)].EndsWith("Ref", StringComparison.Ordinal)
                && steps[i - 1] is "scaleTargetRef" or "roleRef" or "targetRef" or "dataSourceRef")
                text.Append(' ', indent).Append($"kind: {target}\n");
            indent += 2;
            if (!isLast && IsList(steps[i]))
            {
                text.Append(' ', indent).Append("-\n");
                indent += 2;
            }
        }

        if (steps[0] == "metadata" && steps[^1] == "namespace")
            text.Append("  name: from\n");
        else if (steps[0] == "metadata")
            text.Append("  name: from\n");
        return text.ToString();
    }

    private static string Value(string step, int indent, string target) => step switch
    {
        "resourceNames" => "[wanted]\n",
        "subjects" => $"{new string(' ', indent)}- {{kind: {target}, name: wanted, namespace: default}}\n",
        "service" or "configMap" => $"{new string(' ', indent)}  {{name: wanted, namespace: default}}\n",
        _ => "wanted\n",
    };

    private static bool IsHolder(string step) => step is "subjects" or "service" or "configMap";

    private static bool IsList(string step) => step is "env" or "envFrom" or "volumes" or "containers" or "initContainers" or "sources"
        or "rules" or "paths" or "tls" or "imagePullSecrets" or "webhooks" or "volumeClaimTemplates" or "ephemeralContainers";
}
