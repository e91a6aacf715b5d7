using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Rolling updates of pods that share a volume only one node may mount.</summary>
public sealed class SurgeOverOneVolume : PodRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1318";

    /// <inheritdoc/>
    public override string Title => "Roll-out that waits for a volume";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "The new pod waits for the volume that the old one holds, and the old one is not stopped before the new one is ready, "
        + "so the roll-out hangs when they are on different nodes. "
        + "Use a StatefulSet, or the strategy Recreate.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CP-10"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/concepts/workloads/controllers/deployment/"];

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: data
        spec:
          accessModes: [ReadWriteOnce]
          resources:
            requests:
              storage: 1Gi
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
                    - name: data
                      mountPath: /data
              volumes:
                - name: data
                  persistentVolumeClaim:
                    claimName: data
        """;

    /// <inheritdoc/>
    public override string Good => """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: data
        spec:
          accessModes: [ReadWriteMany]
          resources:
            requests:
              storage: 1Gi
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
                    - name: data
                      mountPath: /data
              volumes:
                - name: data
                  persistentVolumeClaim:
                    claimName: data
        """;

    /// <inheritdoc/>
    protected override void Check(KubernetesResource resource, PodSpec pod, KubernetesSet set, FindingSink sink)
    {
        if (!resource.Is("Deployment", "apps") || resource.Root.At("spec", "strategy")?.TextAt("type") == "Recreate"
            || resource.Root.At("spec", "strategy", "rollingUpdate")?.TextAt("maxSurge") is "0" or "0%")
            return;
        foreach (var volume in pod.Volumes)
        {
            if (volume["persistentVolumeClaim"]?.ScalarAt("claimName") is { } name
                && set.Find("PersistentVolumeClaim", resource.Id.Namespace, name.Value).Any(IsForOneNode))
                sink.Add(this, resource, name, $"A roll-out of '{resource.Id.Name}' can hang, "
                    + $"because old and new pod cannot both mount '{name.Value}': use a StatefulSet or the strategy Recreate.");
        }
    }

    private static bool IsForOneNode(KubernetesResource claim) =>
        claim.Root["spec"]?.ItemsAt("accessModes").OfType<ScalarNode>().Select(m => m.Value).ToList() is { Count: > 0 } modes
            && modes.TrueForAll(m => m is "ReadWriteOnce" or "ReadWriteOncePod");
}
