using Repave.Core.Rules;

namespace Repave.Core.Parity;

/// <summary>A rule on how two environments differ.</summary>
public abstract class ParityRule : Rule
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2", "NIST SP 800-53 CM-3"];

    /// <summary>None: it takes two environments. The tests of comparisons have examples.</summary>
    public override bool HasExamples => false;

    /// <inheritdoc/>
    public override string Bad => "";

    /// <inheritdoc/>
    public override string Good => "";
}
