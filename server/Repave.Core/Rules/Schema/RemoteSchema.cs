namespace Repave.Core.Rules.Schema;

/// <summary>A JSON Schema that is named by an address.</summary>
public sealed class RemoteSchema : Rule
{
    /// <summary>The one instance that findings refer to.</summary>
    public static Rule Instance => RuleCatalogue.Find("RPV0032")!;

    /// <inheritdoc/>
    public override string Id => "RPV0032";

    /// <inheritdoc/>
    public override string Title => "Schema at an address";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "The text names a schema by an address of the network, and nothing is fetched from there, so it was not used. "
        + "Keep a copy of the schema beside the text and name its path.";

    /// <inheritdoc/>
    public override string Bad => """
        # yaml-language-server: $schema=https://schemas.example.com/color.json
        color: blue
        """;

    /// <inheritdoc/>
    public override string Good => """
        color: blue
        """;
}
