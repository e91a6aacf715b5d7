using System.Text.Json.Nodes;

namespace Repave.EndToEnd.Tests.Clusters;

/// <summary>Objects as a server stores them.</summary>
internal static class StoredObject
{
    /// <summary>What an object says, without what the server and kubectl note of it.</summary>
    public static JsonObject Content(JsonObject live)
    {
        var content = live.DeepClone().AsObject();
        content.Remove("status");
        var metadata = content["metadata"]!.AsObject();
        foreach (var field in (string[])["managedFields", "resourceVersion", "generation"])
            metadata.Remove(field);
        if (metadata["annotations"] is JsonObject annotations)
        {
            annotations.Remove("kubectl.kubernetes.io/last-applied-configuration");
            annotations.Remove("deprecated.daemonset.template.generation");
            if (annotations.Count == 0)
                metadata.Remove("annotations");
        }

        return content;
    }
}
