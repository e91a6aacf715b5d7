namespace Repave.Core.Dialects.CloudFormation.Plans;

/// <summary>Whether two values that are written differently may be the same in the stack, because only the stack knows a part of
/// them.</summary>
internal static class Unknowns
{
    /// <summary>How a value begins that a condition of unknown truth decides.</summary>
    internal const string If = "<if ";

    /// <summary>How a value begins that stands in a mapping under a key that is not known.</summary>
    internal const string Map = "<in the mapping ";

    /// <summary>How a value begins that a parameter of Systems Manager holds.</summary>
    internal const string Parameter = "<the parameter ";

    private const string Reference = "{{resolve:";

    /// <summary>What it depends on whether two texts are the same, in words; null where they differ for certain.</summary>
    /// <param name="from">What a value was.</param>
    /// <param name="to">What it becomes.</param>
    /// <param name="isOpen">Whether nobody knows the value of a parameter.</param>
    public static string? WhatDecides(string? from, string? to, Func<string, bool> isOpen)
    {
        if (from is null || to is null)
            return Optional(from) ?? Optional(to);
        var (left, right) = (PartsOf(from), PartsOf(to));
        return left.Concat(right)
            .Where(p => !left.TryGetValue(p.Key, out var before) || !right.TryGetValue(p.Key, out var after) || before != after)
            .Select(p => WordsOf(p.Key, isOpen)).FirstOrDefault(w => w is not null);
    }

    // Only a condition may leave a value out.
    private static string? Optional(string? text) =>
        text?.StartsWith(If, StringComparison.Ordinal) == true ? WordsOf(text, static _ => false) : null;

    private static string? WordsOf(string part, Func<string, bool> isOpen)
    {
        if (part.StartsWith(If, StringComparison.Ordinal))
            return $"that depends on the condition '{WordAt(part, If.Length)}'";
        if (part.StartsWith(Map, StringComparison.Ordinal))
            return $"that depends on which key of the mapping '{WordAt(part, Map.Length)}' counts in the stack";
        if (part.StartsWith(Parameter, StringComparison.Ordinal))
            return $"that depends on what {part.Substring(1, part.Length - 2)} holds";
        if (part.StartsWith(Reference, StringComparison.Ordinal))
            return "that depends on what the dynamic reference finds";
        return part.Length > 2 && part[0] == '<' && isOpen(part.Substring(1, part.Length - 2))
            ? $"that depends on the value of the parameter '{part.Substring(1, part.Length - 2)}'" : null;
    }

    private static string WordAt(string text, int start)
    {
        var end = text.IndexOfAny([' ', '>', ':'], start);
        return end < 0 ? text.Substring(start) : text.Substring(start, end - start);
    }

    // What stands between pointed brackets, the outermost; and dynamic references; with how often each does.
    private static Dictionary<string, int> PartsOf(string text)
    {
        var parts = new Dictionary<string, int>(StringComparer.Ordinal);
        void Add(string part) => parts[part] = parts.TryGetValue(part, out var count) ? count + 1 : 1;
        var (depth, start) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '<' && depth++ == 0)
                start = i;
            else if (text[i] == '>' && depth > 0 && --depth == 0)
                Add(text.Substring(start, i + 1 - start));
            else if (depth == 0 && text[i] == '{' && string.CompareOrdinal(text, i, Reference, 0, Reference.Length) == 0
                && text.IndexOf("}}", i, StringComparison.Ordinal) is >= 0 and var end)
            {
                Add(text.Substring(i, end + 2 - i));
                i = end + 1;
            }
        }

        return parts;
    }
}
