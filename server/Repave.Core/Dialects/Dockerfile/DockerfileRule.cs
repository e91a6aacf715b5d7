using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Dockerfile;

/// <summary>A rule that reads the stages of Dockerfiles.</summary>
public abstract class DockerfileRule : Rule
{
    /// <inheritdoc/>
    public sealed override string? Dialect => DockerfileDialect.DialectName;

    /// <inheritdoc/>
    public sealed override string ExampleLanguage => "dockerfile";

    /// <inheritdoc/>
    public sealed override string ExampleFile => "Dockerfile";

    /// <summary>Reports where a stage breaks the rule.</summary>
    public abstract void Check(DockerfileStage stage, FindingSink sink);

    /// <summary>Reports where a stage breaks the rule, which asks for the images that the repository builds itself.</summary>
    public virtual void Check(DockerfileStage stage, OwnImages own, FindingSink sink) => Check(stage, sink);
}
