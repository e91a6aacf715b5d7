using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans.Versions;

/// <summary>Endpoint slices: v1 has fields for two topology labels and keeps the others as deprecated.</summary>
internal static class EndpointSliceVersions
{
    public static bool Convert(Dictionary<string, object?> root, string from, string to)
    {
        const string group = "discovery.k8s.io/";
        if (from is not (group + "v1beta1") || to is not (group + "v1"))
            return false;
        foreach (var endpoint in root.Items("endpoints"))
        {
            if (endpoint.Take("topology") is not Dictionary<string, object?> topology)
                continue;
            Move(topology, "kubernetes.io/hostname", endpoint, "nodeName");
            Move(topology, "topology.kubernetes.io/zone", endpoint, "zone");
            if (topology.Count > 0)
                endpoint["deprecatedTopology"] = topology;
        }

        return true;
    }

    private static void Move(Dictionary<string, object?> topology, string label, Dictionary<string, object?> endpoint, string field)
    {
        if (topology.Take(label) is ScalarNode value)
            endpoint.Default(field, value);
    }
}
