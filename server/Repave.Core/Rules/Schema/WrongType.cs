namespace Repave.Core.Rules.Schema;

/// <summary>A value of the wrong type.</summary>
public sealed class WrongType : Rule
{
    /// <summary>The one instance that findings refer to.</summary>
    public static Rule Instance => RuleCatalogue.Find("RPV0011")!;

    /// <inheritdoc/>
    public override string Id => "RPV0011";

    /// <inheritdoc/>
    public override string Title => "Value of the wrong type";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Error;

    /// <inheritdoc/>
    public override string Reason =>
        "The platform refuses a text where a number is meant, a list where a mapping is meant, "
        + "or a word that YAML reads as a boolean where text is meant. "
        + "Write the value in the form that the field has; quotes make text, and no quotes make numbers and booleans.";

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop
        data:
          color: yes
        """;

    /// <inheritdoc/>
    public override string Good => """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop
        data:
          color: "yes"
        """;
}
