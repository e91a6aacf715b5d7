using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Folders of the node that a pod can write.</summary>
public sealed class WritableHostPath : PodRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1110";

    /// <inheritdoc/>
    public override string Title => "Folder of the node that can be written";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "A pod that writes into its node changes it under everything else that runs there, and loses what it wrote when it moves. "
        + "Mount it read-only, or use a volume of its own.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-5", "NIST SP 800-190 4.5.5", "CIS Kubernetes Benchmark 5.2.12"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/concepts/storage/volumes/#hostpath"];

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
                  volumeMounts:
                    - name: node
                      mountPath: /node
                      readOnly: false
              volumes:
                - name: node
                  hostPath:
                    path: /srv/data
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
                  volumeMounts:
                    - name: node
                      mountPath: /node
                      readOnly: true
              volumes:
                - name: node
                  hostPath:
                    path: /srv/data
        """;

    /// <inheritdoc/>
    protected override void Check(KubernetesResource resource, PodSpec pod, KubernetesSet set, FindingSink sink)
    {
        // Agents that run on every node are there for the node's sake.
        if (resource.Kind == "DaemonSet")
            return;
        var paths = pod.Volumes.Where(v => v["hostPath"] is not null && v.TextAt("name") is not null).GroupBy(v => v.TextAt("name")!)
            .ToDictionary(g => g.Key, g => g.First()["hostPath"]!.TextAt("path") ?? "?", StringComparer.Ordinal);
        foreach (var container in pod.Containers)
        {
            foreach (var mount in container.Node.ItemsAt("volumeMounts"))
            {
                if (mount.TextAt("name") is { } name && paths.TryGetValue(name, out var path)
                    && mount.TextAt("readOnly") != "true" && !IsDevice(path) && !Placeholders.IsMarked(path))
                    sink.Add(this, resource, mount, $"The container '{container.Name}' can write '{path}' of its node: "
                        + "mount it with readOnly: true, or use a volume of its own.");
            }
        }
    }

    // Devices and sockets are written to without changing a file of the node.
    private static bool IsDevice(string path) =>
        path == "/dev" || path.StartsWith("/dev/", StringComparison.Ordinal) || path.EndsWith(".sock", StringComparison.Ordinal);
}
