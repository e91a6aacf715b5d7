using Repave.Core.Syntax;

namespace Repave.Core.Model;

/// <summary>A file that was read, or a text that was built from files.</summary>
/// <param name="Path">Its path as its user named it, with forward slashes.</param>
/// <param name="Source">Its text and documents.</param>
/// <param name="Origin">Where a built text comes from; null for a file.</param>
public sealed record Manifest(string Path, SourceFile Source, SourceMap? Origin = null)
{
    /// <summary>Reads a manifest's text in the language that its name and text tell.</summary>
    public static Manifest Parse(string path, string text) => new(path, LanguageCatalogue.Of(path, text).Parse(text));

    /// <summary>The file's name without its folders.</summary>
    public string FileName => Path.Substring(Path.LastIndexOf('/') + 1);

    /// <summary>The path of its folder; null where it lies in none.</summary>
    public string? Folder => Path.LastIndexOf('/') is > 0 and var slash ? Path.Substring(0, slash) : null;
}
