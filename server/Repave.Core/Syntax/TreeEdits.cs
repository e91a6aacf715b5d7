using Repave.Core.Text;

namespace Repave.Core.Syntax;

/// <summary>Edits of a document that keep comments, quoting, indentation and order elsewhere. Offsets are the document's; null where an
/// edit cannot be made surely.</summary>
public abstract class TreeEdits
{
    /// <summary>Gives a scalar another value, in the quotes that it has.</summary>
    public abstract TextEdit? Replace(ScalarNode scalar, string value);

    /// <summary>Makes a text of an unquoted scalar, as it is written.</summary>
    public abstract TextEdit? AddQuotes(Document document, ScalarNode scalar);

    /// <summary>Takes the quotes of a scalar away.</summary>
    public abstract TextEdit? RemoveQuotes(ScalarNode scalar);

    /// <summary>Removes an entry with what belongs to it.</summary>
    public abstract TextEdit? Remove(Document document, MapNode map, MapEntry entry);

    /// <summary>Adds an entry behind the last one of a map, on a line of its own where the map is written so; null where it has no entry to
    /// stand behind.</summary>
    /// <param name="document">The document.</param>
    /// <param name="map">The map.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The value: a text, or with <paramref name="isText"/> false a number or truth value.</param>
    /// <param name="isText">Whether the value is a text.</param>
    public abstract TextEdit? Append(Document document, MapNode map, string key, string value, bool isText);

    /// <summary>The line break that a text uses.</summary>
    public static string LineBreak(string text) => text.IndexOf("\r\n", StringComparison.Ordinal) >= 0 ? "\r\n" : "\n";
}
