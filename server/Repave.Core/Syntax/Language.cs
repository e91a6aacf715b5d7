using Repave.Core.Text;

namespace Repave.Core.Syntax;

/// <summary>How surely a language takes a file for its own.</summary>
public enum LanguageClaim
{
    /// <summary>It is not its own.</summary>
    None,

    /// <summary>It can be, where no other language is sure.</summary>
    Possible,

    /// <summary>It is.</summary>
    Certain,
}

/// <summary>A language that manifests are written in: which files are its own, and how a text becomes documents. Adding one is adding a
/// class: <see cref="LanguageCatalogue"/> finds it.</summary>
public abstract class Language
{
    /// <summary>Its name, as editors know it (<c>yaml</c>).</summary>
    public abstract string Name { get; }

    /// <summary>What begins a comment that ends with its line; null where the language has no comments.</summary>
    public virtual string? LineComment => null;

    /// <summary>The names of its files, as <see cref="FileNamePattern"/> reads them.</summary>
    public abstract IReadOnlyList<string> FileNames { get; }

    /// <summary>How surely a file is its own.</summary>
    /// <param name="path">The file's path, with forward slashes.</param>
    /// <param name="text">Its text; null where only the name is known.</param>
    public virtual LanguageClaim Claims(string path, string? text) =>
        FileNames.Any(pattern => FileNamePattern.Matches(pattern, path)) ? LanguageClaim.Certain : LanguageClaim.None;

    /// <summary>The documents of a text: where each stands, in their order. What lies between them says nothing.</summary>
    public virtual IReadOnlyList<TextSpan> Split(string text) => [new TextSpan(0, text.Length)];

    /// <summary>Whether what ends the document before is read otherwise than the beginning of this one alone would be, so that findings may
    /// depend on it.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="start">Where the document begins.</param>
    public virtual bool IsSevered(string text, int start) => false;

    /// <summary>Reads one document. Never throws; what is wrong is in its <see cref="Document.Issues"/>.</summary>
    /// <param name="text">The document's text.</param>
    public abstract Document ParseDocument(string text);

    /// <summary>Edits of a document that leave the rest as it is; null where there are none.</summary>
    public virtual TreeEdits? Edits => null;

    /// <summary>Where a cursor stands in a document that may be broken; null where the language cannot say.</summary>
    /// <param name="text">The document's text.</param>
    /// <param name="offset">The cursor, in offsets of it.</param>
    public virtual Cursor? CursorAt(string text, int offset) => null;

    /// <summary>The places of a name of the language's own that an offset touches, where it is given first: what an editor changes together
    /// while it is typed. Empty where it touches none.</summary>
    /// <param name="document">The document.</param>
    /// <param name="offset">In offsets of its text.</param>
    public virtual IReadOnlyList<TextSpan> LinkedAt(Document document, int offset) => [];

    /// <summary>Reads a text. Never throws.</summary>
    public SourceFile Parse(string text) => SourceFile.Of(this, text);
}
