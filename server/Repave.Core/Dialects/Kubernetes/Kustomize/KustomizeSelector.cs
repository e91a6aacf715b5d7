using Repave.Core.Dialects.Kubernetes.Helm;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>What a patch's <c>target</c> selects: by patterns that must fit as a whole, and by labels and annotations.</summary>
internal sealed class KustomizeSelector
{
    private readonly GoRegex?[] _patterns;
    private readonly KustomizeLabels _labels;
    private readonly KustomizeLabels _annotations;

    /// <summary>Reads one.</summary>
    /// <exception cref="KustomizeException">A pattern or query is none.</exception>
    public KustomizeSelector(KustomizationReader file, MapNode map)
    {
        string[] fields = ["group", "version", "kind", "name", "namespace"];
        _patterns = [.. fields.Select(field =>
        {
            var text = file.TextAt(map, field);
            return text.Length == 0 ? null : GoRegex.TryCreate($"^(?:{text})$")
                ?? throw file.File.Wrong($"error parsing regexp: cannot read the pattern: `{text}`", file.At(map, field));
        })];
        _labels = Query("labelSelector");
        _annotations = Query("annotationSelector");

        KustomizeLabels Query(string field) => KustomizeLabels.Parse(file.TextAt(map, field))
            ?? throw file.File.Wrong($"unable to parse requirement: {file.TextAt(map, field)}", file.At(map, field));
    }

    /// <summary>Whether it selects a resource.</summary>
    public bool Selects(KustomizeResource resource)
    {
        var (id, first) = (resource.Id, resource.FirstId);
        return (Fits(4, first.EffectiveNamespace) || Fits(4, id.EffectiveNamespace)) && (Fits(3, first.Name) || Fits(3, id.Name))
            && Fits(0, id.Type.Group) && Fits(1, id.Type.Version) && Fits(2, id.Type.Kind)
            && _labels.Matches(resource.Labels) && _annotations.Matches(resource.Annotations);
    }

    private bool Fits(int field, string text) => _patterns[field] is not { } pattern || pattern.Matches(text);
}
