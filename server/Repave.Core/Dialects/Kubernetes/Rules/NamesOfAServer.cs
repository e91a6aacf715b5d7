using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Labels that controllers put on what they make.</summary>
public sealed class NamesOfAServer : PodRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1604";

    /// <inheritdoc/>
    public override string Title => "Names that a controller made";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "Labels such as pod-template-hash are made by controllers for each revision; in a manifest they were copied from a running object, "
        + "and in a selector they select one revision only. "
        + "Remove them.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/tasks/manage-kubernetes-objects/declarative-config/"];

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          selector:
            matchLabels:
              app: web
          template:
            metadata:
              labels:
                app: web
                pod-template-hash: 5d59d67564
            spec:
              containers:
                - name: web
                  image: registry.example.com/web:1.4.2
        """;

    /// <inheritdoc/>
    public override string Good => """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          selector:
            matchLabels:
              app: web
          template:
            metadata:
              labels:
                app: web
            spec:
              containers:
                - name: web
                  image: registry.example.com/web:1.4.2
        """;

    private static readonly string[] Made =
    [
        "pod-template-hash", "controller-revision-hash", "statefulset.kubernetes.io/pod-name", "pod-template-generation",
        "apps.kubernetes.io/pod-index", "batch.kubernetes.io/controller-uid", "controller-uid",
    ];

    /// <inheritdoc/>
    protected override void Check(KubernetesResource resource, PodSpec pod, KubernetesSet set, FindingSink sink)
    {
        foreach (var holder in (MapNode?[])[pod.Template["metadata"]?.MappingAt("labels"), resource.Metadata?.MappingAt("labels")])
        {
            foreach (var entry in holder?.AllEntries ?? [])
            {
                if (entry.Name is { } name && Made.Contains(name))
                    sink.Add(this, resource, entry.Value,
                        $"Only a controller writes the label '{name}': this was copied from a running object. Remove it.",
                        sink.FixHere($"Remove {name}", resource.Slot.Document.Edits?.Remove(resource.Slot.Document, holder!, entry)));
            }
        }
    }
}
