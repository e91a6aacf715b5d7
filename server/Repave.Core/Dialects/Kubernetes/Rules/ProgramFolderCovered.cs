using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Writable volumes mounted over folders that hold programs.</summary>
public sealed class ProgramFolderCovered : PodRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1114";

    /// <inheritdoc/>
    public override string Title => "Writable volume over program files";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A writable volume over a program folder lets a running container replace its own programs. "
        + "Mount data beside the programs, or mount the volume read-only.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 SI-7", "NIST SP 800-53 CM-5"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://csrc.nist.gov/pubs/sp/800/190/final"];

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
                    - name: data
                      mountPath: /usr/local/bin
              volumes:
                - name: data
                  emptyDir: {}
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
                    - name: data
                      mountPath: /data
              volumes:
                - name: data
                  emptyDir: {}
        """;

    private static readonly string[] Programs =
    [
        "/bin", "/sbin", "/lib", "/lib64", "/usr", "/usr/bin", "/usr/sbin", "/usr/lib", "/usr/local", "/usr/local/bin", "/usr/local/sbin",
        "/usr/local/lib", "/opt", "/app/bin", "",
    ];

    /// <inheritdoc/>
    protected override void Check(KubernetesResource resource, PodSpec pod, KubernetesSet set, FindingSink sink)
    {
        var writable = new HashSet<string>(
            pod.Volumes.Where(v => v["emptyDir"] is not null || v["persistentVolumeClaim"] is not null || v["hostPath"] is not null
                || v["nfs"] is not null).Select(v => v.TextAt("name")).OfType<string>(),
            StringComparer.Ordinal);
        foreach (var container in pod.Containers.Where(c => c.RunsForLife))
        {
            foreach (var mount in container.Node.ItemsAt("volumeMounts"))
            {
                if (mount.TextAt("readOnly") != "true" && writable.Contains(mount.TextAt("name") ?? "")
                    && mount.ScalarAt("mountPath") is { } path && Programs.Contains(path.Value.TrimEnd('/')))
                    sink.Add(this, resource, path,
                        $"A writable volume covers the programs in '{path.Value}': mount it elsewhere or read-only.");
            }
        }
    }
}
