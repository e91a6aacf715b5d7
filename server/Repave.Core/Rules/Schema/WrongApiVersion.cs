namespace Repave.Core.Rules.Schema;

/// <summary>An apiVersion that the chosen release does not serve for the kind.</summary>
public sealed class WrongApiVersion : Rule
{
    /// <summary>The one instance that findings refer to.</summary>
    public static Rule Instance => RuleCatalogue.Find("RPV0017")!;

    /// <inheritdoc/>
    public override string Id => "RPV0017";

    /// <inheritdoc/>
    public override string Title => "apiVersion that is not served";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Error;

    /// <inheritdoc/>
    public override string Reason =>
        "The chosen release has no such kind in this apiVersion, so the resource cannot be created. "
        + "Use the apiVersion that the message names; fields may have moved between them.";

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: extensions/v1beta1
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
