using Repave.Core.Text;

namespace Repave.Core.Dialects.Packer;

/// <summary>What Packer's own templates (<c>{{timestamp}}</c>) leave of a text.</summary>
internal static class PackerEngine
{
    private const int MaxDepth = 5;

    /// <summary>The text, with an asterisk for everything that is filled in.</summary>
    public static string Pattern(string text) => Pattern(text, static _ => null);

    /// <summary>The text, with the values of variables, and an asterisk for everything else that is filled in.</summary>
    /// <param name="text">The text.</param>
    /// <param name="variable">The value of a variable; null where it is not known.</param>
    public static string Pattern(string text, Func<string, string?> variable) => Pattern(text, variable, 0);

    private static string Pattern(string text, Func<string, string?> variable, int depth) => FilledIn.Replace(text, action =>
        depth < MaxDepth && VariableIn(action) is { } name && variable(name) is { Length: > 0 } value
            ? Pattern(value, variable, depth + 1) : NamePattern.Unknown);

    // {{user `name`}}
    private static string? VariableIn(string action)
    {
        var words = action.Trim(' ', '-').Split([' '], 2, StringSplitOptions.RemoveEmptyEntries);
        return words is ["user", var name] && name.Length > 2 && name[0] is '`' or '"' && name[name.Length - 1] == name[0]
            ? name.Substring(1, name.Length - 2) : null;
    }
}
