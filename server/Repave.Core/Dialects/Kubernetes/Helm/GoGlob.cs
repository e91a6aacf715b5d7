using System.Text;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Patterns of file names, as Go's libraries read them, with a slash as the separator.</summary>
internal static class GoGlob
{
    /// <summary>A pattern as a regular expression.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="isWide">Whether two stars go through folders and braces give alternatives.</param>
    public static BoundedRegex Pattern(string pattern, bool isWide)
    {
        var regex = new StringBuilder("^");
        var braces = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            switch (c)
            {
                case '*' when isWide && i + 1 < pattern.Length && pattern[i + 1] == '*':
                    regex.Append("[\\s\\S]*");
                    i++;
                    break;
                case '*':
                    regex.Append("[^/]*");
                    break;
                case '?':
                    regex.Append("[^/]");
                    break;
                case '\\' when i + 1 < pattern.Length:
                    regex.Append(BoundedRegex.Escape(pattern[++i].ToString()));
                    break;
                case '{' when isWide:
                    braces++;
                    regex.Append("(?:");
                    break;
                case '}' when braces > 0:
                    braces--;
                    regex.Append(')');
                    break;
                case ',' when braces > 0:
                    regex.Append('|');
                    break;
                case '[' when pattern.IndexOf(']', i + 1) is > 0 and var close:
                    var inner = pattern.Substring(i + 1, close - i - 1);
                    var negated = inner.StartsWith('!') || inner.StartsWith('^');
                    regex.Append(negated ? "[^" : "[").Append((negated ? inner.Substring(1) : inner).Replace("\\", "\\\\").Replace("[",
                        "\\[")).Append(']');
                    i = close;
                    break;
                default:
                    regex.Append(BoundedRegex.Escape(c.ToString()));
                    break;
            }
        }

        return BoundedRegex.TryCreate(regex.Append("\\z").ToString()) ?? BoundedRegex.TryCreate("^" + BoundedRegex.Escape(pattern)
            + "\\z")!;
    }
}
