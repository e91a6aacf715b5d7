using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>References to keys that the ConfigMap or Secret of the set does not have.</summary>
public sealed class MissingConfigurationKey : PodRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1207";

    /// <inheritdoc/>
    public override string Title => "Key that the configuration does not have";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A container that needs a key which is not there does not start, so the next replacement of its pod fails. "
        + "Correct the key, or add it.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-6"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/concepts/configuration/configmap/"];

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop
        data:
          color: blue
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
                    - name: COLOR
                      valueFrom:
                        configMapKeyRef:
                          name: shop
                          key: colour
        """;

    /// <inheritdoc/>
    public override string Good => """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop
        data:
          color: blue
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
                    - name: COLOR
                      valueFrom:
                        configMapKeyRef:
                          name: shop
                          key: color
        """;

    /// <inheritdoc/>
    protected override void Check(KubernetesResource resource, PodSpec pod, KubernetesSet set, FindingSink sink)
    {
        foreach (var variable in pod.Containers.SelectMany(c => c.Node.ItemsAt("env")))
        {
            foreach (var (field, kind) in ((string, string)[])[("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret")])
            {
                if (variable.At("valueFrom", field) is not { } source || source.ScalarAt("key") is not { } key
                    || source.TextAt("name") is not { } name || source.TextAt("optional") == "true")
                    continue;
                var found = set.Find(kind, resource.Id.Namespace, name).ToList();
                // Encrypted and generated Secrets get their keys later.
                if (found.Count > 0 && found.TrueForAll(r => KeysOf(r).Any() && !KeysOf(r).Contains(key.Value)))
                    sink.Add(this, resource, key, $"The {kind} '{name}' has no key '{key.Value}': the container would not start.");
            }
        }
    }

    private static IEnumerable<string> KeysOf(KubernetesResource resource) =>
        ((string[])["data", "binaryData", "stringData"]).SelectMany(field => resource.Root.MappingAt(field)?.AllEntries ?? [])
            .Select(e => e.Name).OfType<string>();
}
