namespace Repave.Core.Rules.Schema;

/// <summary>A reference to a resource that no checked file defines.</summary>
public sealed class UnresolvedReference : Rule
{
    /// <summary>The one instance that findings refer to.</summary>
    public static Rule Instance => RuleCatalogue.Find("RPV0022")!;

    /// <inheritdoc/>
    public override string Id => "RPV0022";

    /// <inheritdoc/>
    public override string Title => "Reference to something outside the checked files";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "The named resource is not among the checked files, so whether it exists was not checked. "
        + "Check the files that define it together with this one, or make sure that the environment has it.";

    /// <inheritdoc/>
    public override string Bad => """
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
                  imagePullPolicy: IfNotPresent
                  envFrom:
                    - configMapRef:
                        name: shop
                  ports:
                    - containerPort: 8080
        """;

    /// <inheritdoc/>
    public override string Good => """
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
                  imagePullPolicy: IfNotPresent
                  envFrom:
                    - configMapRef:
                        name: shop
                  ports:
                    - containerPort: 8080
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop
        data:
          color: blue
        """;
}
