using System.Text;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Words run together in the ways of xstrings.</summary>
internal static class SprigCases
{
    /// <summary>The words in lower case with a connector between them.</summary>
    public static string Join(string text, char connector)
    {
        var joined = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '_' or '-' or ' ')
            {
                joined.Append(connector);
                continue;
            }

            var previous = i > 0 ? text[i - 1] : '\0';
            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            var begins = char.IsUpper(c)
                ? char.IsLower(previous) || char.IsDigit(previous) || (char.IsUpper(previous) && char.IsLower(next))
                : char.IsDigit(c) && char.IsLetter(previous);
            if (begins && joined.Length > 0 && joined[joined.Length - 1] != connector)
                joined.Append(connector);
            joined.Append(char.ToLowerInvariant(c));
        }

        return joined.ToString();
    }

    /// <summary>The words, each with a capital.</summary>
    public static string Pascal(string text)
    {
        var joined = new StringBuilder(text.Length);
        var at = 0;
        // Connectors at the beginning and end stay.
        while (at < text.Length && IsConnector(text[at]))
            joined.Append(text[at++]);
        var begins = true;
        var connectors = new StringBuilder();
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (IsConnector(c))
            {
                connectors.Append(c);
                begins = true;
                continue;
            }

            // Of several connectors in a row all but one stay.
            if (connectors.Length > 1)
                joined.Append(connectors.ToString(1, connectors.Length - 1));
            connectors.Clear();
            joined.Append(begins ? char.ToUpperInvariant(c) : char.IsUpper(c) && at > 0 && char.IsUpper(text[at - 1])
                ? char.ToLowerInvariant(c) : c);
            begins = char.IsDigit(c);
        }

        return joined.Append(connectors).ToString();
    }

    private static bool IsConnector(char c) => c is '_' or '-' or ' ';
}
