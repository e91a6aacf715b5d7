using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Data folders of databases on volumes that vanish with the pod.</summary>
public sealed class DatabaseOnScratchSpace : PodRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1503";

    /// <inheritdoc/>
    public override string Title => "Database on scratch space";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "An emptyDir is deleted with its pod, so every replacement of the pod loses the data. "
        + "Give the data a claim, in a StatefulSet.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CP-9"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/concepts/storage/persistent-volumes/"];

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
                  image: postgres:17.2
                  volumeMounts:
                    - name: data
                      mountPath: /var/lib/postgresql/data
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
                  image: postgres:17.2
                  volumeMounts:
                    - name: data
                      mountPath: /var/lib/postgresql/data
              volumes:
                - name: data
                  persistentVolumeClaim:
                    claimName: data
        """;

    private static readonly string[] DataFolders =
    [
        "/var/lib/postgresql", "/var/lib/mysql", "/var/lib/mariadb", "/data/db", "/var/lib/mongodb", "/var/lib/cassandra",
        "/cassandra_data", "/usr/share/elasticsearch/data", "/var/lib/elasticsearch",
        "/var/lib/rabbitmq", "/var/lib/kafka", "/bitnami/postgresql", "/bitnami/mysql", "/bitnami/mariadb", "/bitnami/mongodb",
        "/var/lib/etcd", "/var/lib/influxdb", "/var/lib/neo4j", "/var/opt/mssql",
        "/var/lib/clickhouse", "/var/lib/couchdb", "/opt/couchdb/data", "/cockroach/cockroach-data", "/var/lib/zookeeper",
    ];

    /// <inheritdoc/>
    protected override void Check(KubernetesResource resource, PodSpec pod, KubernetesSet set, FindingSink sink)
    {
        var scratch = new HashSet<string>(pod.Volumes.Where(v => v["emptyDir"] is not null).Select(v => v.TextAt("name")).OfType<string>(),
            StringComparer.Ordinal);
        foreach (var container in pod.Containers.Where(c => c.List == "containers"))
        {
            foreach (var mount in container.Node.ItemsAt("volumeMounts"))
            {
                if (mount.ScalarAt("mountPath") is { } path && scratch.Contains(mount.TextAt("name") ?? "") && DataFolders.Any(
                    folder => path.Value.TrimEnd('/') == folder || path.Value.StartsWith(folder + "/", StringComparison.Ordinal)))
                    sink.Add(this, resource, path, $"Each replacement of the pod loses the data in '{path.Value}': give it a claim.");
            }
        }
    }
}
