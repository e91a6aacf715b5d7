namespace Repave.Core.Rules;

/// <summary>A value that is given to a chart and used by nothing in it.</summary>
public sealed class UnusedValue : Rule
{
    /// <summary>The one instance that findings refer to.</summary>
    public static Rule Instance => RuleCatalogue.Find("RPV0008")!;

    /// <inheritdoc/>
    public override string Id => "RPV0008";

    /// <inheritdoc/>
    public override string Title => "Value that nothing uses";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "No template of the chart names this value, so what it says has no effect: often it is misspelt, or what used it is gone. "
        + "Write the name that the templates use, or take the value out.";

    /// <summary>None: a source is more than one text. The tests of builds have examples.</summary>
    public override bool HasExamples => false;

    /// <inheritdoc/>
    public override string Bad => "";

    /// <inheritdoc/>
    public override string Good => "";
}
