using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Compose;

/// <summary>The places in a service that name other resources of its project.</summary>
internal static class ComposeReferences
{
    /// <summary>All of them.</summary>
    public static IEnumerable<Reference> Of(ComposeResource resource)
    {
        if (!resource.IsService)
            yield break;
        var service = resource.Root;
        foreach (var (field, type) in ((string, string)[])[("depends_on", "service"), ("networks", "network"), ("secrets", "secret"),
            ("configs", "config"), ("links", "service"), ("volumes_from", "service")])
        {
            foreach (var (node, name) in NamesIn(service[field]))
            {
                var plain = field is "links" or "volumes_from" && name.IndexOf(':') is var colon and > 0 ? name.Substring(0, colon) : name;
                yield return To(resource, node, type, plain);
            }
        }

        foreach (var volume in service.ItemsAt("volumes"))
        {
            if (volume is ScalarNode text && text.Value.IndexOf(':') is var colon and > 0
                && !Loading.MountText.IsPath(text.Value) && text.Value[0] != '$')
                yield return To(resource, text, "volume", text.Value.Substring(0, colon));
            else if (volume.TextAt("type") == "volume" && volume.ScalarAt("source") is { IsNull: false } source)
                yield return To(resource, source, "volume", source.Value);
        }

        foreach (var field in (string[])["network_mode", "ipc", "pid"])
        {
            if (service.ScalarAt(field) is { } mode && mode.Value.StartsWith("service:", StringComparison.Ordinal))
                yield return To(resource, mode, "service", mode.Value.Substring("service:".Length));
        }

        if (service.At("extends") is { } extends && extends["file"] is null
            && (extends as ScalarNode ?? extends.ScalarAt("service")) is { IsNull: false } extended)
            yield return To(resource, extended, "service", extended.Value);
    }

    private static Reference To(ComposeResource from, Node node, string type, string name) =>
        new(from, node, new ResourceId(ComposeDialect.DialectName, type, from.Id.Namespace, name), false);

    private static IEnumerable<(Node Node, string Name)> NamesIn(Node? node)
    {
        foreach (var entry in (node as MapNode)?.AllEntries ?? [])
        {
            if (entry.Name is { } name)
                yield return (entry.Key, name);
        }

        foreach (var item in (node as ListNode)?.ResolvedItems ?? [])
        {
            if (item is ScalarNode { IsNull: false } scalar)
                yield return (scalar, scalar.Value);
            else if (item.ScalarAt("source") is { IsNull: false } source)
                yield return (source, source.Value);
        }
    }
}
