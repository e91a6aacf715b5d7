using Repave.Core.Rules;

namespace Repave.Core.Parity;

/// <summary>A difference between environments that nobody said is meant.</summary>
public sealed class EnvironmentsDiffer : ParityRule
{
    /// <summary>The one instance that findings refer to.</summary>
    public static Rule Instance => RuleCatalogue.Find("RPV1691")!;

    /// <inheritdoc/>
    public override string Id => "RPV1691";

    /// <inheritdoc/>
    public override string Title => "Difference between environments that is not said to be meant";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "Environments that differ in more than they must prove nothing about each other: what works in one fails in the other. "
        + "Take the difference out, or say in 'parity: allow:' of .repave.yaml that it is meant, and why.";
}
