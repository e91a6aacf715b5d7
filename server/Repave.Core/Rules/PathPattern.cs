using System.Text;
using System.Text.RegularExpressions;

namespace Repave.Core.Rules;

/// <summary>A pattern for paths as .gitignore writes them: <c>*</c> and <c>?</c> within a name, <c>**</c> across folders; a pattern without a
/// slash matches at any depth, and a folder matches everything below it.</summary>
public sealed class PathPattern
{
    private readonly Regex _regex;

    /// <summary>Reads a pattern.</summary>
    public PathPattern(string pattern)
    {
        Text = pattern;
        var body = pattern.Trim('/');
        var anchored = pattern.TrimEnd('/').Contains('/');
        var regex = new StringBuilder(anchored ? "(^|/)" : "(^|.*/)");
        if (pattern.StartsWith('/'))
            regex.Clear().Append('^');
        for (var i = 0; i < body.Length; i++)
        {
            if (string.CompareOrdinal(body, i, "**/", 0, 3) == 0)
            {
                regex.Append("(.*/)?");
                i += 2;
            }
            else if (string.CompareOrdinal(body, i, "**", 0, 2) == 0)
            {
                regex.Append(".*");
                i++;
            }
            else
            {
                regex.Append(body[i] switch
                {
                    '*' => "[^/]*",
                    '?' => "[^/]",
                    var c => Regex.Escape(c.ToString()),
                });
            }
        }

        _regex = new Regex(regex.Append("(/.*)?$").ToString(), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    /// <summary>The pattern as written.</summary>
    public string Text { get; }

    /// <summary>Whether a path (forward slashes) matches.</summary>
    public bool Matches(string path) => _regex.IsMatch(path.StartsWith("./", StringComparison.Ordinal) ? path.Substring(2) : path);
}
