using Repave.Core.Plans;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans;

/// <summary>Compares two states of a Kubernetes object.</summary>
/// <param name="type">Its type (<c>Secret</c>, <c>Deployment.apps</c>).</param>
/// <param name="mergesLists">Whether lists whose items have identities are merged item by item when a manifest is applied (custom
/// resources' are not, unless the server does it).</param>
/// <param name="secrets">Compares secret values.</param>
internal sealed class KubernetesComparer(string type, bool mergesLists, SecretValues secrets) : StateComparer
{
    // Written by servers and controllers, never by whoever applies manifests.
    private static readonly HashSet<string> ServerMetadata = new(StringComparer.Ordinal)
    {
        "name", "namespace", "uid", "resourceVersion", "creationTimestamp", "generation", "managedFields", "selfLink", "deletionTimestamp",
        "deletionGracePeriodSeconds", "generateName",
    };

    private static readonly HashSet<string> ServerAnnotations = new(StringComparer.Ordinal)
    {
        AppliedFields.Annotation, "deployment.kubernetes.io/revision", "deprecated.daemonset.template.generation",
        "control-plane.alpha.kubernetes.io/leader",
    };

    protected override bool IsIgnored(FieldPath path)
    {
        var parent = path.Parent!;
        if (path.Name is null)
            return false;
        if (parent.IsRoot)
            return path.Name is "status" or "apiVersion" or "kind";
        if (parent.Parent!.IsRoot)
            return parent.Name == "metadata" && ServerMetadata.Contains(path.Name);
        if (parent.Name == "annotations" && parent.Parent.Name == "metadata" && parent.Parent.Parent?.IsRoot == true)
            return ServerAnnotations.Contains(path.Name);
        // A server fills these in in the claims that a StatefulSet makes.
        return path.Name is "status" or "apiVersion" or "kind" && parent.Name is null && parent.Parent.Name == "volumeClaimTemplates";
    }

    protected override string? DefaultOf(FieldPath path, ShapeField? field, MapNode holder) =>
        KubernetesDefaults.Of(type, path, holder) ?? base.DefaultOf(path, field, holder);

    // What runs pods compares templates as they are written.
    protected override bool OrderCounts(FieldPath path) => path.StartsWith("spec");

    protected override bool Merges(Shape? list) => mergesLists;

    protected override bool AreEqual(FieldPath path, Shape? shape, ScalarNode from, ScalarNode to)
    {
        if (secrets.IsSecret(type, path) || SecretValues.IsHash(from.Value) || SecretValues.IsHash(to.Value))
            return secrets.AreEqual(from, to);
        if (from.Value == to.Value)
            return true;
        if (shape?.Format == "quantity")
            return Quantity.TryParse(from.Value, out var before) && Quantity.TryParse(to.Value, out var after) && before == after;
        // Unquoted, other ways to write the same, whatever is wanted there: 'yes' reaches the server as true. A text is the same only
        // letter by letter.
        return (from.Kind, to.Kind) switch
        {
            (ScalarKind.Null, ScalarKind.Null) => true,
            (ScalarKind.Boolean, ScalarKind.Boolean) => from.IsTrue == to.IsTrue,
            // Digit by digit: a double does not hold every 64-bit number.
            (ScalarKind.Integer, ScalarKind.Integer)
                when CanonicalJson.WholeNumber(from) is { } before && CanonicalJson.WholeNumber(to) is { } after => before == after,
            (ScalarKind.Integer or ScalarKind.Float, ScalarKind.Integer or ScalarKind.Float) => from.Number == to.Number,
            _ => false,
        };
    }
}
