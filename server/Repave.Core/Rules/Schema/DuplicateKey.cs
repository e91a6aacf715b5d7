namespace Repave.Core.Rules.Schema;

/// <summary>A key that stands twice in one mapping.</summary>
public sealed class DuplicateKey : Rule
{
    /// <summary>The one instance that findings refer to.</summary>
    public static Rule Instance => RuleCatalogue.Find("RPV0002")!;

    /// <inheritdoc/>
    public override string Id => "RPV0002";

    /// <inheritdoc/>
    public override string Title => "Duplicate key";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Error;

    /// <inheritdoc/>
    public override string Reason =>
        "API servers refuse a key that is set twice, and other readers silently keep only one of the two values. "
        + "Remove one of them, or put both values where they belong.";

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop
        data:
          color: blue
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
        """;
}
