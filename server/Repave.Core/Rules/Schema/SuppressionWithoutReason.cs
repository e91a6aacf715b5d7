namespace Repave.Core.Rules.Schema;

/// <summary>A suppression that gives no reason.</summary>
public sealed class SuppressionWithoutReason : Rule
{
    /// <summary>The one instance that findings refer to.</summary>
    public static Rule Instance => RuleCatalogue.Find("RPV0031")!;

    /// <inheritdoc/>
    public override string Id => "RPV0031";

    /// <inheritdoc/>
    public override string Title => "Suppression without a reason";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A suppression that does not say why it is there cannot be judged by anyone who reads it later. "
        + "Write the reason behind two dashes: # repave: ignore RPV0010 -- why.";

    /// <inheritdoc/>
    public override string Bad => """
        # repave: ignore RPV0010
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          # repave: ignore RPV0010
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
        # repave: ignore-file RPV0010 -- the field is added by an admission plugin
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
}
