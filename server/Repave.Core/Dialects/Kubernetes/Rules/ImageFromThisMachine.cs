using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Images from registries that only one machine reaches.</summary>
public sealed class ImageFromThisMachine : ContainerRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1006";

    /// <inheritdoc/>
    public override string Title => "Image from a registry of one machine";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A registry on localhost is another one on every node, so a replaced pod finds no image or a different one. "
        + "Name a registry that every node reaches.";

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
                  image: localhost:5000/web:1.4.2
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
    protected override void Check(KubernetesResource resource, Container container, FindingSink sink)
    {
        if (container.Image is { } image && IsLocal(image.Value))
            sink.Add(this, resource, image, $"The image '{image.Value}' comes from a registry that only its own node reaches.");
    }

    private static bool IsLocal(string image) =>
        image.StartsWith("localhost:", StringComparison.Ordinal) || image.StartsWith("localhost/", StringComparison.Ordinal)
            || image.StartsWith("127.0.0.1", StringComparison.Ordinal);
}
