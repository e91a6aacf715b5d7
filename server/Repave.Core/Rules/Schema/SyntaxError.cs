namespace Repave.Core.Rules.Schema;

/// <summary>Text that is no YAML or JSON.</summary>
public sealed class SyntaxError : Rule
{
    /// <summary>The one instance that findings refer to.</summary>
    public static Rule Instance => RuleCatalogue.Find("RPV0001")!;

    /// <inheritdoc/>
    public override string Id => "RPV0001";

    /// <inheritdoc/>
    public override string Title => "Text that cannot be read";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Error;

    /// <inheritdoc/>
    public override string Reason =>
        "The document cannot be read from the marked place on, so nothing in it can be checked or applied. "
        + "Mend the text there; everything before it was read and checked.";

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop
        data:
          color: "blue
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
