namespace Repave.Core.Text;

/// <summary>Names as sentences list them.</summary>
internal static class QuotedNames
{
    /// <summary>'a', 'b' and 'c'; one at least.</summary>
    public static string Of(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(names.Count - 1).Select(n => $"'{n}'")) + (names.Count > 1 ? " and " : "")
            + $"'{names[names.Count - 1]}'";
}
