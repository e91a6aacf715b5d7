using YamlDotNet.Core;

namespace Repave.Core.Syntax.Yaml;

/// <summary>Says in plain words what is wrong where YamlDotNet stopped.</summary>
internal static class YamlErrorMessages
{
    /// <summary>Said of a tab where only spaces may stand.</summary>
    public const string Tab = "A tab cannot indent YAML; use spaces.";

    public static string For(YamlException exception, string text, int at)
    {
        if (IndentedByTab(text, at) || exception.Message.Contains("tab character", StringComparison.OrdinalIgnoreCase))
            return Tab;
        var message = exception.Message.Trim();
        if (message.Length == 0)
            return "This is not valid YAML.";
        if (message.Contains("unexpected end of stream", StringComparison.OrdinalIgnoreCase))
            return "The text ends inside a quoted scalar or a flow collection: a closing quote or bracket is missing.";
        if (message.Contains("did not find expected key", StringComparison.OrdinalIgnoreCase))
            return "A key was expected here: this line is indented differently from the keys beside it, "
                + "or a quote or colon before it is missing.";
        if (message.Contains("did not find expected '-'", StringComparison.OrdinalIgnoreCase))
            return "A list item ('- ') was expected here: this line is indented like the list but is not an item of it.";
        if (message.Contains("could not find expected ':'", StringComparison.OrdinalIgnoreCase))
            return "A ':' behind a key is missing here or on the line before.";
        if (message.Contains("mapping values are not allowed", StringComparison.OrdinalIgnoreCase)
            || message.Contains("found invalid mapping", StringComparison.OrdinalIgnoreCase))
            return "A 'key: value' cannot stand here: quote the text if the ': ' belongs to it, or put the key on a line of its own.";
        if (message.Contains("did not find expected node content", StringComparison.OrdinalIgnoreCase))
            return "A value was expected here.";
        if (message.Contains("cannot start any token", StringComparison.OrdinalIgnoreCase))
            return at < text.Length ? $"The character '{text[at]}' cannot begin a value: put the value in quotes."
                : "A value cannot begin here.";
        return message.EndsWith('.') ? message : message + ".";
    }

    private static bool IndentedByTab(string text, int at)
    {
        var start = Math.Min(at, text.Length);
        while (start > 0 && text[start - 1] is not ('\r' or '\n'))
            start--;
        for (var i = start; i < text.Length && text[i] is (' ' or '\t'); i++)
        {
            if (text[i] == '\t')
                return true;
        }

        return false;
    }
}
