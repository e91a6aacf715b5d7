namespace Repave.Core.Dialects.Kubernetes.Validation;

/// <summary>Nodes.</summary>
internal static class NodeChecks
{
    public static void Check(ServerCheck check, Field root)
    {
        var taints = new HashSet<(string?, string?)>();
        foreach (var taint in root["spec"]["taints"].Items)
        {
            if (taint["key"].Text is { Length: > 0 } key && !taints.Add((key, taint["effect"].Text)))
                check.Refuse(taint, $"Another taint of the node has the key \"{key}\" and the same effect too.");
        }
    }
}
