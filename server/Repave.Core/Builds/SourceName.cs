using Repave.Core.Text;

namespace Repave.Core.Builds;

/// <summary>What a name in a source means.</summary>
public enum SourceNameKind
{
    /// <summary>A value, by its path (<c>image.tag</c>).</summary>
    Value,

    /// <summary>A named template.</summary>
    Template,

    /// <summary>A file, or the folder of one, by its path.</summary>
    File,

    /// <summary>A resource that sources lay over one another, by its kind and name.</summary>
    Resource,
}

/// <summary>A place where a source names something.</summary>
/// <param name="Kind">What.</param>
/// <param name="Name">Its name; of a value its path from the top.</param>
/// <param name="Path">The file, as builds read it.</param>
/// <param name="Span">Where in its text: of a value the last part of its path.</param>
/// <param name="IsDefinition">Whether it is said there what it is, rather than that it is used.</param>
public sealed record SourceName(SourceNameKind Kind, string Name, string Path, TextSpan Span, bool IsDefinition)
{
    /// <summary>Of a use of a value, whether the path goes on behind it, so that not all of the value is used here.</summary>
    public bool GoesOn { get; init; }
}
