using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans.Cascades;

/// <summary>How a workload's pods take in ConfigMaps and Secrets: as variables, as files that follow, or as files that do not.</summary>
internal sealed class ConfigurationUse
{
    private readonly HashSet<(string Kind, string Name)> _asVariables = [];
    private readonly HashSet<(string Kind, string Name)> _asFiles = [];
    private readonly HashSet<(string Kind, string Name)> _asFixedFiles = [];

    /// <summary>Reads a workload's pods once, for however many that they take in.</summary>
    public ConfigurationUse(KubernetesResource user, PodSpec pod)
    {
        var volumes = new Dictionary<Node, string?>();
        foreach (var volume in pod.Volumes)
            volumes[volume] = volume.TextAt("name");
        var fixedMounts = new HashSet<string?>(pod.Containers.SelectMany(c => c.Node.ItemsAt("volumeMounts"))
            .Where(m => m.TextAt("subPath") is not null).Select(m => m.TextAt("name")), StringComparer.Ordinal);
        foreach (var reference in KubernetesReferences.Of(user))
        {
            var key = (reference.To.Type, reference.To.Name);
            if (VolumeOf(reference.Node, volumes) is { } volume)
            {
                _asFiles.Add(key);
                if (fixedMounts.Contains(volumes[volume]))
                    _asFixedFiles.Add(key);
            }
            else if (FieldPath.Of(reference.Node).Contains(".env", StringComparison.Ordinal))
            {
                _asVariables.Add(key);
            }
        }
    }

    /// <summary>Whether as variables.</summary>
    public bool AsVariables(KubernetesResource configuration) => _asVariables.Contains((configuration.Kind, configuration.Id.Name));

    /// <summary>Whether as files.</summary>
    public bool AsFiles(KubernetesResource configuration) => _asFiles.Contains((configuration.Kind, configuration.Id.Name));

    /// <summary>Whether as files that do not follow, because they are mounted one by one.</summary>
    public bool AsFixedFiles(KubernetesResource configuration) => _asFixedFiles.Contains((configuration.Kind, configuration.Id.Name));

    private static Node? VolumeOf(Node node, Dictionary<Node, string?> volumes)
    {
        for (var at = node; at is not null; at = at.Parent)
        {
            if (volumes.ContainsKey(at))
                return at;
        }

        return null;
    }
}
