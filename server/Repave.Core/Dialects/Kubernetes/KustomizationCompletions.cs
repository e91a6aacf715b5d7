using Repave.Core.Dialects.Kubernetes.Kustomize;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>What fits where a cursor stands in a kustomization: the fields that kustomize knows, and names. Files are
/// <see cref="KustomizeSuggestions"/>' matter.</summary>
internal static class KustomizationCompletions
{
    // kustomize's words for values, by structure and member (api/types: GenerationBehavior; builtinpluginconsts: build metadata).
    private static readonly Dictionary<(string Structure, string Member), string[]> Words = new()
    {
        [("ConfigMapArgs", "behavior")] = ["create", "merge", "replace"],
        [("SecretArgs", "behavior")] = ["create", "merge", "replace"],
        [("Kustomization", "buildMetadata")] = ["managedByLabel", "originAnnotations", "transformerAnnotations"],
    };

    private static readonly Dictionary<string, Shape> Shapes = new(StringComparer.Ordinal);

    /// <summary>Whether a file is a kustomization.</summary>
    public static bool Are(Cursor cursor, string path) => Kustomizations.IsNamed(path)
        || (cursor.Head.TryGetValue("apiVersion", out var version)
            && version.StartsWith("kustomize.config.k8s.io/", StringComparison.Ordinal));

    /// <summary>What fits there.</summary>
    public static CursorPlace Locate(Cursor cursor, KubernetesSet set)
    {
        var holder = ShapeChoices.At(ShapeOf("Kustomization"), cursor.Path);
        if (cursor is { Key: "namespace", Path.Count: 0 })
            return new CursorPlace(holder, [.. set.OfKind("Namespace").Select(n => n.Id.Name).Distinct().OrderBy(n => n, StringComparer.Ordinal)]);
        return new CursorPlace(holder, []);
    }

    private static Shape ShapeOf(string structure)
    {
        lock (Shapes)
        {
            if (Shapes.TryGetValue(structure, out var known))
                return known;
            var shape = new Shape { Name = structure, Types = ShapeTypes.Object, Fields = new ShapeFields() };
            Shapes[structure] = shape;
            foreach (var member in KustomizeFacts.Instance.Members(structure) ?? new Dictionary<string, string>())
                shape.Fields.Add(new ShapeField(member.Key, () => OfType(structure, member.Key, member.Value), Presence.Optional));
            return shape;
        }
    }

    private static Shape OfType(string structure, string member, string type)
    {
        if (type.StartsWith("*", StringComparison.Ordinal))
            return OfType(structure, member, type.Substring(1));
        if (type.StartsWith("[]", StringComparison.Ordinal))
            return new Shape { Types = ShapeTypes.Array, Items = OfType(structure, member, type.Substring(2)) };
        if (type.StartsWith("map[", StringComparison.Ordinal))
            return new Shape { Types = ShapeTypes.Object, Additional = new Shape { Types = ShapeTypes.String } };
        if (KustomizeFacts.Instance.Members(type) is not null)
            return ShapeOf(type);
        var words = Words.TryGetValue((structure, member), out var known) ? known.Select(CanonicalJson.Quote).ToList() : null;
        return new Shape
        {
            Types = type switch { "bool" => ShapeTypes.Boolean, "int" or "int64" => ShapeTypes.Integer, _ => ShapeTypes.String },
            Enum = words,
        };
    }
}
