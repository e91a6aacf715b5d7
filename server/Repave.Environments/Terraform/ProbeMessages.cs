using System.Globalization;
using System.Text;

namespace Repave.Environments.Terraform;

/// <summary>What the two libraries that providers are made with (terraform-plugin-sdk and terraform-plugin-framework) say in their
/// errors.</summary>
internal static class ProbeMessages
{
    /// <summary>The values of "expected x to be one of ["a" "b"]" and "value must be one of: ["a" "b"]"; null if it is another
    /// message.</summary>
    public static IReadOnlyList<string>? EnumOf(string message)
    {
        var at = message.IndexOf("one of", StringComparison.Ordinal);
        var open = at < 0 ? -1 : message.IndexOf('[', at);
        // Only the list itself: between the words and it stands a colon or a space.
        if (open < 0 || open - at > 9)
            return null;
        var values = new List<string>();
        for (var i = open + 1; i < message.Length && message[i] != ']'; i++)
        {
            if (message[i] != '"')
                continue;
            var value = new StringBuilder();
            for (i++; i < message.Length && message[i] != '"'; i++)
            {
                if (message[i] == '\\' && i + 1 < message.Length)
                    i++;
                value.Append(message[i]);
            }

            values.Add(value.ToString().Trim('"'));
        }

        values.RemoveAll(v => v.Length == 0);
        return values.Count == 0 ? null : [.. values.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The bounds of "to be in the range (1 - 5)", "to be at least (1)", "value must be between 1 and 5" and the like.</summary>
    public static (double? Minimum, double? Maximum) BoundsOf(string message)
    {
        if (After(message, "in the range (") is { } range && range.IndexOf(')', StringComparison.Ordinal) is var end and > 0)
        {
            var parts = range[..end].Split(" - ");
            if (parts.Length == 2)
                return (Number(parts[0]), Number(parts[1]));
        }

        if (After(message, "must be between ") is { } between)
        {
            var words = between.Split(' ', ',', '\n');
            if (words.Length > 2 && words[1] == "and")
                return (Number(words[0]), Number(words[2]));
        }

        if (After(message, "at least ") is { } least)
            return (Number(least.Split(' ', ',', '\n')[0]), null);
        if (After(message, "at most ") is { } most)
            return (null, Number(most.Split(' ', ',', '\n')[0]));
        return (null, null);
    }

    /// <summary>Whether it is about several arguments and not about the value of one.</summary>
    public static bool IsOfSeveral(ProviderDiagnostic diagnostic) =>
        ConflictOf(diagnostic) is not null || GroupOf(diagnostic) is not null
        || diagnostic.Summary is "Conflicting configuration arguments" or "Invalid Attribute Combination" or "Missing required argument"
            or "Invalid combination of arguments";

    /// <summary>The argument that excludes the one that is named; null if it is another message.</summary>
    public static string? ConflictOf(ProviderDiagnostic diagnostic)
    {
        // "x": conflicts with y
        if (After(diagnostic.Detail, "conflicts with ") is { } other)
            return other.Split(' ', ',', '\n')[0].Trim('"', '.');
        return null;
    }

    /// <summary>The arguments of which one has to be there; null if it is another message.</summary>
    public static (bool IsExactlyOne, IReadOnlyList<string> Names)? GroupOf(ProviderDiagnostic diagnostic)
    {
        var detail = diagnostic.Detail;
        // "x": one of `a,b` must be specified; "x": only one of `a,b` can be specified, but …
        if (Between(detail, "only one of `", "`") is { } only)
            return (true, only.Split(','));
        if (Between(detail, "one of `", "`") is { } one)
            return (detail.Contains("must be specified", StringComparison.Ordinal) && diagnostic.Summary.Contains("combination",
                StringComparison.Ordinal),
                one.Split(','));
        // Exactly one of these attributes must be configured: [a,b]
        if (Between(detail, "xactly one of these attributes must be configured: [", "]") is { } exactly)
            return (true, exactly.Split(','));
        if (Between(detail, "t least one of these attributes must be configured: [", "]") is { } some)
            return (false, some.Split(','));
        return null;
    }

    private static string? Between(string text, string before, string after) =>
        After(text, before) is { } rest && rest.IndexOf(after, StringComparison.Ordinal) is var end and > 0 ? rest[..end] : null;

    private static string? After(string text, string before) =>
        text.IndexOf(before, StringComparison.Ordinal) is var at and >= 0 ? text[(at + before.Length)..] : null;

    private static double? Number(string text) =>
        double.TryParse(text.Trim('(', ')', '.', ' '), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(number) < 1L << 49
            ? number : null;
}
