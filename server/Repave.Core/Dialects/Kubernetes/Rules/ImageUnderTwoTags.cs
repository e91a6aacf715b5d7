using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Images that two workloads of one file run under different tags.</summary>
public sealed class ImageUnderTwoTags : PodRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1004";

    /// <inheritdoc/>
    public override string Title => "One image under two tags";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "Two parts of one system run different builds of the same image, which is mostly a forgotten update. "
        + "Use one tag, or say in a suppression why they differ.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/concepts/containers/images/"];

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
            spec:
              containers:
                - name: web
                  image: registry.example.com/web:1.4.2
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: worker
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
                  image: registry.example.com/web:1.4.1
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
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: worker
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

    /// <inheritdoc/>
    protected override void Check(KubernetesResource resource, PodSpec pod, KubernetesSet set, FindingSink sink)
    {
        foreach (var container in pod.Containers)
        {
            if (container.Image is not { IsNull: false, Value.Length: > 0 } image
                || ImageReference.Parse(image.Value) is not { Tag: { } tag } name)
                continue;
            if (set.OtherTag(resource, name.Repository, tag) is { } other)
                sink.Add(this, resource, image,
                    $"The {other.Kind} '{other.Id.Name}' runs the same image under the tag {TagIn(other, name.Repository, tag)}.");
        }
    }

    private static string TagIn(KubernetesResource resource, string repository, string not) =>
        resource.Facts.Images.First(i => i.Repository == repository && i.Tag != not).Tag;
}
