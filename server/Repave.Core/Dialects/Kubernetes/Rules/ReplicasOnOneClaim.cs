using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Deployments of several replicas on a claim that one node may mount.</summary>
public sealed class ReplicasOnOneClaim : PodRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1506";

    /// <inheritdoc/>
    public override string Title => "Replicas that share a volume of one node";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "Replicas on other nodes cannot start, and those on one node write into each other's files. "
        + "Use a StatefulSet with claim templates, or a volume that many may mount.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CP-10"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/concepts/storage/persistent-volumes/"];

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
          replicas: 3
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
          replicas: 3
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
        if (resource.Kind is not ("Deployment" or "ReplicaSet" or "ReplicationController")
            || resource.Root["spec"]?.ScalarAt("replicas") is not { } replicas || replicas.Integer is not > 1)
            return;
        foreach (var volume in pod.Volumes)
        {
            if (volume["persistentVolumeClaim"]?.ScalarAt("claimName") is not { } name
                || volume["persistentVolumeClaim"]!.TextAt("readOnly") == "true")
                continue;
            if (set.Find("PersistentVolumeClaim", resource.Id.Namespace, name.Value).Any(IsForOneNode))
                sink.Add(this, resource, name, $"{replicas.Value} replicas share the claim '{name.Value}', which only one node may mount: "
                    + "use a StatefulSet with claim templates.");
        }
    }

    // A claim that names no mode says nothing.
    private static bool IsForOneNode(KubernetesResource claim) =>
        claim.Root["spec"]?.ItemsAt("accessModes").OfType<ScalarNode>().Select(m => m.Value).ToList() is { Count: > 0 } modes
            && modes.TrueForAll(m => m is "ReadWriteOnce" or "ReadWriteOncePod");
}
