using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Variables from Secrets of the set that can be changed.</summary>
public sealed class SecretInEnvironment : PodRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1204";

    /// <inheritdoc/>
    public override string Title => "Secret that can change behind a variable";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "A variable is read once when the container starts, so after a Secret is changed in place some pods run with the old value "
        + "and some with the new. "
        + "Make the Secret immutable and give each content its own name.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-3", "CIS Kubernetes Benchmark 5.4.1"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/concepts/configuration/configmap/"];

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: v1
        kind: Secret
        metadata:
          name: shop
        stringData:
          token: x
        ---
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
                  env:
                    - name: TOKEN
                      valueFrom:
                        secretKeyRef:
                          name: shop
                          key: token
        """;

    /// <inheritdoc/>
    public override string Good => """
        apiVersion: v1
        kind: Secret
        metadata:
          name: shop
        immutable: true
        stringData:
          token: x
        ---
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
                  env:
                    - name: TOKEN
                      valueFrom:
                        secretKeyRef:
                          name: shop
                          key: token
        """;

    /// <inheritdoc/>
    protected override void Check(KubernetesResource resource, PodSpec pod, KubernetesSet set, FindingSink sink)
    {
        foreach (var source in pod.Containers.SelectMany(c => c.Node.ItemsAt("env").Select(v => v.At("valueFrom", "secretKeyRef"))
            .Concat(c.Node.ItemsAt("envFrom").Select(v => v["secretRef"]))))
        {
            if (source?.ScalarAt("name") is { } name
                && set.Find("Secret", resource.Id.Namespace, name.Value).Any(r => r.Root.TextAt("immutable") != "true"))
                sink.Add(this, resource, name, $"The Secret '{name.Value}' can be changed, and running containers keep the old value: "
                    + "make it immutable and give each content its own name.");
        }
    }
}
