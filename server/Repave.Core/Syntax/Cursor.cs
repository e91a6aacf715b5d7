using Repave.Core.Text;

namespace Repave.Core.Syntax;

/// <summary>Where a cursor stands in a document, which may be broken because somebody is typing.</summary>
public abstract class Cursor
{
    /// <summary>The fields that lead to the map in which the cursor stands; <c>[]</c> for an item of a list.</summary>
    public abstract IReadOnlyList<string> Path { get; }

    /// <summary>The key whose value is being written; null where a key is.</summary>
    public abstract string? Key { get; }

    /// <summary>The word under the cursor, in offsets of the text: what a completion replaces.</summary>
    public abstract TextSpan Word { get; }

    /// <summary>The keys that the map has on other lines.</summary>
    public abstract IReadOnlyCollection<string> Siblings { get; }

    /// <summary>The document's topmost fields that are scalars.</summary>
    public abstract IReadOnlyDictionary<string, string> Head { get; }

    /// <summary>The column of the map's keys.</summary>
    public abstract int Indent { get; }
}
