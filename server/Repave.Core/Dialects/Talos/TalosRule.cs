using Repave.Core.Rules;

namespace Repave.Core.Dialects.Talos;

/// <summary>A rule that reads machine configurations.</summary>
public abstract class TalosRule : Rule
{
    /// <inheritdoc/>
    public sealed override string? Dialect => TalosDialect.DialectName;

    /// <inheritdoc/>
    public sealed override string ExampleFile => "controlplane.yaml";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2", "NIST SP 800-53 CM-3"];

    /// <summary>Reports where a document breaks the rule.</summary>
    public abstract void Check(MachineConfigDocument document, FindingSink sink);
}
