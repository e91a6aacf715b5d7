namespace Repave.Cli;

/// <summary>Which files change together: those of one fix, and those that share a file with them.</summary>
internal sealed class FileGroups
{
    private readonly Dictionary<string, string> _above = new(StringComparer.Ordinal);

    /// <summary>Says that files belong together.</summary>
    public void Join(IReadOnlyList<string> files)
    {
        foreach (var file in files)
            _above[Top(file)] = Top(files[0]);
    }

    /// <summary>The groups of files.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Of(IEnumerable<string> files) =>
        [.. files.GroupBy(Top, StringComparer.Ordinal).Select(group => (IReadOnlyList<string>)[.. group])];

    private string Top(string file)
    {
        var at = file;
        while (_above.TryGetValue(at, out var above) && above != at)
            at = above;
        return at;
    }
}
