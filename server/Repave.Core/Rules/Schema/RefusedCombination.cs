namespace Repave.Core.Rules.Schema;

/// <summary>Fields that the platform refuses together.</summary>
public sealed class RefusedCombination : Rule
{
    /// <summary>The one instance that findings refer to.</summary>
    public static Rule Instance => RuleCatalogue.Find("RPV0020")!;

    /// <inheritdoc/>
    public override string Id => "RPV0020";

    /// <inheritdoc/>
    public override string Title => "Fields that contradict each other";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Error;

    /// <inheritdoc/>
    public override string Reason =>
        "Each field is well formed by itself, and the platform refuses them together. "
        + "Change one of the fields as the message says.";

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
                app: shop
            spec:
              containers:
                - name: web
                  image: registry.example.com/web:1.4.2
                  imagePullPolicy: IfNotPresent
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
                  ports:
                    - containerPort: 8080
        """;
}
