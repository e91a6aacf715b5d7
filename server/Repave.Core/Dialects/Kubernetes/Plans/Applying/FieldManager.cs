using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans.Applying;

/// <summary>Who owns which fields of a live object (<c>metadata.managedFields</c>).</summary>
/// <param name="Name">Its name.</param>
/// <param name="Applies">Whether it owns them by server-side apply, and not by updates.</param>
/// <param name="Subresource">The subresource through which it wrote, or null.</param>
/// <param name="Fields">What it owns.</param>
internal sealed record FieldManager(string Name, bool Applies, string? Subresource, FieldSet Fields)
{
    /// <summary>The name under which kubectl writes when it merges by itself.</summary>
    public const string ClientSide = "kubectl-client-side-apply";

    /// <summary>The name under which kubectl lets the server merge.</summary>
    public const string Kubectl = "kubectl";

    /// <summary>Those of a live object.</summary>
    public static IReadOnlyList<FieldManager> Of(MapNode live) =>
        [.. (live["metadata"]?.ItemsAt("managedFields") ?? []).Where(m => m["fieldsV1"] is MapNode)
            .Select(m => new FieldManager(m.TextAt("manager") ?? "", m.TextAt("operation") == "Apply", m.TextAt("subresource"),
                FieldSet.Read(m.MappingAt("fieldsV1")!)))];
}
