using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects;

/// <summary>A place where a name stands that means something in its own document only.</summary>
/// <param name="Span">Where, in offsets of the document's text.</param>
/// <param name="IsDefinition">Whether it is defined there.</param>
public sealed record LocalName(Text.TextSpan Span, bool IsDefinition);

/// <summary>A set whose resources name one another.</summary>
public interface INames
{
    /// <summary>The places in a resource that name others.</summary>
    IEnumerable<Reference> ReferencesOf(Resource resource);

    /// <summary>The resources that a name means.</summary>
    IEnumerable<Resource> Find(ResourceId id);

    /// <summary>Whether a reference means a resource.</summary>
    bool Means(Reference reference, Resource resource);

    /// <summary>Every place of the name that stands at an offset, where it means something in its document only, its definition first; none
    /// if it does not.</summary>
    /// <param name="document">The document.</param>
    /// <param name="offset">The offset in its text.</param>
    IReadOnlyList<LocalName> LocalNamesAt(Document document, int offset);
}
