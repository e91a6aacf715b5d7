using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans;

/// <summary>Tells live objects from manifests.</summary>
internal static class LiveObjects
{
    /// <summary>Whether a server has given the object an identity.</summary>
    public static bool IsLive(MapNode root) => root.MappingAt("metadata") is { } metadata
        && (metadata.TextAt("uid") is not null || metadata.TextAt("resourceVersion") is not null);

    /// <summary>The identity that a server gave it, or null.</summary>
    public static string? Uid(MapNode root) => root["metadata"]?.TextAt("uid");
}
