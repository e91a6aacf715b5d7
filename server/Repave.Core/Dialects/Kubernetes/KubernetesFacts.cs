using Repave.Core.Model;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>What other resources' checks want to know of a resource; taken from its tree once, so that the tree can be let go of.</summary>
internal sealed class KubernetesFacts
{
    /// <summary>The resources that it names: their kinds and names, each once.</summary>
    public IReadOnlyList<(string Kind, string Name)> Named { get; }

    /// <summary>The labels of its pods; null if it is no workload.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; }

    /// <summary>The images that its pods run under a tag, in their order.</summary>
    public IReadOnlyList<(string Repository, string Tag)> Images { get; }

    /// <summary>The workload that it scales; null if it is no autoscaler.</summary>
    public (string Kind, string Name)? Scales { get; }

    public KubernetesFacts(KubernetesResource resource)
    {
        Named = [.. KubernetesReferences.Of(resource).Select(r => (r.To.Type, r.To.Name)).Distinct()];
        Labels = resource.PodSpec is { } pod ? KubernetesSet.LabelsOf(pod) : null;
        Images = resource.PodSpec is not { } runs ? []
            : [.. runs.Containers.Select(c => ImageReference.Parse(c.Image?.Value ?? "")).Where(i => i.Tag is not null)
                .Select(i => (i.Repository, i.Tag!))];
        if (resource.Kind == "HorizontalPodAutoscaler" && resource.Root.At("spec", "scaleTargetRef") is { } target)
            Scales = (target.TextAt("kind") ?? "", target.TextAt("name") ?? "");
    }
}
