using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Text;

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

    /// <summary>Adds the digest that other places of the repository give the tag; null where none does.</summary>
    private protected static Fix? PinFix(DockerfileImage image, KnownImages known, FindingSink sink) =>
        image is { IsPlain: true, Name: { } name } && known.DigestOf(name) is { } digest
            ? sink.FixHere("Add the digest that this tag has elsewhere", new TextEdit(new TextSpan(image.NameSpan.End, image.NameSpan.End),
                "@" + digest))
            : null;

    /// <summary>Reports where a stage breaks the rule, which asks what the repository says of images.</summary>
    public virtual void Check(DockerfileStage stage, KnownImages known, FindingSink sink) => Check(stage, sink);
}
