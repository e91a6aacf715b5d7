namespace Repave.Core.Rules.Schema;

/// <summary>A list item that stands twice.</summary>
public sealed class DuplicateItem : Rule
{
    /// <summary>The one instance that findings refer to.</summary>
    public static Rule Instance => RuleCatalogue.Find("RPV0016")!;

    /// <inheritdoc/>
    public override string Id => "RPV0016";

    /// <inheritdoc/>
    public override string Title => "Duplicate list item";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Error;

    /// <inheritdoc/>
    public override string Reason =>
        "The items of this list are known by a key, and two with the same key are refused or overwrite each other. "
        + "Give each item a key of its own, or remove one.";

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
                  volumeMounts:
                    - name: cache
                      mountPath: /cache
                    - name: cache
                      mountPath: /cache
                  ports:
                    - containerPort: 8080
              volumes:
                - name: cache
                  emptyDir: {}
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
