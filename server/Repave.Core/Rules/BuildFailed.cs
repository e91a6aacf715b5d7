namespace Repave.Core.Rules;

/// <summary>A chart or an overlay that its own tool refuses.</summary>
public sealed class BuildFailed : Rule
{
    /// <summary>The one instance that findings refer to.</summary>
    public static Rule Instance => RuleCatalogue.Find("RPV0005")!;

    /// <inheritdoc/>
    public override string Id => "RPV0005";

    /// <inheritdoc/>
    public override string Title => "Source that cannot be built";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Error;

    /// <inheritdoc/>
    public override string Reason =>
        "The tool that builds manifests from this source stops at the marked place, so nothing of it can be applied or checked. "
        + "Mend it there; the message is the tool's own, and the related places say how it got there.";

    /// <summary>None: a source is more than one text. The tests of builds have examples.</summary>
    public override bool HasExamples => false;

    /// <inheritdoc/>
    public override string Bad => "";

    /// <inheritdoc/>
    public override string Good => "";
}
