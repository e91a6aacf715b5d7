using Repave.Core.Text;

namespace Repave.Core.Syntax;

/// <summary>How what is written at a cursor has to look.</summary>
public enum CursorStyle
{
    /// <summary>A line for each field, by indentation.</summary>
    Block,

    /// <summary>In braces and brackets.</summary>
    Flow,

    /// <summary>As in JSON: keys and texts in double quotes, commas between fields.</summary>
    Json,
}

/// <summary>A field or item of a document, going by its lines alone.</summary>
/// <param name="Path">The fields that lead to the map or list that holds it.</param>
/// <param name="Key">Its key; null for an item of a list.</param>
/// <param name="Value">The text behind it, without quotes; empty where that is no scalar.</param>
public readonly record struct OutlineEntry(IReadOnlyList<string> Path, string? Key, string Value);

/// <summary>Where a cursor stands in a document, which may be broken because somebody is typing.</summary>
public abstract class Cursor
{
    /// <summary>The fields that lead to the map in which the cursor stands; <c>[]</c> for an item of a list, and a tag
    /// (<c>!If</c>) for the list or map that it stands before.</summary>
    public abstract IReadOnlyList<string> Path { get; }

    /// <summary>The key whose value is being written; null where a key is, or an item.</summary>
    public abstract string? Key { get; }

    /// <summary>The word under the cursor, in offsets of the text: what a completion replaces.</summary>
    public abstract TextSpan Word { get; }

    /// <summary>The keys that the map has besides, with the scalars behind them; a value that is no scalar is empty.</summary>
    public abstract IReadOnlyDictionary<string, string> Siblings { get; }

    /// <summary>The document's topmost fields that are scalars.</summary>
    public abstract IReadOnlyDictionary<string, string> Head { get; }

    /// <summary>The column of the map's keys.</summary>
    public abstract int Indent { get; }

    /// <summary>How what is written there has to look.</summary>
    public abstract CursorStyle Style { get; }

    /// <summary>The scalars that the list has besides, in their order; empty where the cursor stands in no list.</summary>
    public abstract IReadOnlyList<string> Items { get; }

    /// <summary>Whether an item of a list can be written there as a whole.</summary>
    public abstract bool IsItem { get; }

    /// <summary>How many items the list has before the cursor.</summary>
    public abstract int ItemsBefore { get; }

    /// <summary>The quotes in which the cursor stands; null if in none.</summary>
    public abstract char? Quote { get; }

    /// <summary>Whether those quotes are closed behind the cursor.</summary>
    public abstract bool IsQuoteClosed { get; }

    /// <summary>The tag before the value that is being written (<c>!Ref</c>); null if there is none.</summary>
    public abstract string? Tag { get; }

    /// <summary>Whether a colon follows the word: only the key is written.</summary>
    public abstract bool HasColon { get; }

    /// <summary>Whether another field of the map, or item of the list, follows without a comma between.</summary>
    public abstract bool NeedsComma { get; }

    /// <summary>How the language reads scalars.</summary>
    public abstract ScalarReading Reading { get; }

    /// <summary>What a comment says before the cursor; null where the cursor stands in no comment.</summary>
    public virtual string? Comment => null;

    /// <summary>Whether the cursor stands in a text of several lines, where nothing is a field.</summary>
    public virtual bool IsInText => false;

    /// <summary>The scalar fields of a map around the cursor.</summary>
    /// <param name="depth">How many steps of <see cref="Path"/> lead to it.</param>
    public abstract IReadOnlyDictionary<string, string> FieldsAround(int depth);

    /// <summary>The fields and items of the whole document, in their order.</summary>
    public abstract IEnumerable<OutlineEntry> Outline { get; }

    /// <summary>The fields of the map at a path, with the scalars behind them.</summary>
    public IEnumerable<(string Key, string Value)> FieldsAt(params string[] path) =>
        Outline.Where(e => e.Key is not null && e.Path.Count == path.Length && e.Path.SequenceEqual(path)).Select(e => (e.Key!, e.Value));

    /// <summary>The scalars at a path of fields and items.</summary>
    public IEnumerable<string> ValuesAt(params string[] path) => Outline
        .Where(e => e.Path.Count == path.Length - 1 && (e.Key ?? "[]") == path[path.Length - 1] && e.Value.Length > 0
            && e.Path.SequenceEqual(path.Take(path.Length - 1)))
        .Select(e => e.Value);
}
