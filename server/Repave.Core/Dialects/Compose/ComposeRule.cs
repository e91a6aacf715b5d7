using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Compose;

/// <summary>A rule that reads Compose files.</summary>
public abstract class ComposeRule : Rule
{
    /// <inheritdoc/>
    public sealed override string? Dialect => ComposeDialect.DialectName;

    /// <inheritdoc/>
    public sealed override string ExampleFile => "compose.yaml";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2", "NIST SP 800-53 CM-3"];

    /// <summary>Reports where a resource breaks the rule.</summary>
    /// <param name="resource">The resource; its fields may be wrong in places.</param>
    /// <param name="sink">Takes the findings.</param>
    public virtual void Check(ComposeResource resource, FindingSink sink)
    {
    }

    /// <summary>Reports where a resource breaks the rule, which asks what the repository says of images.</summary>
    /// <param name="resource">The resource; its fields may be wrong in places.</param>
    /// <param name="known">What it says.</param>
    /// <param name="sink">Takes the findings.</param>
    public virtual void Check(ComposeResource resource, KnownImages known, FindingSink sink) => Check(resource, sink);

    /// <summary>Reports where a file as a whole breaks the rule.</summary>
    /// <param name="first">The first resource of the file.</param>
    /// <param name="sink">Takes the findings.</param>
    public virtual void CheckFile(ComposeResource first, FindingSink sink)
    {
    }
}
