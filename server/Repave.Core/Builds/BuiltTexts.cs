using Repave.Core.Syntax;

namespace Repave.Core.Builds;

/// <summary>Built texts as they were parsed, so that one which an edit did not change keeps its documents, and what is known of
/// them.</summary>
public sealed class BuiltTexts
{
    private const int MaxPaths = 5_000;
    // Environments that differ have texts of their own.
    private const int MaxTexts = 8;

    private readonly Dictionary<string, List<SourceFile>> _files = new(StringComparer.Ordinal);

    /// <summary>The documents of a text.</summary>
    /// <param name="path">Where it would stand.</param>
    /// <param name="text">The text.</param>
    /// <param name="language">Its language.</param>
    public SourceFile Parse(string path, string text, Language language)
    {
        lock (_files)
        {
            if (_files.TryGetValue(path, out var known) && known.Find(file => file.Text.Content == text) is { } same)
                return same;
        }

        var parsed = language.Parse(text);
        lock (_files)
        {
            if (_files.Count >= MaxPaths)
                _files.Clear();
            if (!_files.TryGetValue(path, out var list))
                _files[path] = list = [];
            if (list.Count >= MaxTexts)
                list.RemoveAt(0);
            list.Add(parsed);
        }

        return parsed;
    }
}
