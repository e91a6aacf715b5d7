using Repave.Core.Syntax.Dockerfile;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Dockerfile;

/// <summary>How a stage comes by an image.</summary>
public enum DockerfileImageUse
{
    /// <summary>It is built upon it.</summary>
    Base,

    /// <summary>It copies files from it.</summary>
    Copied,

    /// <summary>It mounts it for a command.</summary>
    Mounted,
}

/// <summary>An image that a stage needs.</summary>
/// <param name="Name">Its name, arguments' defaults filled in; null if only the build knows it.</param>
/// <param name="Span">Where it is written, in offsets of the document's text; of a COPY, its flag.</param>
/// <param name="NameSpan">Where its name alone is written.</param>
/// <param name="Use">How the stage comes by it.</param>
/// <param name="IsPlain">Whether the name stands there as it is, without variables.</param>
public sealed record DockerfileImage(string? Name, TextSpan Span, TextSpan NameSpan, DockerfileImageUse Use, bool IsPlain)
{
    /// <summary>The images that a stage needs, in their order; stages of the same file are none.</summary>
    public static IEnumerable<DockerfileImage> Of(DockerfileStage stage)
    {
        if (stage.From.Words is [var image, ..] && stage.Build.BaseOf(stage.Index) < 0)
            yield return new DockerfileImage(stage.Image, image.Span, image.Span, DockerfileImageUse.Base,
                image.Raw.IndexOf('$') < 0);
        foreach (var instruction in stage.Instructions)
        {
            foreach (var flag in instruction.Flags)
            {
                if (flag.Word is not { } word)
                    continue;
                var name = instruction.Keyword == "COPY" && flag.Name == "from" ? flag.Value
                    : instruction.Keyword == "RUN" && flag.Name == "mount" ? DockerfileMount.Read(flag.Value).From : null;
                if (name is not { Length: > 0 } || name.IndexOf('$') >= 0)
                    continue;
                var isCopy = instruction.Keyword == "COPY";
                if (DockerfileStages.Find(stage.Build.Froms, name, stage.Build.Froms.Count, isCopy) >= 0
                    || (isCopy && name.All(c => c is >= '0' and <= '9')))
                    continue;
                var at = word.Raw.IndexOf(name, StringComparison.Ordinal);
                var place = at < 0 ? flag.Span : word.PartOf(at, at + name.Length);
                yield return new DockerfileImage(name, isCopy ? flag.Span : place, place,
                    isCopy ? DockerfileImageUse.Copied : DockerfileImageUse.Mounted, at >= 0);
            }
        }
    }
}
