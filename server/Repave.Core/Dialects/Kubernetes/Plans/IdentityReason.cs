using Repave.Core.Plans;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans;

/// <summary>Why another kind, namespace or name is another object.</summary>
internal static class IdentityReason
{
    /// <summary>The reason, at the place that names the object anew.</summary>
    public static Reason Of(string path, string? from, string? to, KubernetesResource desired, Node? node) =>
        new(path, Quote(from), Quote(to), Effect.Replaces, Certainty.Certain, "an object is known by its kind, namespace and name", desired,
            ShapeValidator.Underline(node ?? desired.NameNode))
        { WasThere = from is not null, IsThere = to is not null };

    private static string? Quote(string? value) => value is null ? null : CanonicalJson.Quote(value);
}
