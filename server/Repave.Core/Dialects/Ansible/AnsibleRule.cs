using Repave.Core.Rules;

namespace Repave.Core.Dialects.Ansible;

/// <summary>A rule that reads plays.</summary>
public abstract class AnsibleRule : Rule
{
    /// <inheritdoc/>
    public sealed override string? Dialect => AnsibleDialect.DialectName;

    /// <inheritdoc/>
    public sealed override string ExampleFile => "site.yml";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2", "NIST SP 800-53 CM-3"];

    /// <summary>Reports where a play breaks the rule.</summary>
    /// <param name="play">The play.</param>
    /// <param name="workspace">What the files beside it say.</param>
    /// <param name="sink">Takes the findings.</param>
    internal abstract void Check(Play play, PlaybookWorkspace workspace, FindingSink sink);
}
