namespace Repave.Core.Rules.Schema;

/// <summary>A field that the resource type does not have.</summary>
public sealed class UnknownField : Rule
{
    /// <summary>The one instance that findings refer to.</summary>
    public static Rule Instance => RuleCatalogue.Find("RPV0010")!;

    /// <inheritdoc/>
    public override string Id => "RPV0010";

    /// <inheritdoc/>
    public override string Title => "Field that does not exist";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Error;

    /// <inheritdoc/>
    public override string Reason =>
        "A field that the type does not know is refused by strict validation and silently dropped without it, "
        + "so what it was meant to do never happens. "
        + "Correct its name or move it to the place where it exists.";

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replica: 2
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
