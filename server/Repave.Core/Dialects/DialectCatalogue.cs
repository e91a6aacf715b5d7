using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects;

/// <summary>Every dialect there is. The list is written at compile time from the classes that derive from <see cref="Dialect"/>.</summary>
public static partial class DialectCatalogue
{
    /// <summary>All dialects, by name.</summary>
    public static IReadOnlyList<Dialect> All { get; } = [.. Create().OrderBy(dialect => dialect.Name, StringComparer.Ordinal)];

    /// <summary>All dialects, in the order in which they are asked whose a document is.</summary>
    public static IReadOnlyList<Dialect> InReadingOrder { get; } =
        [.. All.Where(static dialect => dialect.ReadsFirst), .. All.Where(static dialect => !dialect.ReadsFirst)];

    /// <summary>The names of files that can hold manifests, as <see cref="FileNamePattern"/> reads them.</summary>
    public static IReadOnlyList<string> FileNames { get; } =
        [.. LanguageCatalogue.All.SelectMany(language => language.FileNames)
            .Concat(All.SelectMany(dialect => dialect.FileNames)).Distinct()];

    /// <summary>Whether a file can hold a manifest, going by its name.</summary>
    /// <param name="path">Its path, with forward slashes.</param>
    public static bool IsManifestName(string path) =>
        LanguageCatalogue.IsNamed(path) || All.Any(dialect => dialect.FileNames.Any(pattern => FileNamePattern.Matches(pattern, path)));

    /// <summary>Whether a file says by its name what other files are.</summary>
    /// <param name="path">Its path, with forward slashes.</param>
    public static bool Explains(string path) => All.Any(dialect => dialect.Explains(path));

    /// <summary>Whether a file says by its name which images a tool puts in when manifests are deployed.</summary>
    /// <param name="path">Its path, with forward slashes.</param>
    public static bool NamesImages(string path) => All.Any(dialect => dialect.NamesImages(path));

    /// <summary>Whether a file may name others without which it cannot be read rightly, going by its own name.</summary>
    public static bool MayNameFiles(string path) => All.Any(dialect => dialect.MayNameFiles(path));

    /// <summary>The files that a file names and that it cannot be read rightly without, as it names them: from its folder.</summary>
    public static IReadOnlyList<string> FilesNamedIn(string path, string text) =>
        [.. All.Where(dialect => dialect.MayNameFiles(path)).SelectMany(dialect => dialect.FilesNamedIn(path, text)).Distinct()];

    /// <summary>Whether a file is one part of what a tool reads whole from a folder.</summary>
    /// <param name="path">Its path, with forward slashes.</param>
    public static bool IsPart(string path) => All.Any(dialect => dialect.IsPart(path));

    /// <summary>Whether two files of one folder are parts of what a tool reads together.</summary>
    /// <param name="path">The path of one, with forward slashes.</param>
    /// <param name="other">The path of the other.</param>
    public static bool AreParts(string path, string other) => All.Any(dialect => dialect.IsPart(path) && dialect.IsPart(other));

    /// <summary>What formats a file, going by its name; null if nothing does.</summary>
    /// <param name="path">Its path, with forward slashes.</param>
    public static IFormats? FormatterOf(string path) =>
        All.OfType<IFormats>().FirstOrDefault(formats => formats.FormattedFiles.Any(pattern => FileNamePattern.Matches(pattern, path)));

    /// <summary>The names of the files that can be formatted.</summary>
    public static IEnumerable<string> FormattedFiles => All.OfType<IFormats>().SelectMany(formats => formats.FormattedFiles);

    /// <summary>The dialect of a name.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static Dialect Of(string name) => All.First(dialect => dialect.Name == name);

    /// <summary>What people call a resource's type.</summary>
    public static string KindOf(ResourceId id) => Of(id.Dialect).KindOf(id.Type);
}
