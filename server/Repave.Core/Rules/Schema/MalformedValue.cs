namespace Repave.Core.Rules.Schema;

/// <summary>A value that does not follow its grammar.</summary>
public sealed class MalformedValue : Rule
{
    /// <summary>The one instance that findings refer to.</summary>
    public static Rule Instance => RuleCatalogue.Find("RPV0014")!;

    /// <inheritdoc/>
    public override string Id => "RPV0014";

    /// <inheritdoc/>
    public override string Title => "Value that does not follow its grammar";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Error;

    /// <inheritdoc/>
    public override string Reason =>
        "Names, labels, quantities, addresses, schedules and encoded data each have a grammar that the platform checks. "
        + "Write the value as the message says.";

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: Shop_Config
        data:
          color: blue
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
