namespace Repave.Core.Dialects.Compose.Loading;

/// <summary>Numbers of bytes as people write them: <c>64m</c>, <c>1.5 GiB</c>.</summary>
internal static class ByteSizes
{
    /// <summary>How many bytes a text means; null where it means none.</summary>
    public static long? Parse(string text)
    {
        var last = text.LastIndexOfAny(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.', ' ']);
        if (last < 0)
            return null;
        var number = text[last] == ' ' ? text.Substring(0, last) : text.Substring(0, last + 1);
        if (Syntax.GoTemplate.GoNumbers.ParseFloat(number) is not { } size || size < 0)
            return null;
        var suffix = text.Substring(last + 1).ToLowerInvariant();
        if (suffix.Length == 0)
            return Whole(size);
        var power = "bkmgtp".IndexOf(suffix[0]);
        if (power < 0 || (suffix.Length > 1 && suffix.Substring(1) is not ("b" or "ib")) || (power == 0 && suffix.Length > 1))
            return null;
        return Whole(size * Math.Pow(1024, power));
    }

    private static long? Whole(double size) => size < 9.2e18 ? (long)size : null;
}
