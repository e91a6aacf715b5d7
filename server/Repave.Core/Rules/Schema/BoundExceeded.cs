namespace Repave.Core.Rules.Schema;

/// <summary>Nesting, aliases or size beyond the bounds.</summary>
public sealed class BoundExceeded : Rule
{
    /// <summary>The one instance that findings refer to.</summary>
    public static Rule Instance => RuleCatalogue.Find("RPV0003")!;

    /// <inheritdoc/>
    public override string Id => "RPV0003";

    /// <inheritdoc/>
    public override string Title => "Text beyond a bound";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Error;

    /// <inheritdoc/>
    public override string Reason =>
        "Collections that nest too deep, aliases that multiply and very large files make readers slow or crash, "
        + "and no platform takes them. "
        + "Split the file, or write out what the aliases stand for.";

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: v1
        kind: ConfigMap
        metadata: &self
          name: shop
          annotations: *self
        """;

    /// <inheritdoc/>
    public override string Good => """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop
        data:
          color: blue
        """;
}
