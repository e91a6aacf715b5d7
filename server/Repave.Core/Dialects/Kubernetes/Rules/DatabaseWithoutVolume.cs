using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Databases that keep their data in the container.</summary>
public sealed class DatabaseWithoutVolume : PodRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1504";

    /// <inheritdoc/>
    public override string Title => "Database without a volume";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "What a database writes into its container is gone with the container, so every replacement loses it. "
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

    private static readonly string[] Databases =
    [
        "postgres", "postgresql", "postgis", "mysql", "mariadb", "percona", "mongo", "mongodb", "cassandra", "elasticsearch", "opensearch",
        "couchdb", "neo4j", "influxdb", "clickhouse-server", "cockroach", "rethinkdb", "mssql-server", "timescaledb",
    ];

    /// <inheritdoc/>
    protected override void Check(KubernetesResource resource, PodSpec pod, KubernetesSet set, FindingSink sink)
    {
        if (resource.Kind is "Job" or "CronJob" || pod.Volumes.Any() || resource.Root["spec"]?["volumeClaimTemplates"] is not null)
            return;
        foreach (var container in pod.Containers
            .Where(c => c.List == "containers" && c.Node["command"] is null && c.Node["volumeMounts"] is null))
        {
            if (container.Image is { } image && ImageReference.Parse(image.Value).Repository is var repository
                && Databases.Contains(repository.Substring(repository.LastIndexOf('/') + 1)))
                sink.Add(this, resource, image,
                    $"'{container.Name}' keeps its data in the container, and each replacement loses it: give it a claim.");
        }
    }
}
