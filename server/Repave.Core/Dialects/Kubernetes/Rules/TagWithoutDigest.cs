using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Images that a tag names and no digest.</summary>
public sealed class TagWithoutDigest : ContainerRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1002";

    /// <inheritdoc/>
    public override string Title => "Image without a digest";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "A tag can be pushed again, so the same manifest brings another image tomorrow. "
        + "Name the digest behind the tag: image:tag@sha256:….";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 SI-7", "NIST SP 800-53 CM-14", "NIST SP 800-190 4.1.5"];

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
                  image: registry.example.com/web:1.4.2@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
        """;

    /// <inheritdoc/>
    protected override void Check(KubernetesResource resource, Container container, FindingSink sink)
    {
        if (container.Image is { IsNull: false, Value.Length: > 0 } image
            && ImageReference.Parse(image.Value) is { Digest: null, IsMoving: false })
            sink.Add(this, resource, image, $"The image '{image.Value}' is named by a tag, which can be pushed again: add its digest.");
    }
}
