using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects;

/// <summary>What fits where a cursor stands.</summary>
/// <param name="Holder">The shape of the structure, or of the item of a list, that it stands in; null if unknown.</param>
/// <param name="Values">Values besides those that the shape knows.</param>
public sealed record CursorPlace(Shape? Holder, IReadOnlyList<string> Values)
{
    /// <summary>A place where nothing fits.</summary>
    public static CursorPlace Nothing { get; } = new(null, []) { IsWhole = true };

    /// <summary>Keys that fit besides those that the shape knows: names of others, or what begins a document.</summary>
    public IReadOnlyList<ShapeField> Keys { get; init; } = [];

    /// <summary>Whether a resource can be written there as a whole.</summary>
    public bool BeginsResource { get; init; }

    /// <summary>Whether nothing fits but <see cref="Values"/> and <see cref="Keys"/>, whatever the shape says.</summary>
    public bool IsWhole { get; init; }

    /// <summary>The word that a value takes the place of; null for the cursor's own.</summary>
    public TextSpan? Word { get; init; }

    /// <summary>What has to follow a value in the same text (a brace that is not there yet).</summary>
    public string Ending { get; init; } = "";
}

/// <summary>A resource that can be written as a whole.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Detail">What to say of it.</param>
/// <param name="Head">The text that begins it; the author's name for it goes behind this.</param>
/// <param name="Body">The field that holds the rest, or null.</param>
public sealed record WholeResource(string Name, string Detail, string Head, ShapeField? Body)
{
    /// <summary>The lines behind the name, with what is to be replaced in braces; null where <see cref="Body"/> says them.</summary>
    public string? Skeleton { get; init; }

    /// <summary>The name until its author writes one, with what is to be replaced in braces.</summary>
    public string Standard { get; init; } = "{name}";
}

/// <summary>A set that knows what fits where a cursor stands.</summary>
public interface ICompletes
{
    /// <summary>Whether a document in which a cursor stands is the dialect's, going by its lines; it may be broken.</summary>
    /// <param name="cursor">The cursor.</param>
    /// <param name="path">The file's path, with forward slashes.</param>
    /// <param name="text">The document's text.</param>
    bool Owns(Cursor cursor, string path, string text);

    /// <summary>What fits where a cursor stands.</summary>
    /// <param name="cursor">The cursor.</param>
    /// <param name="path">The file's path, with forward slashes.</param>
    /// <param name="text">The document's text, which may be broken.</param>
    CursorPlace Locate(Cursor cursor, string path, string text);

    /// <summary>Resources as a whole, for a document that says nothing yet.</summary>
    IEnumerable<WholeResource> WholeResources { get; }
}
