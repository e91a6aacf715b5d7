using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>A rule that reads pods and pod templates.</summary>
public abstract class PodRule : KubernetesRule
{
    /// <inheritdoc/>
    public sealed override void Check(KubernetesResource resource, KubernetesSet set, FindingSink sink)
    {
        if (resource.PodSpec is { } pod)
            Check(resource, pod, set, sink);
    }

    /// <summary>Reports where a resource's pods break the rule.</summary>
    protected abstract void Check(KubernetesResource resource, PodSpec pod, KubernetesSet set, FindingSink sink);
}

/// <summary>A rule that reads containers, one by one.</summary>
public abstract class ContainerRule : PodRule
{
    /// <inheritdoc/>
    protected sealed override void Check(KubernetesResource resource, PodSpec pod, KubernetesSet set, FindingSink sink)
    {
        foreach (var container in pod.Containers)
            Check(resource, container, sink);
    }

    /// <summary>Reports where a container breaks the rule.</summary>
    protected abstract void Check(KubernetesResource resource, Container container, FindingSink sink);
}
