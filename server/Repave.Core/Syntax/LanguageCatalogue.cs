namespace Repave.Core.Syntax;

/// <summary>Every language there is. The list is written at compile time from the classes that derive from
/// <see cref="Language"/>.</summary>
public static partial class LanguageCatalogue
{
    /// <summary>All languages, by name.</summary>
    public static IReadOnlyList<Language> All { get; } = [.. Create().OrderBy(language => language.Name, StringComparer.Ordinal)];

    /// <summary>The language of a file: the one that is sure, or else one that can be.</summary>
    /// <param name="path">Its path, with forward slashes.</param>
    /// <param name="text">Its text.</param>
    public static Language Of(string path, string text)
    {
        Language? possible = null;
        foreach (var language in All)
        {
            switch (language.Claims(path, text))
            {
                case LanguageClaim.Certain:
                    return language;
                case LanguageClaim.Possible:
                    possible ??= language;
                    break;
            }
        }

        return possible ?? All[0];
    }

    /// <summary>Whether a language is sure that a file is its own, going by the file's name.</summary>
    public static bool IsNamed(string path) => All.Any(language => language.Claims(path, null) == LanguageClaim.Certain);
}
