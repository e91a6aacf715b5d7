namespace Repave.Core.Rules.Schema;

/// <summary>Something in a settings file that cannot be obeyed.</summary>
public sealed class UnreadableSetting : Rule
{
    /// <summary>The one instance that findings refer to.</summary>
    public static Rule Instance => RuleCatalogue.Find("RPV0034")!;

    /// <inheritdoc/>
    public override string Id => "RPV0034";

    /// <inheritdoc/>
    public override string Title => "Setting that cannot be read";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A line of the settings file means nothing, so what its author wanted does not happen; the lines that can be read count. "
        + "Correct the line. Builds and editors report it; the command line ends with exit code 2.";

    /// <inheritdoc/>
    public override bool HasExamples => false;

    /// <inheritdoc/>
    public override string Bad => "";

    /// <inheritdoc/>
    public override string Good => "";
}
