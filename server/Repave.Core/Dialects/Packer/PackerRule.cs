using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Packer;

/// <summary>A rule that reads Packer's templates.</summary>
public abstract class PackerRule : Rule
{
    /// <inheritdoc/>
    public sealed override string? Dialect => PackerDialect.DialectName;

    /// <inheritdoc/>
    public sealed override string ExampleLanguage => "hcl";

    /// <inheritdoc/>
    public sealed override string ExampleFile => "image.pkr.hcl";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2", "NIST SP 800-53 SI-7"];

    /// <summary>Reports where a source or a provisioner breaks the rule.</summary>
    /// <param name="part">The source or provisioner.</param>
    /// <param name="sink">Takes the findings.</param>
    public virtual void Check(PackerPart part, FindingSink sink)
    {
    }

    /// <summary>Reports where something else in a template breaks the rule.</summary>
    /// <param name="resource">A block, a variable or a local; a template in JSON as a whole.</param>
    /// <param name="sink">Takes the findings.</param>
    public virtual void CheckResource(Resource resource, FindingSink sink)
    {
    }
}
