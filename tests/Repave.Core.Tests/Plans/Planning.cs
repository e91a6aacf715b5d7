using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;

namespace Repave.Core.Tests.Plans;

/// <summary>Plans of texts.</summary>
internal static class Planning
{
    /// <summary>The plan from one state to another.</summary>
    public static Plan Plan(string before, string after, PlanOptions? options = null) =>
        Planner.Plan([Manifest.Parse("after.yaml", after)],
            new Baseline("before", [Manifest.Parse("before.yaml", before)]) { IsEarlierState = true }, Settings.Default,
            options ?? new PlanOptions());

    /// <summary>The change of a resource.</summary>
    public static ResourceChange Of(this Plan plan, string kind, string name) =>
        plan.Changes.Single(c => c.Id.Type.Split('.')[0] == kind && c.Id.Name == name);

    /// <summary>The sentences of a kind of warning.</summary>
    public static IEnumerable<string> Warnings(this ResourceChange change, PlanWarningKind kind) =>
        change.Warnings.Where(w => w.Kind == kind).Select(w => w.Message);

    /// <summary>A Deployment; <paramref name="pod"/> is added to its pod's spec, <paramref name="spec"/> to its own.</summary>
    public static string Deployment(string name, string image = "registry.example.com/main:1.0.0", string pod = "",
        string spec = "replicas: 3", string labels = "") => $"""
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: {name}
            spec:
              {spec.Replace("\n", "\n  ", StringComparison.Ordinal)}
              selector:
                matchLabels:
                  app: {name}
              template:
                metadata:
                  labels:
                    app: {(labels.Length == 0 ? name : labels)}
                spec:
                  {pod.Replace("\n", "\n      ", StringComparison.Ordinal)}
                  containers:
                    - name: main
                      image: {image}
            ---

            """;
}
