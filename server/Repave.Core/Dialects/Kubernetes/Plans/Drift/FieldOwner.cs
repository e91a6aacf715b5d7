using Repave.Core.Dialects.Kubernetes.Plans.Applying;

namespace Repave.Core.Dialects.Kubernetes.Plans.Drift;

/// <summary>A manager of a live object, when it wrote last, and what it owns from a place on.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Operation">Apply or Update.</param>
/// <param name="Time">When it wrote, as the server writes it.</param>
/// <param name="Fields">What it owns from the place on; null if it owns nothing there.</param>
/// <param name="IsWhole">Whether it owns what stands at the place itself.</param>
/// <param name="IsApplier">Whether it is who applies the manifest.</param>
internal sealed record FieldOwner(string Name, string? Operation, string? Time, FieldSet? Fields, bool IsWhole, bool IsApplier)
{
    // Parts of the platform, and of what fills in where manifests are silent.
    private static readonly HashSet<string> Controllers = new(StringComparer.Ordinal)
    {
        "kube-controller-manager", "kube-scheduler", "kubelet", "kube-apiserver", "cloud-controller-manager", "kube-proxy",
        "horizontal-pod-autoscaler", "cainjector", "cert-manager-cainjector", "kube-addon-manager",
    };

    /// <summary>Whether it may write what a manifest does not speak of.</summary>
    public bool MayFillIn => Controllers.Contains(Name);

    /// <summary>Whether somebody writes by kubectl's commands.</summary>
    public bool IsByHand => Name.StartsWith("kubectl", StringComparison.Ordinal);

    /// <summary>The same manager one step further.</summary>
    public FieldOwner At(string step) => this with { Fields = Fields?.At(step), IsWhole = Fields?.Has(step) == true };

    /// <summary>Whether it owns anything at the place or below it.</summary>
    public bool Owns => IsWhole || Fields is not null;
}
