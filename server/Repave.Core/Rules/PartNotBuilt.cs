namespace Repave.Core.Rules;

/// <summary>A part of a source that is not there, or not in the version that is asked for.</summary>
public sealed class PartNotBuilt : Rule
{
    /// <summary>The one instance that findings refer to.</summary>
    public static Rule Instance => RuleCatalogue.Find("RPV0006")!;

    /// <inheritdoc/>
    public override string Id => "RPV0006";

    /// <inheritdoc/>
    public override string Title => "Part that is not here";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "What is built here depends on a part that is neither in the repository nor fetched, so that part was left out or built in another "
        + "version. Fetch it ('helm dependency build') to have it built and checked as it will be applied.";

    /// <summary>None: a source is more than one text. The tests of builds have examples.</summary>
    public override bool HasExamples => false;

    /// <inheritdoc/>
    public override string Bad => "";

    /// <inheritdoc/>
    public override string Good => "";
}
