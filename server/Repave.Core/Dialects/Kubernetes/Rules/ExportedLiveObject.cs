using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Manifests that hold what only a server writes.</summary>
public sealed class ExportedLiveObject : KubernetesRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1601";

    /// <inheritdoc/>
    public override string Title => "Object exported from a running cluster";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A manifest with status, uid or resourceVersion was copied from a running cluster, drift included, "
        + "and applying it is refused or overwrites what changed since. "
        + "Keep what you mean in the manifest and remove what the server wrote.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2", "NIST SP 800-53 CM-6"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions"];

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop
          resourceVersion: "481516"
          uid: 6f1c1f0e-2c4e-4c55-9f4e-8d1a5a4a6a10
        data:
          color: blue
        """;

    /// <inheritdoc/>
    public override string Good => """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop
        data:
          color: blue
        """;

    private static readonly string[] ServerFields = ["uid", "resourceVersion", "selfLink", "managedFields", "deletionTimestamp"];

    /// <inheritdoc/>
    public override void Check(KubernetesResource resource, KubernetesSet set, FindingSink sink)
    {
        foreach (var field in ServerFields)
        {
            if (resource.Metadata is { } metadata && metadata.Find(field) is { } entry
                && entry.Value.Resolved is not ScalarNode { IsNull: true })
                sink.Add(this, resource, entry.Value,
                    $"Only a server writes metadata.{field}: this was copied from a running cluster. Remove it.",
                    Removal(resource, metadata, entry, sink));
        }

        // Generators write an empty status, and definitions with names in it; both come from no cluster. Where a custom resource is nothing but a
        // status, that is what its author has to say.
        if (resource.Root["status"] is MapNode { Entries.Count: > 0 } status
            && (KubernetesSchemas.For(KubernetesDialect.Newest).IsBuiltInGroup(resource.Group)
                || resource.Root.Entries.Any(e => e.Name is not ("apiVersion" or "kind" or "metadata" or "status")))
            && !resource.Is("CustomResourceDefinition", "apiextensions.k8s.io"))
            sink.Add(this, resource, status, "Only a server writes the status: this was copied from a running cluster. Remove it.",
                Removal(resource, resource.Root, resource.Root.Find("status")!, sink));
    }

    private static Fix? Removal(KubernetesResource resource, MapNode mapping, MapEntry entry, FindingSink sink) =>
        sink.FixHere($"Remove {entry.Name}", resource.Slot.Document.Edits?.Remove(resource.Slot.Document, mapping, entry));
}
