using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Images without a tag, or with the tag <c>latest</c>.</summary>
public sealed class MutableImageTag : KubernetesRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1001";

    /// <inheritdoc/>
    public override string Title => "Image tag that moves";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "An image without a tag, or with the tag latest, is another image after the next push, "
        + "so a restarted pod runs something that nobody rolled out and a rollback brings nothing back. "
        + "Name a version or, better, a digest.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls =>
        ["NIST SP 800-53 CM-2", "NIST SP 800-53 CM-3", "NIST SP 800-53 SI-7", "NIST SP 800-190 4.2.2"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/concepts/containers/images/#image-names"];

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
                  image: registry.example.com/web:latest
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

    /// <inheritdoc/>
    public override void Check(KubernetesResource resource, KubernetesSet set, FindingSink sink)
    {
        foreach (var container in resource.PodSpec?.Containers ?? [])
        {
            if (container.Image is not { IsNull: false, Value.Length: > 0 } image)
                continue;
            var name = ImageReference.Parse(image.Value);
            if (!name.IsMoving || set.IsPlaceholderImage(name.Repository))
                continue;
            var what = name.Tag is null ? $"The image '{image.Value}' has no tag, which means latest"
                : $"The image '{image.Value}' has the tag latest";
            sink.Add(this, resource, image, $"{what}: the next restart may run another image. Name a version or a digest.");
        }
    }
}
