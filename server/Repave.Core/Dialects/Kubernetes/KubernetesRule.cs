using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>A rule that reads Kubernetes resources.</summary>
public abstract class KubernetesRule : Rule
{
    /// <inheritdoc/>
    public sealed override string? Dialect => KubernetesDialect.DialectName;

    /// <summary>Reports where a resource breaks the rule.</summary>
    /// <param name="resource">The resource; its shape may be wrong in places.</param>
    /// <param name="set">What else the checked files define.</param>
    /// <param name="sink">Takes the findings.</param>
    public abstract void Check(KubernetesResource resource, KubernetesSet set, FindingSink sink);
}
