using Repave.Core.Syntax;

namespace Repave.Core.Model;

/// <summary>A file that was read.</summary>
/// <param name="Path">Its path as its user named it, with forward slashes.</param>
/// <param name="Source">Its text and documents.</param>
public sealed record Manifest(string Path, SourceFile Source)
{
    /// <summary>Reads a manifest's text in the language that its name and text tell.</summary>
    public static Manifest Parse(string path, string text) => new(path, LanguageCatalogue.Of(path, text).Parse(text));

    /// <summary>The file's name without its folders.</summary>
    public string FileName => Path.Substring(Path.LastIndexOf('/') + 1);
}
