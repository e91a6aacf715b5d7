using Repave.Core.Dialects.Kubernetes.Helm;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>The annotations that <c>buildMetadata</c> asks for: where resources come from, and what changed them.</summary>
internal sealed class KustomizeMarks
{
    private const string OriginKey = "config.kubernetes.io/origin";
    private const string ChangesKey = "alpha.config.kubernetes.io/transformations";

    private readonly Dictionary<KustomizeResource, (string? Origin, string Changes)> _marks;
    private readonly HashSet<string> _asked;
    private readonly string _path;

    private KustomizeMarks(HashSet<string> asked, string path, Dictionary<KustomizeResource, (string?, string)> marks) =>
        (_asked, _path, _marks) = (asked, path, marks);

    public bool IsManaged => _asked.Contains("managedByLabel");

    /// <summary>What a kustomization asks for; null if that is nothing.</summary>
    public static KustomizeMarks? Of(KustomizationFile file)
    {
        var asked = new HashSet<string>(file.Texts("buildMetadata").Select(s => s.Value), StringComparer.Ordinal);
        return asked.Count == 0 ? null : new KustomizeMarks(asked, "", []);
    }

    /// <summary>The label of what kustomize builds; inside kubectl it does not know its own version.</summary>
    public static void Manage(KustomizeResource resource) => resource.Root.GetOrAdd("metadata", KustomizeKind.Map)
        .GetOrAdd("labels", KustomizeKind.Map).Set("app.kubernetes.io/managed-by", KustomizeNode.Scalar("kustomize-(devel)",
            KustomizeNode.TextTag));

    /// <summary>The same in an included folder.</summary>
    public KustomizeMarks In(string path) => new(_asked, KustomizeContext.Join(_path, path), _marks);

    public void Mark(List<KustomizeResource> resources, string path)
    {
        foreach (var resource in resources)
            _marks[resource] = ($"path: {KustomizeContext.Join(_path, path)}\n", "");
    }

    public void MarkGenerated(KustomizeResource resource, KustomizationFile file, string by, KustomizationReader? plugIn = null) =>
        _marks[resource] = (By(file, by, "", plugIn), "");

    /// <summary>What is laid over another came from where that did; what replaces it did not.</summary>
    public void MarkLaidOver(KustomizeResource resource, KustomizeResource old, bool isReplaced)
    {
        if (_marks.TryGetValue(old, out var before))
        {
            _marks[resource] = (isReplaced && _marks.TryGetValue(resource, out var own) ? own.Origin : before.Origin, before.Changes);
        }
    }

    public void MarkTransformed(
        List<KustomizeResource> resources, KustomizationFile file, string by, KustomizationReader? plugIn = null)
    {
        foreach (var resource in resources)
        {
            var (origin, changes) = _marks.TryGetValue(resource, out var known) ? known : (null, "");
            _marks[resource] = origin is null ? (By(file, by, "", plugIn), changes) : (origin, changes + "- " + By(file, by, "  ", plugIn));
        }
    }

    /// <summary>Writes them.</summary>
    public void Write(KustomizeResource resource)
    {
        if (!_marks.TryGetValue(resource, out var mark))
            return;
        var annotations = resource.Annotations;
        if (_asked.Contains("originAnnotations") && mark.Origin is { } origin)
            annotations[OriginKey] = KustomizeNode.Scalar(origin);
        if (_asked.Contains("transformerAnnotations") && mark.Changes.Length > 0)
            annotations[ChangesKey] = KustomizeNode.Scalar(mark.Changes);
        resource.SetMap("annotations", annotations);
    }

    // A plug-in's configuration says its own name, and where it stands.
    private string By(KustomizationFile file, string by, string indent, KustomizationReader? plugIn)
    {
        var place = plugIn?.File.Within is { } within && within.Path != file.File.Path
            ? KustomizeContext.Join(_path, KustomizeContext.Relative(within.Path, file.Folder))
            : KustomizeContext.Join(_path, file.FileName);
        var metadata = plugIn?.At(plugIn.File.Root as MapNode, "metadata") as MapNode;
        var (name, space) = (plugIn?.TextAt(metadata, "name") ?? "", plugIn?.TextAt(metadata, "namespace") ?? "");
        return $"configuredIn: {place}\n{indent}configuredBy:\n{indent}  apiVersion: builtin\n{indent}  kind: {by}\n"
            + (name.Length > 0 ? $"{indent}  name: {name}\n" : "") + (space.Length > 0 ? $"{indent}  namespace: {space}\n" : "");
    }
}
