namespace Repave.Core.Syntax;

/// <summary>Patterns of file names, of the two forms that languages need and every glob reader understands: <c>*.yaml</c> and
/// <c>Dockerfile.*</c>, or a whole name. Case does not count, as it does not on many disks.</summary>
public static class FileNamePattern
{
    /// <summary>Whether a file's name follows a pattern.</summary>
    /// <param name="pattern">The pattern; it has one asterisk at most, at its beginning or its end.</param>
    /// <param name="path">The file's path, with forward slashes.</param>
    public static bool Matches(string pattern, string path)
    {
        var start = path.LastIndexOf('/') + 1;
        var length = path.Length - start;
        if (pattern.StartsWith('*'))
            return length >= pattern.Length && path.EndsWith(pattern.Substring(1), StringComparison.OrdinalIgnoreCase);
        return pattern.EndsWith('*')
            ? string.Compare(path, start, pattern, 0, pattern.Length - 1, StringComparison.OrdinalIgnoreCase) == 0
            : length == pattern.Length && path.EndsWith(pattern, StringComparison.OrdinalIgnoreCase);
    }
}
