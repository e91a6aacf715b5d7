using Repave.Core.Model;
using Repave.Core.Text;

namespace Repave.Core.Dialects;

/// <summary>What a name of a machine image is.</summary>
public enum MachineImageKind
{
    /// <summary>The image's own name.</summary>
    Name,

    /// <summary>The name of a family, whose newest image is meant.</summary>
    Family,

    /// <summary>A parameter that holds the image's id.</summary>
    Parameter,

    /// <summary>A recipe that it is built by.</summary>
    Recipe,

    /// <summary>The id that its platform gave it.</summary>
    Id,
}

/// <summary>A name of a machine image, as far as it is known.</summary>
/// <param name="Cloud">Whose image it is (<c>aws</c>).</param>
/// <param name="Kind">What the name is.</param>
/// <param name="Likely">The name, with the values that variables have unless others are given.</param>
/// <param name="Certain">The name, of which only that is known which nobody can give another value.</param>
public sealed record MachineImageName(string Cloud, MachineImageKind Kind, NamePattern Likely, NamePattern Certain)
{
    /// <summary>A name that is known as a whole.</summary>
    public static MachineImageName Of(string cloud, MachineImageKind kind, string name) => new(cloud, kind, new(name), new(name));

    /// <summary>Whether both are likely to mean the same image.</summary>
    public bool IsLikely(MachineImageName other) => Cloud == other.Cloud && Kind == other.Kind
        && (Likely.IsWhole && Likely == other.Likely ? Likely.Text.Length > 0 : Likely.IsLikely(other.Likely));

    /// <summary>Whether both may mean the same image, whatever variables are given.</summary>
    public bool Meets(MachineImageName other) => Cloud == other.Cloud && Kind == other.Kind && Certain.Meets(other.Certain);
}

/// <summary>A place that says how a machine image is called that is built.</summary>
/// <param name="From">The resource that says it.</param>
/// <param name="Span">Where, in offsets of the document's text.</param>
/// <param name="Name">The name.</param>
public sealed record MachineImageBuild(Resource From, TextSpan Span, MachineImageName Name)
{
    /// <summary>Whether its own language can hand the image on without naming it, so that who uses it need not look for it.</summary>
    public bool IsHandedOn { get; init; }
}

/// <summary>A place that names or looks for a machine image.</summary>
/// <param name="From">The resource that does.</param>
/// <param name="Span">Where, in offsets of the document's text.</param>
/// <param name="Name">The name.</param>
/// <param name="IsOwn">Whether the image can be nobody's but the account's own.</param>
public sealed record MachineImageUse(Resource From, TextSpan Span, MachineImageName Name, bool IsOwn);

/// <summary>A set whose resources build machine images (AMIs and the like), or look for them.</summary>
public interface IMachineImages
{
    /// <summary>The machine images that a resource says how to build.</summary>
    IEnumerable<MachineImageBuild> MachineImagesBuiltBy(Resource resource);

    /// <summary>The machine images that a resource names or looks for.</summary>
    IEnumerable<MachineImageUse> MachineImagesOf(Resource resource);
}
