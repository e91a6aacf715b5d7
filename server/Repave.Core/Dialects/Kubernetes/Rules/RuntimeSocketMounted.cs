using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Sockets of container runtimes that pods mount.</summary>
public sealed class RuntimeSocketMounted : KubernetesRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1103";

    /// <inheritdoc/>
    public override string Title => "Container runtime socket mounted";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "Whoever reaches the runtime's socket starts, changes and removes containers on the node past the API server, "
        + "its admission and its audit. "
        + "Use the API server with a service account, or a tool that needs no socket.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls =>
        ["NIST SP 800-53 AC-6", "NIST SP 800-53 CM-5", "NIST SP 800-190 4.4.3", "CIS Kubernetes Benchmark 5.2.12"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/concepts/security/pod-security-standards/"];

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
                    - name: runtime
                      mountPath: /var/run/docker.sock
              volumes:
                - name: runtime
                  hostPath:
                    path: /var/run/docker.sock
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
                    - name: scratch
                      mountPath: /scratch
              volumes:
                - name: scratch
                  emptyDir: {}
        """;

    private static readonly string[] Sockets =
        ["docker.sock", "containerd.sock", "crio.sock", "cri-dockerd.sock", "dockershim.sock", "podman.sock", "frakti.sock"];

    /// <inheritdoc/>
    public override void Check(KubernetesResource resource, KubernetesSet set, FindingSink sink)
    {
        // Agents that run on every node look after its containers.
        if (resource.Kind == "DaemonSet")
            return;
        foreach (var volume in resource.PodSpec?.Volumes ?? [])
        {
            if (volume["hostPath"]?.ScalarAt("path") is not { } path)
                continue;
            var name = path.Value.TrimEnd('/');
            if (Sockets.Contains(name.Substring(name.LastIndexOf('/') + 1)))
                sink.Add(this, resource, path,
                    $"The pod reaches the container runtime through '{path.Value}' and can change any container of the node.");
        }
    }
}
