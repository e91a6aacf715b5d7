using Repave.Core.Plans;

namespace Repave.Core.Rules.Plans;

/// <summary>A configuration that is mutated in place while the pods that use it go on running.</summary>
public sealed class ChangeNotRolledOut : PlanRule
{
    /// <inheritdoc/>
    public override string Id => "RPV2005";

    /// <inheritdoc/>
    public override string Title => "Configuration mutated under running pods";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "The pods that use it do not restart, so they run with the old values until something else restarts them, each at another time, "
        + "and a rollback of the workload does not bring the old values back. "
        + "Give the new configuration a new name: the workload then rolls to it, and back from it.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/concepts/configuration/configmap/"];

    /// <inheritdoc/>
    public override string Before => """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: web-config
        data:
          greeting: hello
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 2
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
                  envFrom:
                    - configMapRef:
                        name: web-config
        """;

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: web-config
        data:
          greeting: goodbye
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 2
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
                  envFrom:
                    - configMapRef:
                        name: web-config
        """;

    /// <inheritdoc/>
    public override string Good => """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: web-config-2
        data:
          greeting: goodbye
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 2
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
                  envFrom:
                    - configMapRef:
                        name: web-config-2
        """;

    /// <inheritdoc/>
    public override IEnumerable<PlanIssue> Find(ResourceChange change, Plan plan, Settings settings)
    {
        foreach (var warning in WarningsOf(change, PlanWarningKind.NotRolledOut))
            yield return new PlanIssue($"{NameOf(change)} is mutated in place. {warning.Message}", warning);
    }
}
