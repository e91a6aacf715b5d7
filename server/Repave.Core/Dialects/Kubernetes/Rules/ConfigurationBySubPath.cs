using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Configuration of the set that can change and is mounted by subPath.</summary>
public sealed class ConfigurationBySubPath : PodRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1203";

    /// <inheritdoc/>
    public override string Title => "Mounted configuration that never follows its source";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "A file mounted by subPath never follows its ConfigMap, so a change in place reaches only the pods that start later. "
        + "Make the configuration immutable under a new name, so that a change rolls every pod.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-3"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/concepts/storage/volumes/#using-subpath"];

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
                  volumeMounts:
                    - name: config
                      mountPath: /etc/web/color
                      subPath: color
              volumes:
                - name: config
                  configMap:
                    name: shop
        """;

    /// <inheritdoc/>
    public override string Good => """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop
        immutable: true
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
                  volumeMounts:
                    - name: config
                      mountPath: /etc/web/color
                      subPath: color
              volumes:
                - name: config
                  configMap:
                    name: shop
        """;

    /// <inheritdoc/>
    protected override void Check(KubernetesResource resource, PodSpec pod, KubernetesSet set, FindingSink sink)
    {
        var volumes = new Dictionary<string, (string Kind, string Name)>(StringComparer.Ordinal);
        foreach (var volume in pod.Volumes)
        {
            if (volume.TextAt("name") is not { } name)
                continue;
            if (volume["configMap"]?.TextAt("name") is { } map)
                volumes[name] = ("ConfigMap", map);
            else if (volume["secret"]?.TextAt("secretName") is { } secret)
                volumes[name] = ("Secret", secret);
        }

        foreach (var mount in pod.Containers.SelectMany(c => c.Node.ItemsAt("volumeMounts")))
        {
            if (mount.ScalarAt("subPath") is { } path && volumes.TryGetValue(mount.TextAt("name") ?? "", out var source)
                && set.Find(source.Kind, resource.Id.Namespace, source.Name).Any(r => r.Root.TextAt("immutable") != "true"))
                sink.Add(this, resource, path, $"'{path.Value}' never follows the {source.Kind} '{source.Name}' in running pods: "
                    + "make it immutable, and give each content its own name.");
        }
    }
}
