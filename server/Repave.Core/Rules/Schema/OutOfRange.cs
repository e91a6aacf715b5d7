namespace Repave.Core.Rules.Schema;

/// <summary>A number, length or count outside its bounds.</summary>
public sealed class OutOfRange : Rule
{
    /// <summary>The one instance that findings refer to.</summary>
    public static Rule Instance => RuleCatalogue.Find("RPV0015")!;

    /// <inheritdoc/>
    public override string Id => "RPV0015";

    /// <inheritdoc/>
    public override string Title => "Number or size outside its bounds";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Error;

    /// <inheritdoc/>
    public override string Reason =>
        "The platform refuses numbers, lengths and counts outside the bounds that the field has. "
        + "Use a value within them.";

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
                  ports:
                    - containerPort: 80800
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
