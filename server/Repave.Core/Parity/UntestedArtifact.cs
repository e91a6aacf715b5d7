using Repave.Core.Rules;

namespace Repave.Core.Parity;

/// <summary>An artifact in an environment that the one before it never had.</summary>
public sealed class UntestedArtifact : ParityRule
{
    /// <summary>The one instance that findings refer to.</summary>
    public static Rule Instance => RuleCatalogue.Find("RPV1690")!;

    /// <inheritdoc/>
    public override string Id => "RPV1690";

    /// <inheritdoc/>
    public override string Title => "Artifact that the earlier environment does not run";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Error;

    /// <inheritdoc/>
    public override string Reason =>
        "What runs here was never run where it should have been tried before: the earlier environment names another image, tag or digest. "
        + "Promote the very artifact that ran there, by its digest, or say in 'parity: allow:' why it may differ.";
}
