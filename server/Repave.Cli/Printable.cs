using System.Globalization;
using System.Text;
using Repave.Environments.Files;

namespace Repave.Cli;

/// <summary>Makes text from files fit to be shown: what a terminal would obey, what turns the reading direction, and what a CI system takes
/// for a command
/// is written as an escape. The same in every format, so that a line of output is a line.</summary>
internal static class Printable
{
    /// <summary>The text with everything that is obeyed rather than shown written as an escape.</summary>
    public static string Of(string text)
    {
        if (text.Length == 0 || (!text.AsSpan().ContainsAnyExceptInRange(' ', '~') && !IsCommand(text)))
            return text;
        StringBuilder? safe = null;
        for (var i = 0; i < text.Length; i++)
        {
            var shown = EscapeOf(text, i);
            if (shown is null)
            {
                safe?.Append(text[i]);
                continue;
            }

            safe ??= new StringBuilder(text, 0, i, text.Length + 16);
            safe.Append(shown);
        }

        var plain = safe?.ToString() ?? text;
        return IsCommand(plain) ? WithoutCommands(plain) : plain;
    }

    /// <summary>A line of a file as it stands, for a diff: tabs and carriage returns stay, because who applies the diff needs
    /// them.</summary>
    public static string Line(string text)
    {
        if (text.AsSpan().IndexOfAny('\t', '\r') < 0)
            return Of(text);
        return string.Concat(text.Split('\t')
            .Select((part, i) => (i == 0 ? "" : "\t") + (part.EndsWith('\r') ? Of(part[..^1]) + "\r" : Of(part))));
    }

    private static string? EscapeOf(string text, int at)
    {
        var c = text[at];
        if (c is >= ' ' and <= '~')
            return null;
        if (char.IsHighSurrogate(c) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
            return IsTag(char.ConvertToUtf32(c, text[at + 1])) ? $@"\U{char.ConvertToUtf32(c, text[at + 1]):x8}" : null;
        if (char.IsLowSurrogate(c) && at > 0 && char.IsHighSurrogate(text[at - 1]))
            return IsTag(char.ConvertToUtf32(text[at - 1], c)) ? "" : null;
        if (RawName.ByteAt(text, at) is { } one)
            return $@"\x{one:x2}";
        return c switch
        {
            '\n' => @"\n",
            '\r' => @"\r",
            '\t' => @"\t",
            _ when char.IsSurrogate(c) || IsObeyed(c) => $@"\u{(int)c:x4}",
            _ => null,
        };
    }

    // Characters that nobody sees, of which a whole text can be made.
    private static bool IsTag(int rune) => rune is >= 0xE0000 and <= 0xE007F;

    private static bool IsObeyed(char c) =>
        char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.OtherNotAssigned
        || c is '\u00AD' or '\u034F' or '\u061C' or '\u115F' or '\u1160' or '\u17B4' or '\u17B5' or '\u180E'
            or (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u206F')
            or '\u3164' or '\uFEFF' or '\uFFA0' or (>= '\uFFF9' and <= '\uFFFB');

    // GitHub takes "::name" at the beginning of a line for a command, "##[name]" anywhere in it; Azure "##vso[" and "##[".
    private static bool IsCommand(string text) => text.AsSpan().TrimStart().StartsWith("::")
        || text.Contains("##", StringComparison.Ordinal);

    private static string WithoutCommands(string text)
    {
        var safe = text.Replace("##[", @"#\u0023[", StringComparison.Ordinal)
            .Replace("##vso[", @"#\u0023vso[", StringComparison.OrdinalIgnoreCase);
        var start = safe.Length - safe.AsSpan().TrimStart().Length;
        return safe.AsSpan(start).StartsWith("::") ? $@"{safe[..start]}\u003a{safe[(start + 1)..]}" : safe;
    }
}
