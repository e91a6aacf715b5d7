using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Image tags that name a channel or a branch.</summary>
public sealed class ChannelTag : ContainerRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1007";

    /// <inheritdoc/>
    public override string Title => "Tag that names a channel";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "Tags such as stable, edge or main are moved with every build, so a restarted pod runs something that nobody rolled out. "
        + "Name a version or a digest.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2", "NIST SP 800-53 SI-7", "NIST SP 800-190 4.2.2"];

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
                  image: registry.example.com/web:stable
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

    private static readonly string[] Channels =
    [
        "stable", "edge", "nightly", "dev", "develop", "development", "main", "master", "trunk", "head", "canary", "beta", "alpha", "rc",
        "testing", "staging", "prod", "production", "release", "snapshot", "current", "lts", "mainline", "rolling", "unstable", "next",
        "preview", "daily",
    ];

    /// <inheritdoc/>
    protected override void Check(KubernetesResource resource, Container container, FindingSink sink)
    {
        if (container.Image is { } image && ImageReference.Parse(image.Value) is { Digest: null, Tag: { } tag }
            && Channels.Contains(tag.ToLowerInvariant()))
            sink.Add(this, resource, image, $"The tag '{tag}' of '{image.Value}' is moved with every build: name a version or a digest.");
    }
}
