namespace Repave.Core.Rules;

/// <summary>A patch that changes nothing, because nothing that is built is selected by it.</summary>
public sealed class PatchWithoutTarget : Rule
{
    /// <summary>The one instance that findings refer to.</summary>
    public static Rule Instance => RuleCatalogue.Find("RPV0009")!;

    /// <inheritdoc/>
    public override string Id => "RPV0009";

    /// <inheritdoc/>
    public override string Title => "Patch that matches nothing";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "The target of this patch selects no resource of the build, and kustomize says nothing of that: what the patch should change "
            + "stays as "
        + "it is. Name what is there in the target, or take the patch out.";

    /// <summary>None: a source is more than one text. The tests of builds have examples.</summary>
    public override bool HasExamples => false;

    /// <inheritdoc/>
    public override string Bad => "";

    /// <inheritdoc/>
    public override string Good => "";
}
