namespace Repave.Core.Rules.Schema;

/// <summary>A JSON Schema that cannot be read.</summary>
public sealed class UnreadableSchema : Rule
{
    /// <summary>The one instance that findings refer to.</summary>
    public static Rule Instance => RuleCatalogue.Find("RPV0033")!;

    /// <inheritdoc/>
    public override string Id => "RPV0033";

    /// <inheritdoc/>
    public override string Title => "Schema that cannot be read";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "The text names a schema file that is missing or is no JSON Schema, so nothing was validated against it. "
        + "Correct the path or the schema.";

    /// <inheritdoc/>
    public override string Bad => """
        # yaml-language-server: $schema=./no-such-schema.json
        color: blue
        """;

    /// <inheritdoc/>
    public override string Good => """
        color: blue
        """;
}
