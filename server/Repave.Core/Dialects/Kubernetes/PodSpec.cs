using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>A container of a pod.</summary>
/// <param name="Node">Its definition.</param>
/// <param name="List">The list that holds it: <c>containers</c>, <c>initContainers</c> or <c>ephemeralContainers</c>.</param>
public sealed record Container(MapNode Node, string List)
{
    /// <summary>Its name, or "?" if it has none.</summary>
    public string Name => Node.TextAt("name") ?? "?";

    /// <summary>The image's scalar; null if there is none, or if it is put in later (<c>${IMAGE}</c>, <c>ko://…</c>, <c>auto</c>).</summary>
    public ScalarNode? Image => Node.ScalarAt("image") is { } image && !Placeholders.IsImage(image.Value) ? image : null;

    /// <summary>Whether it runs beside the others for the pod's whole life.</summary>
    public bool RunsForLife => List == "containers" || Node.TextAt("restartPolicy") == "Always";
}

/// <summary>The pod that a resource is, or the template of those that it runs.</summary>
public sealed class PodSpec
{
    private PodSpec(MapNode root, MapNode template, MapNode spec, bool isTemplate)
    {
        Root = root;
        Template = template;
        Node = spec;
        IsTemplate = isTemplate;
        Containers = [.. Read("initContainers"), .. Read("containers"), .. Read("ephemeralContainers")];
    }

    /// <summary>The root of the resource that it was read from.</summary>
    internal MapNode Root { get; }

    /// <summary>The mapping that holds <c>metadata</c> and <c>spec</c>.</summary>
    public MapNode Template { get; }

    /// <summary>The <c>spec</c>.</summary>
    public MapNode Node { get; }

    /// <summary>Whether a controller makes pods from it.</summary>
    public bool IsTemplate { get; }

    /// <summary>The containers: those of initContainers first.</summary>
    public IReadOnlyList<Container> Containers { get; }

    /// <summary>The volumes.</summary>
    public IEnumerable<Node> Volumes => Node.ItemsAt("volumes");

    /// <summary>The keys that lead from a kind's root to the mapping with the pod's <c>metadata</c> and <c>spec</c>; null for
    /// other kinds.</summary>
    public static string[]? TemplatePath(string kind, string group) => (kind, group) switch
    {
        ("Pod", "") => [],
        ("Deployment" or "ReplicaSet" or "DaemonSet" or "StatefulSet", "apps" or "extensions") => ["spec", "template"],
        ("ReplicationController", "") or ("Job", "batch") => ["spec", "template"],
        ("CronJob", "batch") => ["spec", "jobTemplate", "spec", "template"],
        ("PodTemplate", "") => ["template"],
        _ => null,
    };

    internal static PodSpec? Of(KubernetesResource resource)
    {
        if (TemplatePath(resource.Kind, resource.Group) is not { } path)
            return null;
        var root = resource.Root;
        return root.At(path) is MapNode template && template.MappingAt("spec") is { } spec
            ? new PodSpec(root, template, spec, path.Length > 0)
            : null;
    }

    private IEnumerable<Container> Read(string list)
    {
        foreach (var item in Node.ItemsAt(list))
        {
            if (item is MapNode container)
                yield return new Container(container, list);
        }
    }
}
