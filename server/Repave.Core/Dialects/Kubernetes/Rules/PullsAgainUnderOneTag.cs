using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Images with a tag that are pulled again whenever a container starts.</summary>
public sealed class PullsAgainUnderOneTag : ContainerRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1003";

    /// <inheritdoc/>
    public override string Title => "Image pulled again at every start";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "With imagePullPolicy Always a restart asks the registry again, "
        + "so a container that crashed can come back as another image under the same tag. "
        + "Name the digest, or pull IfNotPresent.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2", "NIST SP 800-53 SI-7"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy"];

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
                  imagePullPolicy: Always
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
                  imagePullPolicy: IfNotPresent
        """;

    /// <inheritdoc/>
    protected override void Check(KubernetesResource resource, Container container, FindingSink sink)
    {
        if (container.Node.ScalarAt("imagePullPolicy") is { Value: "Always" } policy && container.Image is { } image
            && ImageReference.Parse(image.Value) is { Digest: null, IsMoving: false })
            sink.Add(this, resource, policy, $"Each start of '{container.Name}' pulls '{image.Value}' again, "
                + "which may have been pushed again: name its digest, or pull IfNotPresent.");
    }
}
