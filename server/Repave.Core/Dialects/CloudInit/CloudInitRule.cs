using Repave.Core.Rules;

namespace Repave.Core.Dialects.CloudInit;

/// <summary>A rule that reads cloud-configs.</summary>
public abstract class CloudInitRule : Rule
{
    /// <inheritdoc/>
    public sealed override string? Dialect => CloudInitDialect.DialectName;

    /// <inheritdoc/>
    public sealed override string ExampleFile => "user-data.yaml";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2", "NIST SP 800-53 CM-3"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://cloudinit.readthedocs.io/en/latest/reference/modules.html"];

    /// <summary>Reports where a cloud-config breaks the rule.</summary>
    public abstract void Check(CloudConfig config);
}
