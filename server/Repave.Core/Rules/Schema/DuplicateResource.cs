namespace Repave.Core.Rules.Schema;

/// <summary>A resource that is defined twice in one set.</summary>
public sealed class DuplicateResource : Rule
{
    /// <summary>The one instance that findings refer to.</summary>
    public static Rule Instance => RuleCatalogue.Find("RPV0021")!;

    /// <inheritdoc/>
    public override string Id => "RPV0021";

    /// <inheritdoc/>
    public override string Title => "Resource defined twice";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Error;

    /// <inheritdoc/>
    public override string Reason =>
        "Two definitions of one resource overwrite each other in an order that nobody chose. "
        + "Keep one of them, or give the other a name of its own.";

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop
        data:
          color: blue
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop
        data:
          color: red
        """;

    /// <inheritdoc/>
    public override string Good => """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop
        data:
          color: blue
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop-eu
        data:
          color: red
        """;
}
