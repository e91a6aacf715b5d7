using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects;

/// <summary>What fits where a cursor stands.</summary>
/// <param name="Holder">The shape of the structure that it stands in; null if unknown.</param>
/// <param name="Values">Values, or keys that an author chooses, besides those that the shape knows.</param>
public sealed record CursorPlace(Shape? Holder, IReadOnlyList<string> Values)
{
    /// <summary>Keys that fit where nothing says yet what the structure is, with the text that goes behind each.</summary>
    public IReadOnlyList<(string Key, string Text)> Keys { get; init; } = [];
}

/// <summary>A resource that can be written as a whole.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Detail">What to say of it.</param>
/// <param name="Head">The text that begins it; the author's name for it goes behind this.</param>
/// <param name="Body">The field that holds the rest, or null.</param>
public sealed record WholeResource(string Name, string Detail, string Head, ShapeField? Body);

/// <summary>A set that knows what fits where a cursor stands.</summary>
public interface ICompletes
{
    /// <summary>Whether a document in which a cursor stands is the dialect's, going by its lines; it may be broken.</summary>
    bool Owns(Cursor cursor, string text);

    /// <summary>What fits where a cursor stands.</summary>
    /// <param name="cursor">The cursor.</param>
    /// <param name="text">The document's text, which may be broken.</param>
    /// <param name="head">The document's topmost scalar fields.</param>
    CursorPlace Locate(Cursor cursor, string text, IReadOnlyDictionary<string, string> head);

    /// <summary>Resources as a whole, for a document that says nothing yet.</summary>
    IEnumerable<WholeResource> WholeResources { get; }
}
