using Repave.Core.Model;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects;

/// <summary>What stands at a place, for people.</summary>
/// <param name="Span">What it speaks of, in offsets of the document's text.</param>
/// <param name="Text">What is to be said, in Markdown.</param>
public sealed record PlaceDescription(TextSpan Span, string Text);

/// <summary>What can be written at a place.</summary>
/// <param name="Label">What it is called.</param>
/// <param name="Detail">What to say of it; null if nothing.</param>
/// <param name="Text">What is written.</param>
public sealed record PlaceCompletion(string Label, string? Detail, string Text)
{
    /// <summary>What is written by editors that take tab stops; null where that is the same.</summary>
    public string? Snippet { get; init; }
}

/// <summary>A part of a resource, for an outline.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Detail">What to say of it; null if nothing.</param>
/// <param name="Span">All of it, in offsets of the document's text.</param>
/// <param name="NameSpan">Where its name stands.</param>
public sealed record ResourcePart(string Name, string? Detail, TextSpan Span, TextSpan NameSpan);

/// <summary>A set whose documents have no tree of values, so that it says itself what stands where.</summary>
public interface IPlaces
{
    /// <summary>Whether a document is one of its own.</summary>
    bool Owns(Document document);

    /// <summary>What stands at an offset of a document; null if nothing is to be said of it.</summary>
    PlaceDescription? DescribeAt(Document document, int offset);

    /// <summary>What can be written at an offset of a document, which may be broken, and the word that it takes the place of.</summary>
    (TextSpan Word, IReadOnlyList<PlaceCompletion> Items) CompleteAt(Document document, int offset);

    /// <summary>The parts of a resource.</summary>
    IEnumerable<ResourcePart> PartsOf(Resource resource);
}
