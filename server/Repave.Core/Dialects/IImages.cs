using Repave.Core.Model;
using Repave.Core.Text;

namespace Repave.Core.Dialects;

/// <summary>A place that names a container image.</summary>
/// <param name="From">The resource that runs it, or is built upon it.</param>
/// <param name="Span">Where the name stands, in offsets of the document's text.</param>
/// <param name="Name">The name.</param>
public sealed record ImageUse(Resource From, TextSpan Span, string Name);

/// <summary>A place that says which images a file is built into.</summary>
/// <param name="From">The resource that says it.</param>
/// <param name="Span">Where, in offsets of the document's text.</param>
/// <param name="File">The path of the file.</param>
/// <param name="Stage">The stage of it that is built; null for the last.</param>
/// <param name="Names">The names that the image gets; none where it has none that others could use.</param>
public sealed record ImageBuild(Resource From, TextSpan Span, string File, string? Stage, IReadOnlyList<string> Names);

/// <summary>A set whose resources use images, or say how they are built.</summary>
public interface IImages
{
    /// <summary>The images that a resource names.</summary>
    IEnumerable<ImageUse> ImagesOf(Resource resource);

    /// <summary>What a resource says is built.</summary>
    IEnumerable<ImageBuild> ImageBuildsOf(Resource resource);
}
